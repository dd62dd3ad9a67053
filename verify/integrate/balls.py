"""The plain method of balls, step by step: a second enclosure that has nothing in common with
``validated`` but the program.

On a step of length h from the ball X, a box B with X + [0, h] f(B) inside B holds the solution
(Picard). Then

    x(t + h) in x_0(X) + x_1(X) h + ... + x_(p-1)(X) h^(p-1) + x_p(B) h^p

with the Taylor coefficients of the flow taken over the ball and, for the remainder, over the box.
The sets are boxes and they are evaluated by a formula of many terms, so they grow by about exp(|J|
t), whether solutions part or not (wrapping): this is a cross-check for short horizons, at a
precision that is raised until the growth no longer matters.

Reference: R. E. Moore, Interval Analysis (1966).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from verify.exact.precision import precision
from verify.exact.rings import as_fraction, ball
from verify.integrate import ball_series
from verify.integrate.ball_series import at_node, constant, longer, value
from verify.integrate.base import VALIDATED, Engine, Progress, Told, sample_times
from verify.integrate.enclosure import Unenclosed
from verify.integrate.stops import MAY_END
from verify.integrate.trace import Program, program

if TYPE_CHECKING:
    from verify.integrate.system import System

MOST_RUNS = 3  # each with twice the bits of the one before
GUARD_BITS = 64
COLLAPSE = 48  # the flow counts as stopped when a step is 2^-48 of the horizon
TRIES = 12  # of a box, before the step is halved


@dataclass(frozen=True, slots=True)
class BallRun:
    """The true states, in the order of the system's names, lie within ``radii[k]`` of
    ``centres[k]`` (Euclidean) at every time.
    """

    system: System
    times: tuple[Fraction, ...]
    centres: tuple[tuple[Fraction, ...], ...]
    radii: tuple[Fraction, ...]
    digits: int
    bits: int
    engine: str = "plain balls"
    kind: str = VALIDATED


@dataclass(frozen=True, slots=True)
class PlainBalls(Engine[BallRun]):
    """``run`` returns the balls at the ``samples + 1`` times, each of radius at most 10^-digits
    max(1, max |x|).

    Starts with 4 bits for each digit and doubles them at most MOST_RUNS - 1 times. Raises
    Unenclosed with the time that was reached where this is not enough, or where no step is short
    enough; BadInput as every engine does. Imports python-flint.
    """

    name: str = "plain balls"
    kind: str = VALIDATED

    def follow(
        self, system: System, horizon: Fraction, digits: int, samples: int, progress: Told
    ) -> BallRun:
        walk: Any = None
        for k in range(MOST_RUNS):
            bits = (4 * digits + GUARD_BITS) << k
            with precision(bits, 1):
                walk = _Walk(program(system), Fraction(horizon), digits, samples, bits)
                if walk.go(progress):
                    return BallRun(
                        system, walk.times, tuple(walk.centres), tuple(walk.radii), digits, bits
                    )
        raise Unenclosed(
            walk.time, f"the balls are wider than 10^-{digits} with {bits} bits, which is the limit"
        )


class _Walk:
    """``x`` are balls at the exact ``time``; the working precision is set."""

    def __init__(
        self, program: Program, horizon: Fraction, digits: int, samples: int, bits: int
    ) -> None:
        self.program, self.horizon, self.digits, self.bits = program, horizon, digits, bits
        self.order = 12 + digits // 2
        self.times = sample_times(horizon, samples)
        self.time = Fraction(0)
        self.x = [ball(c) for c in program.start]
        self.h = horizon
        self.centres: list[tuple[Fraction, ...]] = []
        self.radii: list[Fraction] = []
        self._note()

    def go(self, progress: Progress | None) -> bool:
        """Whether the balls stayed narrow to the end."""
        for end in self.times[1:]:
            while self.time < end:
                self._step(end)
                if self._radius() * 10**self.digits > max(
                    1, *(abs(as_fraction(x.mid())) for x in self.x)
                ):
                    return False
                if progress is not None:
                    progress(self.time)
            self._note()
        return True

    def _note(self) -> None:
        self.centres.append(tuple(as_fraction(x.mid()) for x in self.x))
        self.radii.append(self._radius())

    def _radius(self) -> Fraction:
        return as_fraction(sum((x.rad() * x.rad() for x in self.x), ball(0)).sqrt().upper())

    def _step(self, end: Fraction) -> None:
        """One step, at most to ``end``; shorter until its remainder is small."""
        h = min(2 * self.h, end - self.time)
        small = ball(Fraction(1, 10 ** (self.digits + 3))) * max(
            [ball(1), *(abs(x) for x in self.x)], key=lambda x: x.mid()
        )
        series = self._series(self.x, ball(self.time))
        while series is not None and h * (1 << COLLAPSE) > self.horizon:
            rest = self._remainder(h)
            if rest is not None and all(abs(r) < small for r in rest):
                break
            h /= 2
        else:
            raise Unenclosed(self.time, f"no step is short enough for its box: {MAY_END}")
        step = ball(h)
        self.x = [value(c, step, self.order) + r for c, r in zip(series, rest, strict=True)]
        self.time, self.h = self.time + h, h

    def _remainder(self, h: Fraction) -> list[Any] | None:
        """x_p(B) h^p, or None where no box B is found."""
        box = self._box(h)
        series = None if box is None else self._series(box, self._while(h))
        return None if series is None else [c[self.order] * ball(h) ** self.order for c in series]

    def _while(self, h: Fraction) -> Any:
        return ball(self.time).union(ball(self.time + h))

    def _box(self, h: Fraction) -> list[Any] | None:
        """B with X + [0, h] f(B) inside B: guessed, widened, and checked."""
        clock, step = self._while(h), ball(0).union(ball(h))
        box = self.x
        for _ in range(TRIES):
            slopes = self._slopes([constant(x, 1) for x in box], clock, 1)
            if slopes is None:
                return None
            image = [x + step * s[0] for x, s in zip(self.x, slopes, strict=True)]
            if not all(y.is_finite() for y in image):
                return None
            if all(b.contains(y) for b, y in zip(box, image, strict=True)):
                return box
            box = [
                x.union(y) + (y - x) * _around(ball(Fraction(1, 4)))
                for x, y in zip(self.x, image, strict=True)
            ]
        return None

    def _series(self, x: Sequence[Any], clock: Any) -> list[Any] | None:
        """Coefficients 0 to p over the balls: each round of x_0 + integral of f makes one more of
        them right.
        """
        found = [constant(c, 1) for c in x]
        for length in range(1, self.order + 1):
            slopes = self._slopes(found, clock, length)
            if slopes is None:
                return None
            found = [longer(c, s, length) for c, s in zip(x, slopes, strict=True)]
        return (
            found if all(c[k].is_finite() for c in found for k in range(self.order + 1)) else None
        )

    def _slopes(self, x: Sequence[Any], clock: Any, length: int) -> list[Any] | None:
        """The field on series of a length; None where it is not defined."""
        from flint import ctx

        ctx.cap = length
        values: list[Any] = []
        try:
            for i, node in enumerate(self.program.nodes):
                if node[0] == "state":
                    values.append(x[i])
                elif node[0] == "clock":
                    values.append(ball_series.clock(clock, length))
                else:
                    values.append(at_node(node, values, length))
        except (ZeroDivisionError, ValueError):
            return None
        return [values[d] * constant(ball(a), length) for d, a in self.program.slopes]


def _around(x: Any) -> Any:
    return (-x).union(x)
