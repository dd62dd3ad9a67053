"""A statement's expressions along a high-precision trajectory.

The engine works with GUARD more digits than are asked for; what is called zero is below 10^-digits
times the size of the terms, so that the growth of errors along the flow has GUARD digits of room.
That bound is the detection limit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Any

from verify.claims.conclusions.base import Conclusion
from verify.exact.rings import Real
from verify.integrate.base import FlowStopped, Trajectory
from verify.integrate.taylor import Taylor
from verify.models.diagonal_flow import diagonal_flow
from verify.models.jets import Motion, assignments
from verify.models.point import Point

GUARD = 10
SAMPLES = 8
HORIZON = Fraction(10)
_MOST_SCOPES = 512
_RETRIES = 6
_SMALL = 64
_WORK, _FEWEST_STEPS = 40_000, 12  # weights times steps of one trajectory


@dataclass(frozen=True)
class Path:
    """Motions at sampled times; ``moved`` is the largest change of a coordinate of w."""

    times: tuple[Fraction, ...]
    motions: tuple[Motion, ...]
    ring: Real
    digits: int
    moved: Any
    note: str

    @property
    def limit(self) -> Any:
        return self.ring.number(Fraction(1, 10**self.digits))


class Budget:
    """A progress callback that ends a run after a number of steps; raises OutOfSteps with the time
    that was reached.
    """

    def __init__(self, steps: int) -> None:
        self.left = self.steps = steps

    def __call__(self, time: Fraction) -> None:
        self.left -= 1
        if self.left < 0:
            raise OutOfSteps(time)


class OutOfSteps(Exception):
    """More steps than were allowed; the argument is the time reached."""


def follow(
    point: Point, digits: int, order: int, *, decay: str | None = None, balanced: bool = False
) -> Path:
    """The trajectory over [0, HORIZON], or over the part that the flow or the budget of steps
    allows, and then that is said.
    """
    horizon, note, weights = HORIZON, "", point.depth * point.width
    kappa = point.constants.get(decay, Fraction(0)) if decay else Fraction(0)
    # small runs do not let the engine use the symmetry that balance gives, so that nothing is
    # conserved by construction
    share = weights > _SMALL
    by_layer = (
        balanced and 0 in point.w
    )  # otherwise q is read as |w|^(2/L), not as a layer's square
    steps = max(_FEWEST_STEPS, _WORK // weights)
    for _ in range(_RETRIES):
        try:
            system = diagonal_flow(point, kappa, share)
            run = Taylor().run(
                system, horizon, digits + GUARD, samples=SAMPLES, progress=Budget(steps)
            )
            break
        except FlowStopped as end:
            note = f"; near t = {float(end.time):.3g} {end.outcome}"
            horizon = Fraction(int(end.time * 2**20) or 1, 2**22)
        except OutOfSteps as end:
            note = f"; the horizon is what {steps} steps allow"
            horizon = Fraction(int(end.args[0] * 2**20) or 1, 2**20) / 2
    else:
        raise FlowStopped(horizon, "no interval on which it can be followed was found")
    return path_of(run, point, digits, order, decay, by_layer, note)


def path_of(
    run: Trajectory,
    point: Point,
    digits: int,
    order: int,
    decay: str | None,
    by_layer: bool,
    note: str = "",
) -> Path:
    """The states of a run as motions."""
    ring = Real(digits + GUARD)
    motions: list[Motion] = []
    for state in run.states:
        here = Point(state.exact(), point.loss, point.constants)
        origin = motions[0] if motions else None
        motions.append(Motion(here, ring, order, decay=decay, balanced=by_layer, origin=origin))
    moved = max(
        abs(a.c[0] - b.c[0]) for m in motions[1:] for a, b in zip(m.w, motions[0].w, strict=True)
    )
    return Path(run.times, tuple(motions), ring, digits, moved, note)


def largest(
    path: Path, conclusion: Conclusion, residual: Callable[[Motion, Motion, Mapping[str, int]], Any]
) -> Any:
    """The largest residual over sampled times and the values of the free indices."""
    return max(at_each(path, conclusion, residual))


def at_each(
    path: Path, conclusion: Conclusion, residual: Callable[[Motion, Motion, Mapping[str, int]], Any]
) -> list[Any]:
    """At each sampled time the largest residual over the values of the free indices (the first 512
    of them).
    """
    first = path.motions[0]
    indices: dict[str, str] = {}
    for e in conclusion.expressions():
        indices.update(e.free_indices())
    pair = ("l", "m") if any("R" in e.atoms() for e in conclusion.expressions()) else None
    scopes = list(
        islice(assignments(indices, first.point.depth, first.point.width, pair), _MOST_SCOPES)
    )
    zero = path.ring.number(Fraction(0))
    return [max((residual(m, first, s) for s in scopes), default=zero) for m in path.motions]
