"""The late slope of a quantity: a in y ~ C t^a, c in y ~ C e^(-ct), a in y ~ a log t.

Local slopes dy/dl or d log y / dl, with l = log t or t, are extrapolated to infinity. Along a flow
they are taken pointwise, from the field; of bare numbers they are slopes of chords. A value at or
below the noise floor ends the window: beyond it a fit measures the noise, and can look converged.

No window shows what begins after it: t + t^3 / 10^30 has the exponent 1 up to t = 10^12. Where a
slow power nearly cancels a logarithm the uncertainty can be short, of 400 such laws at random in
one of 50, and then by less than a factor of FAR.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from math import exp, isfinite, log
from typing import TYPE_CHECKING

from verify.exact.errors import BadInput
from verify.theories.measure.extrapolation import Reading
from verify.theories.measure.flow_values import Along, along
from verify.theories.measure.rates import Number, Rate, rate_of

if TYPE_CHECKING:
    from verify.integrate.base import Integrator
    from verify.integrate.system import System

Triple = tuple[Fraction, Fraction, Fraction]
POWER, EXPONENTIAL, LOGARITHM = "power", "exponential", "logarithm"
LAWS = (POWER, EXPONENTIAL, LOGARITHM)
_EVEN = 1e-6  # relative difference of spacings that counts as rounding of the times


def late_slope(
    times: Sequence[Number],
    values: Sequence[Number],
    noise: Number | Sequence[Number],
    law: str = POWER,
) -> Rate:
    """From values at times t: a of C t^a, c of C e^(-ct) or a of a log t, by ``law``; noise is the
    error of the values.

    Times are equally spaced (exponential), or > 1 and in geometric progression: else BadInput, as
    for lists of different lengths and a noise < 0. Values of a power or exponential must be >
    noise; from the first that is not on, all are refused.
    """
    data = checked(times, values, noise)
    places = _places([t for t, _, _ in data], law)
    floor = max((float(n) for _, _, n in data), default=0.0)
    if law != LOGARITHM:
        data = _above(data)
    heights = [
        (float(y), float(n)) if law == LOGARITHM else (log_of(y), float(n / y)) for _, y, n in data
    ]
    ends = list(zip(places, heights, strict=False))
    readings = [_chord(a, b) for a, b in pairwise(ends)]
    return _signed(rate_of(readings, variables(readings, law), floor, [h for h, _ in heights]), law)


def late_slope_along(
    system: System,
    quantity: str,
    horizon: Fraction,
    digits: int,
    *,
    law: str = POWER,
    samples: int = 16,
    more: int = 10,
    engine: Integrator | None = None,
) -> Rate:
    """Of a named quantity of a plain flow up to time ``horizon``; power and logarithm are followed
    in the clock log(1 + t).

    The noise is what a second run with ``more`` digits changes. Raises BadInput for an unknown
    quantity or law, or a clock that the law does not fit; FlowStopped where the flow does not reach
    the horizon.
    """
    _known(law)
    path = along(
        system,
        quantity,
        horizon,
        digits,
        law != EXPONENTIAL,
        samples=samples,
        more=more,
        engine=engine,
    )
    readings = list(_pointwise(path, law))
    heights = [
        float(y) if law == LOGARITHM else log_of(abs(y)) for y in path.values[1 : 1 + len(readings)]
    ]
    found = rate_of(readings, variables(readings, law), float(path.floor), heights)
    return replace(_signed(found, law), engine=path.engine)


def _pointwise(path: Along, law: str):
    """Slopes at the samples after time 0, until the quantity meets the floor."""
    for i in range(1, len(path.places)):
        y, slope = path.values[i], path.slopes[i]
        if law == LOGARITHM:
            yield Reading(float(path.places[i]), float(slope), float(path.slope_noise[i]))
            continue
        if abs(y) <= path.floor or (y > 0) != (path.values[1] > 0):
            return
        local = slope / y
        yield Reading(
            float(path.places[i]),
            float(local),
            float((path.slope_noise[i] + abs(local) * path.floor) / abs(y)),
        )


def checked(
    times: Sequence[Number], values: Sequence[Number], noise: Number | Sequence[Number]
) -> list[Triple]:
    """(time, value, noise) as fractions."""
    noises = list(noise) if isinstance(noise, Sequence) else [noise] * len(values)
    if not len(times) == len(values) == len(noises):
        raise BadInput(
            f"{len(times)} times, {len(values)} values and {len(noises)} noises: expected as many"
            " of each, give one per time"
        )
    for name, row in (("time", times), ("value", values), ("noise", noises)):
        for x in row:
            if not isfinite(x):
                raise BadInput(
                    f"a {name} is {x!r}, expected a finite number: leave that reading out"
                )
    if any(n < 0 for n in noises):
        raise BadInput(f"a noise is {min(noises)!r}, expected >= 0: give the size of the error")
    return [
        (Fraction(t), Fraction(y), Fraction(n))
        for t, y, n in zip(times, values, noises, strict=True)
    ]


def _above(data: list[Triple]) -> list[Triple]:
    found = []
    for t, y, n in data:
        if y <= n:
            break
        found.append((t, y, n))
    return found


def _places(times: Sequence[Fraction], law: str) -> list[float]:
    _known(law)
    if law != EXPONENTIAL and any(t <= 1 for t in times):
        raise BadInput(
            f"the first time is {float(min(times)):.6g}, expected times > 1 where log t is the"
            " clock: begin later"
        )
    places = [float(t) if law == EXPONENTIAL else log_of(t) for t in times]
    check_even(
        places, "times", "equally spaced" if law == EXPONENTIAL else "in geometric progression"
    )
    return places


def check_even(places: Sequence[float], what: str, expected: str) -> None:
    """Raises BadInput unless the places increase by equal steps."""
    steps = [b - a for a, b in pairwise(places)]
    if steps and (min(steps) <= 0 or max(steps) - min(steps) > _EVEN * max(steps)):
        raise BadInput(
            f"the {what} are spaced by {min(steps):.6g} to {max(steps):.6g}, expected {what}"
            f" {expected}: choose them so"
        )


def _chord(a: tuple[float, tuple[float, float]], b: tuple[float, tuple[float, float]]) -> Reading:
    (l, (y, n)), (r, (z, k)) = a, b
    rounding = 2.0**-50 * (abs(y) + abs(z) + 1)
    return Reading((l + r) / 2, (z - y) / (r - l), (n + k + rounding) / (r - l))


def _known(law: str) -> None:
    if law not in LAWS:
        raise BadInput(f"law is {law!r}, expected one of {', '.join(LAWS)}: choose one")


def variables(readings: Sequence[Reading], law: str) -> list[list[float]]:
    """Neville's: 1/l, and of a clock of logarithms e^-l too, for what is analytic in 1/t."""
    found = [[1 / r.place for r in readings]]
    return found if law == EXPONENTIAL else [*found, [exp(-r.place) for r in readings]]


def _signed(rate: Rate, law: str) -> Rate:
    """A rate c of decay is minus the slope of log y."""
    return replace(rate, value=-rate.value) if law == EXPONENTIAL else rate


def log_of(x: Fraction) -> float:
    """log x for x > 0, beyond the range of doubles too."""
    return log(x.numerator) - log(x.denominator)
