"""A quantity and its derivative along a flow, with the noise that a second run with more digits
reveals.

The derivative comes from the field at the sampled states: the states are given their slopes, and
the program of the quantity is expanded to first order. No difference quotient is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import log1p
from typing import TYPE_CHECKING, cast

from verify.exact.errors import BadInput
from verify.integrate.fixed import NotDefined, TooLarge
from verify.integrate.series import Expansion
from verify.integrate.stiff.chosen import Chosen, again, ran
from verify.integrate.stops import counted
from verify.integrate.system import LOG, PLAIN, System, retimed
from verify.integrate.trace import Program, measured, program

if TYPE_CHECKING:
    from verify.integrate.base import Integrator, State, Trajectory

_ONE_STEP = (1, 0)  # h = 1: coefficients of order 1 are derivatives
_SPARE_BITS = 128


@dataclass(frozen=True, slots=True)
class Along:
    """Values and slopes dy/dplace at equally spaced places of a clock, with their noise.

    ``floor``  the larger of the engine's own estimate of its errors and of what more digits changed
    in any value
    ``engine`` says which ran, where it was not the explicit one
    """

    places: tuple[Fraction, ...]
    values: tuple[Fraction, ...]
    slopes: tuple[Fraction, ...]
    slope_noise: tuple[Fraction, ...]
    floor: Fraction
    engine: str = ""


def along(
    system: System,
    quantity: str,
    horizon: Fraction,
    digits: int,
    in_logarithm: bool,
    *,
    samples: int,
    more: int,
    engine: Integrator | None = None,
) -> Along:
    """A named quantity up to time ``horizon``, sampled evenly in t, or in log(1 + t) up to a clock
    rounded to 2^-20.

    The engine runs twice, with ``digits`` and with ``digits + more``; the values are the second's,
    the noise is the first's. Raises BadInput for an unknown quantity, a wrong clock, more < 1 or a
    quantity that is not defined; FlowStopped.
    """
    if quantity not in system.quantities:
        raise BadInput(
            f"quantity is {quantity!r}, {system.title} has"
            f" {', '.join(system.quantities) or 'none'}: choose one of them"
        )
    if more < 1 or horizon <= 0:
        raise BadInput(
            f"more = {more}, horizon = {horizon}: expected more >= 1 digits and a time > 0"
        )
    system, end = _in_clock(system, Fraction(horizon), in_logarithm)
    engine = engine or cast(
        "Integrator", Chosen()
    )  # its fields are read-only, those of the protocol are not

    def run(by: Integrator, wanted: int) -> Trajectory:
        own = None if by.name == Chosen().name else counted(None)  # it counts the steps of each
        return by.run(system, end, wanted, samples=samples, progress=own)

    rough = run(engine, digits)
    fine = run(again(engine, rough), digits + more)
    first, second = _read(system, quantity, rough), _read(system, quantity, fine)
    changes = [abs(a[0] - b[0]) for a, b in zip(first, second, strict=True)]
    noise = tuple(abs(a[1] - b[1]) for a, b in zip(first, second, strict=True))
    floor = max(rough.truncation + rough.rounding, *changes)
    values, slopes = zip(*second, strict=True)
    return Along(fine.times, values, slopes, noise, floor, ran(fine))


def _in_clock(system: System, horizon: Fraction, in_logarithm: bool) -> tuple[System, Fraction]:
    wanted = LOG if in_logarithm else PLAIN
    if system.clock is PLAIN and in_logarithm:
        system = retimed(system, LOG)
    if system.clock is not wanted:
        raise BadInput(
            f"{system.title}: its clock is {system.clock.name}, expected {wanted.name} for this"
            " law: give the plain flow"
        )
    if not in_logarithm:
        return system, horizon
    return system, Fraction(max(1, round(log1p(horizon) * 2**20)), 2**20)


def _read(system: System, quantity: str, run: Trajectory) -> list[tuple[Fraction, Fraction]]:
    """(y, dy/dclock) at every sample."""
    field, asked = program(system), measured(system, [system.quantities[quantity]])
    found = []
    for time, state in zip(run.times, run.states, strict=True):
        try:
            found.append(_value_and_slope(system, field, asked, time, state))
        except (NotDefined, TooLarge) as error:
            raise BadInput(
                f"{system.title}: {quantity} is not defined at clock {float(time):.6g}, {error}:"
                " choose another"
            ) from error
    return found


def _value_and_slope(
    system: System, field: Program, asked: Program, time: Fraction, state: State
) -> tuple[Fraction, Fraction]:
    bits = 2 * state.bits + _SPARE_BITS
    x = [v << bits - state.bits for v in _states(system, state)]
    moving = Expansion(field, bits)
    moving.run(x, time, _ONE_STEP, 1)
    slopes = [Fraction(c[1], moving.unit) for c in moving.c[: field.states]]
    place = len(asked.nodes)
    lines = tuple(("lin", (), v) for v in slopes)
    straight = replace(
        asked,
        nodes=asked.nodes + lines,
        slopes=tuple((place + j, Fraction(1)) for j in range(len(lines))),
    )
    series = Expansion(straight, bits)
    series.run(x, time, _ONE_STEP, 2)
    node, factor = asked.values[0]
    return Fraction(series.c[node][0], series.unit) * factor, Fraction(
        series.c[node][1], series.unit
    ) * factor


def _states(system: System, state: State) -> Sequence[int]:
    """The numbers of the states, from the rows that show them."""
    found: dict[int, int] = {}
    for row, shown in zip(system.layout, state.rows, strict=True):
        for (j, sign), v in zip(row, shown, strict=True):
            found.setdefault(j, sign * v)
    missing = [name for j, name in enumerate(system.names) if j not in found]
    if missing:
        raise BadInput(
            f"{system.title}: the layout does not show {', '.join(missing)}: name every state in it"
        )
    return [found[j] for j in range(len(system.names))]
