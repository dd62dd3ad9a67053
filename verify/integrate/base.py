"""What an integrator promises, and what it hands back.

An integrator follows the gradient flow u_l' = -P_l * grad J(w) - kappa u_l of a diagonal network w = u_1 * ... * u_L
(entrywise) from an exact start to an exact horizon. The engines of kind "high precision" are NOT validated: their
errors are estimated, never enclosed. They support sentences and they prove none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Protocol

from verify.errors import BadInput

if TYPE_CHECKING:
    from verify.settings.point import Point

Progress = Callable[[Fraction], None]
HIGH_PRECISION = "high precision"
MOST_DIGITS = 10_000


class FlowStopped(Exception):
    """The flow does not reach the horizon: it was followed to ``time`` and blows up or leaves its domain near there."""

    def __init__(self, time: Fraction, reason: str) -> None:
        super().__init__(f"the flow stopped at t = {float(time):.12g} (about): {reason}")
        self.time, self.reason = time, reason


@dataclass(frozen=True, slots=True)
class State:
    """u at one time, L rows of n numbers x * 2^-bits: exact as numbers, approximate as values of the flow."""

    rows: tuple[tuple[int, ...], ...]
    bits: int

    def exact(self) -> tuple[tuple[Fraction, ...], ...]:
        """The stored numbers as fractions."""
        return tuple(tuple(Fraction(x, 1 << self.bits) for x in row) for row in self.rows)

    def mpf(self) -> tuple[tuple[Any, ...], ...]:
        """The stored numbers as mpmath numbers; nothing is rounded, whatever the global precision. Imports mpmath."""
        from mpmath import mp
        from mpmath.libmp import from_man_exp

        return tuple(tuple(mp.make_mpf(from_man_exp(x, -self.bits)) for x in row) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Trajectory:
    """An approximate solution at exact times, in full: ``times[0]`` is 0, ``times[-1]`` is the horizon.

    ``digits``      what was asked for: each step aims at a local error of at most 10^-(digits + 3) times max |u|
    ``order``       Taylor order (engines of another kind: their order of convergence)
    ``steps``       accepted steps
    ``truncation``  ESTIMATE of the local truncation errors, absolute, summed over the steps. Their growth along the
                    flow is not in it, and it is no bound.
    ``rounding``    ESTIMATE of the local rounding errors, absolute, summed over the steps
    """

    times: tuple[Fraction, ...]
    states: tuple[State, ...]
    digits: int
    order: int
    steps: int
    truncation: Fraction
    rounding: Fraction
    engine: str
    kind: str


class Integrator(Protocol):
    """The one protocol of all engines."""

    name: str
    kind: str

    def run(
        self,
        point: Point,
        horizon: Fraction,
        digits: int,
        *,
        samples: int,
        decay: Fraction = Fraction(0),
        progress: Progress | None = None,
    ) -> Trajectory:
        """Follow u_l' = -P_l * grad J(w) - decay u_l from ``point.start`` at time 0.

        Returns the states at the ``samples + 1`` times ``horizon j / samples``, all of them: where the solution cannot
        be followed to the horizon (w leaves the domain of J, or the step collapses because the solution blows up or
        meets a singularity) ``FlowStopped`` is raised, with the time that was reached. ``digits`` governs the error of
        each step relative to the largest entry of u; a flow that pulls neighbouring solutions apart multiplies it.
        Entries far smaller than the largest have fewer correct digits of their own.

        Deterministic: the same arguments give the same numbers. No global precision is read or changed. ``progress``
        is called with the time after every step. Raises BadInput where an argument is not what is said here: exact
        numbers only, horizon > 0, samples >= 1, digits between 1 and 10000.
        """
        ...


def check_request(point: Point, horizon: Fraction, digits: int, samples: int, decay: Fraction) -> None:
    """Raise BadInput where a run cannot be meant as written."""
    for name, x in (("horizon", horizon), ("decay", decay)):
        _require(_is_exact(x), name, x, "an exact number, int or Fraction", "write Fraction(1, 10) for 0.1")
    _require(horizon > 0, "horizon", horizon, "a time > 0", "choose a later time")
    for name, count, most in (("digits", digits, MOST_DIGITS), ("samples", samples, 10**9)):
        fine = isinstance(count, int) and not isinstance(count, bool) and 1 <= count <= most
        _require(fine, name, count, f"a whole number from 1 to {most}", "choose one in this range")
    widths = {len(row) for row in point.start}
    equal = len(widths) == 1 and 0 not in widths
    _require(equal, "start", point.start, "L >= 1 rows of one length n >= 1", "mend the rows")
    for row in point.start:
        for x in row:
            _require(_is_exact(x), "an entry of start", x, "an exact number, int or Fraction", "write a Fraction")


def _is_exact(x: object) -> bool:
    return isinstance(x, (int, Fraction)) and not isinstance(x, bool)


def _require(fine: bool, name: str, value: object, expected: str, remedy: str) -> None:
    if not fine:
        raise BadInput(f"{name} is {value!r}, expected {expected}: {remedy}")
