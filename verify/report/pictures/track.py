"""The flow of a network from one start, as motions at sampled times, and what an expression does
along them.

Enclosed: every state is a ball of the enclosure's radius, and so is every value. Otherwise the flow
is computed twice and the distance of the two runs is the estimated error; it is no bound.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import mpmath
from flint import arb
from mpmath.libmp import to_rational

from verify.claims.sentence import Sentence
from verify.exact.errors import BadInput
from verify.exact.numbers import short
from verify.exact.rings import Ball, Inexact, Real, ball
from verify.integrate.base import FlowStopped
from verify.integrate.enclosure import Enclosure
from verify.integrate.evaluate import ends
from verify.integrate.gronwall import exact_value
from verify.integrate.system import System
from verify.integrate.taylor import Taylor
from verify.integrate.validated import Validated
from verify.models.diagonal_flow import diagonal_flow
from verify.models.jets import Motion
from verify.models.point import Point
from verify.report.pictures.picture import SAMPLES, Span, Times, middle, times
from verify.theories.measure.along import GUARD, Budget, OutOfSteps, follow

ENCLOSED_WEIGHTS = 64
STEPS = 2_000
MOST_WORK, FEWEST = 4_000, 16  # weights times samples
Reader = Callable[[Motion, Motion, Fraction], Any]


@dataclass(frozen=True)
class Run:
    """Motions at the times; ``first`` is the exact start."""

    motions: tuple[Motion, ...]
    first: Motion

    def read(self, reader: Reader, clock: Sequence[Fraction]) -> list[Span]:
        return [
            ends_of(reader(m, self.first, time))
            for m, time in zip(self.motions, clock, strict=True)
        ]


@dataclass(frozen=True)
class Track:
    """``rough`` is None where the motions are enclosed; ``words`` say how far the values can be
    trusted.

    ``computed`` is the same flow at the same times, not enclosed, for what has a value at numbers
    and none at balls.
    """

    at: Times
    run: Run
    rough: Run | None
    words: str
    computed: Callable[[], Track]

    @property
    def first(self) -> Motion:
        return self.run.first

    def measure(self, reader: Reader) -> list[Span]:
        """Values at the times. Raises Inexact, ZeroDivisionError, IndexError or KeyError where
        there is no value.
        """
        spans = self.run.read(reader, self.at.clock)
        if self.rough is None:
            return spans
        fine, rough = map(middle, spans), map(middle, self.rough.read(reader, self.at.clock))
        return [(a - abs(a - b), a + abs(a - b)) for a, b in zip(fine, rough, strict=True)]

    def at_some(self, reader: Reader) -> list[Span]:
        """At the start, half-way, and at the end: enough to tell curves apart."""
        some = [0, len(self.at.clock) // 2, -1]
        return [ends_of(reader(self.run.motions[k], self.first, self.at.clock[k])) for k in some]


def weight(i: int) -> Reader:
    return lambda m, first, time: m.w[i].c[0]


def ends_of(x: Any) -> Span:
    """Of a ball, or of a number. Raises Inexact where it is not finite."""
    if hasattr(x, "man_exp") and hasattr(x, "is_finite"):
        if x.is_finite():
            return ends(x)
    else:
        if mpmath.isfinite(x):
            value = Fraction(*map(int, to_rational(x._mpf_)))
            return value, value
    raise Inexact("a value that is not finite")


def track(point: Point, sentence: Sentence, order: int, digits: int, wanted: str | None) -> Track:
    """Over the interval that a measurement of the judge would follow. Raises BadInput where there
    is none.

    python-flint's precision stays what the balls need: the caller restores it when it is done
    measuring.
    """
    decay, by_layer = sentence.setting.decay, sentence.balanced and 0 in point.w
    try:
        path = follow(point, digits, order, decay=decay, balanced=sentence.balanced)
    except FlowStopped as end:
        raise BadInput(f"--plot: the flow of J = {point.loss.text} cannot be drawn: {end}") from end
    horizon, weights = path.times[-1], point.depth * point.width
    system = diagonal_flow(
        point,
        point.constants.get(decay, Fraction(0)) if decay else Fraction(0),
        share=weights > ENCLOSED_WEIGHTS,
    )
    made = _Motions(point, system, order, decay, by_layer)
    try:
        if weights > ENCLOSED_WEIGHTS:
            raise FlowStopped(Fraction(0), f"more than {ENCLOSED_WEIGHTS} weights")
        return _enclosed(made, horizon, digits, wanted, path.note)
    except OutOfSteps:
        trouble = f"an enclosure takes more than {STEPS} steps"
    except FlowStopped as end:
        trouble = str(getattr(end, "reason", end))
    return _estimated(made, horizon, digits, wanted, f" ({trouble}){path.note}")


def _enclosed(
    made: _Motions, horizon: Fraction, digits: int, wanted: str | None, note: str
) -> Track:
    enclosure = Validated().run(made.system, horizon, digits, samples=1, progress=Budget(STEPS))
    at = times(made.system.clock, [link.end for link in enclosure.links], wanted)
    words = (
        f"{enclosure.worked} digits, enclosed: radius <= {short(enclosure.radius)},"
        f" {len(enclosure.links)} steps{note}"
    )
    computed = lambda: _computed(made, _pieces(made, horizon, digits), at, digits, note)
    return Track(at, made.balls(enclosure, at.clock), None, words, computed)


def _estimated(
    made: _Motions, horizon: Fraction, digits: int, wanted: str | None, why: str
) -> Track:
    samples = max(FEWEST, min(SAMPLES, MOST_WORK // len(made.system.start)))
    pieces = _pieces(made, horizon, digits)
    at = times(made.system.clock, [piece.end for piece in pieces[0]], wanted, samples)
    return _computed(made, pieces, at, digits, why)


def _pieces(made: _Motions, horizon: Fraction, digits: int) -> list[list[Any]]:
    """Two runs, with twice GUARD and with GUARD digits more than are shown."""
    return [
        list(Taylor().pieces(made.system, horizon, digits + extra)) for extra in (2 * GUARD, GUARD)
    ]


def _computed(
    made: _Motions, pieces: Sequence[Sequence[Any]], at: Times, digits: int, why: str
) -> Track:
    fine, rough = (made.numbers(run, at.clock, digits + 2 * GUARD) for run in pieces)
    found = Track(
        at, fine, rough, f"{digits} digits, not validated: estimated error", lambda: found
    )
    worst = (
        max(b - a for i in range(min(8, made.point.width)) for a, b in found.measure(weight(i))) / 2
    )
    return replace(found, words=f"{found.words} {short(worst)}{why}")


@dataclass(frozen=True)
class _Motions:
    """States of the system as motions of a point."""

    point: Point
    system: System
    order: int
    decay: str | None
    by_layer: bool

    def balls(self, enclosure: Enclosure, clock: Sequence[Fraction]) -> Run:
        """The true states lie within the radius of the link, so each entry does."""
        ring = Ball(max(link.bits for link in enclosure.links) + 64)
        ends = [link.end for link in enclosure.links]
        rows = []
        for time in clock:
            link = enclosure.links[bisect_left(ends, time)]
            off = arb(0, ring.number(Fraction(link.within, 1 << link.bits)))
            centres = (exact_value(c, link, time) for c in link.states)
            rows.append([ball(x) + off for x in centres])
        return self._run(ring, rows)

    def numbers(self, pieces: Sequence[Any], clock: Sequence[Fraction], digits: int) -> Run:
        ends = [piece.end for piece in pieces]
        here = [(time, pieces[bisect_left(ends, time)]) for time in clock]
        rows = [[Fraction(int(x), 1 << piece.bits) for x in piece.at(time)] for time, piece in here]
        return self._run(Real(digits), rows)

    def _run(self, ring: Any, rows: Sequence[Sequence[Any]]) -> Run:
        first = self._motion(ring, self.point.start, None)
        return Run(tuple(self._motion(ring, self._arranged(x), first) for x in rows), first)

    def _arranged(self, x: Sequence[Any]) -> tuple[tuple[Any, ...], ...]:
        return tuple(
            tuple(x[j] if sign > 0 else -x[j] for j, sign in row) for row in self.system.layout
        )

    def _motion(
        self, ring: Any, start: tuple[tuple[Any, ...], ...], origin: Motion | None
    ) -> Motion:
        here = Point(start, self.point.loss, self.point.constants)
        return Motion(
            here, ring, self.order, decay=self.decay, balanced=self.by_layer, origin=origin
        )
