"""Enclosures of stiff flows: the polynomials of ``Stiff``, which are not believed, and around them
a radius within which the true solution stays.

The defect is found in Chebyshev arithmetic (``model``), the logarithmic norm by eliminating what is
fast (``logarithmic``), the distance by Gronwall's bound (``distance``), all in balls.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Any

from flint import arb

from verify.exact.precision import precision
from verify.integrate.base import VALIDATED, Engine, FlowStopped, Told
from verify.integrate.chain import Chain, most_working
from verify.integrate.enclosure import Enclosure, Link, NotEnclosed, Unenclosed
from verify.integrate.gronwall import decimals
from verify.integrate.stiff.arc import Arc, monomials, value
from verify.integrate.stiff.distance import carried
from verify.integrate.stiff.each import MOST, PARTS, carried_each, comparisons, length
from verify.integrate.stiff.engine import Stiff
from verify.integrate.stiff.field import number
from verify.integrate.stiff.logarithmic import growth
from verify.integrate.stiff.model import defect
from verify.integrate.stops import MAY_END, counted

if TYPE_CHECKING:
    from verify.integrate.system import System

SPARE, WIDENINGS, COARSE = 4, 6, 96
WORTH, FEW = 40, 14  # digits from which on a run with few of them is worth its time
STUCK = 1 << 20  # runs that end as close to each other, relative to the time, end at one place


@dataclass(frozen=True, slots=True)
class StiffValidated(Engine[Enclosure]):
    """Encloses a stiff flow; ``engine`` supplies the arcs and is not believed.

    ``run`` returns an enclosure to the horizon with radius at most 10^-digits max(1, max |x|) or
    raises Unenclosed with the time reached. Precision is raised by itself, to at most 4 * digits +
    200 digits. Raises BadInput as every engine does.
    """

    engine: Any = Stiff()
    name: str = "stiff, validated"
    kind: str = VALIDATED

    def follow(
        self, system: System, horizon: Fraction, digits: int, samples: int, progress: Told
    ) -> Enclosure:
        most, last, best = most_working(digits, SPARE), Fraction(0), -1
        lost, ended = self._lost(system, Fraction(horizon), digits)
        working = min(most, digits + SPARE + lost)
        while True:
            walk = _Walk(system, Fraction(horizon), digits, working, samples)
            try:
                reached = walk.go(self.engine, progress)
            except Unenclosed as stop:
                stuck = MAY_END in stop.reason and abs(stop.time - ended) * STUCK < stop.time
                promises = _promises(last, stop.time, horizon, working, most)
                if 2 * working > most or stuck or not promises:
                    raise
                working, last, ended = 2 * working, stop.time, stop.time
                continue
            if reached >= digits:
                return walk.enclosure(self.name)
            working, ended = working + max(digits - reached + 2, working // 4), walk.time
            helped, best = reached > best, max(best, reached)
            if working > most or not helped:
                raise Unenclosed(
                    walk.time,
                    f"the enclosure is wider than 10^-{digits} with {walk.working} digits; the"
                    f" limit is {most}, and more must help",
                )

    def _lost(self, system: System, horizon: Fraction, digits: int) -> tuple[int, Fraction]:
        """How many digits a run loses on the way, from one with few of them, and where it ended; 0
        and the start where that is not known, or where many would cost no more.
        """
        if digits < WORTH:
            return 0, Fraction(0)
        walk = _Walk(system, horizon, 1, FEW, 1)
        walk.alone = not walk.each
        try:
            return FEW - walk.go(self.engine, counted(None)), walk.time
        except FlowStopped:
            return 0, walk.time


def _promises(last: Fraction, time: Fraction, horizon: Fraction, working: int, most: int) -> bool:
    """Whether all the digits that are allowed would lead to the horizon, if each leads as far as
    those did by which the last run was longer.
    """
    gained = 2 * (time - last) / working
    return not last or time + gained * (most - working) > horizon


class _Walk(Chain):
    """One distance for all states, until it is wider than was asked for; from then on that of each
    state is used as well, which is followed from the beginning where there are few states.

    ``alone``: whether the one has been enough so far.
    """

    alone = True

    def __init__(self, *request: Any) -> None:
        super().__init__(*request)
        self.each = [Fraction(0)] * self.program.states if self.program.states <= MOST else []

    def _supplied(self, engine: Any) -> Iterator[Arc]:
        """Where the engine stops more digits may help: Unenclosed."""
        try:
            yield from engine.arcs(self.system, self.horizon, self.working)
        except FlowStopped as stop:
            raise Unenclosed(stop.time, stop.reason) from None

    def _enclosed(self, arc: Arc) -> Link:
        """The link of an arc: the tube is widened until the bound stays inside."""
        with precision(arc.bits + 64):
            slopes, jumps = defect(self.program, arc), self._jumps(arc)
        with precision(COARSE):
            before = (number(self.radius) + length(jumps)).upper()
            slope, start = length(slopes), self._start(jumps)
            tube = (4 * (before + slope) + arb(2) ** -arc.bits).upper()
        for _ in range(WIDENINGS):
            mu = tuple(growth(self.program, arc, tube))
            with precision(COARSE):
                within, after = carried(before, slope, mu, arc.h)
                inside, each = self._apart(arc, start, slopes, tube)
                if each and (not self.alone or not self._is_narrow(arc, within)):
                    self.alone = False
                    within, after = within.min(length(inside)), after.min(length(each))
                if within < tube:
                    return self._made(arc, (before, within, after, slope), mu, each)
                tube = (4 * within).upper()
        raise NotEnclosed("the enclosure grows faster than its own tube")

    def _apart(self, arc: Arc, start: list[Any], slopes: list[Any], tube: Any) -> tuple[Any, Any]:
        """The largest distance of each state and the last one; nothing where it is not bounded."""
        if not start:
            return [], []
        try:
            moves = comparisons(self.program, arc, double(tube))
            return carried_each(start, [(x / PARTS).upper() for x in slopes], moves)
        except NotEnclosed:
            return [], []

    def _is_narrow(self, arc: Arc, within: Any) -> bool:
        """As narrow as was asked for."""
        size = max(1, *(abs(c[0]) >> arc.bits for c in arc.rows))
        units = max(1, _units(within, arc.bits))
        return decimals((size << arc.bits) // units) >= self.digits

    def _made(self, arc: Arc, bounds: tuple, mu: tuple[Fraction, ...], each: Sequence[Any]) -> Link:
        before, within, after, slope = (_units(x, arc.bits) for x in bounds)
        states, size = tuple(tuple(monomials(c)) for c in arc.rows), arc.stiffness
        where, around = (arc.begin, arc.end, arc.h, arc.bits), (before, within, after, slope)
        apart = tuple(min(after, _units(x, arc.bits)) for x in each)
        return Link(*where, states, *around, mu, arc.rows, size, apart)

    def _record(self, link: Link) -> None:
        super()._record(link)
        if self.each:
            last = link.each or [link.after] * len(self.each)
            self.each = [Fraction(x, 1 << link.bits) for x in last]

    def enclosure(self, name: str) -> Enclosure:
        """What was found; distances of each state only where the one was not enough."""
        if self.alone:
            self.links = [replace(link, each=()) for link in self.links]
        return super().enclosure(name)

    def _jumps(self, arc: Arc) -> list[Any]:
        """How far from where the last polynomial ended this one begins."""
        begin = [value(c, Fraction(-1)) / (1 << arc.bits) for c in arc.rows]
        return [number(abs(x - y)) for x, y in zip(self.point, begin, strict=True)]

    def _start(self, jumps: list[Any]) -> list[Any]:
        """The distance of each state where they are followed."""
        return [(number(x) + y).upper() for x, y in zip(self.each, jumps, strict=bool(self.each))]


def double(x: Any) -> float:
    """An upper bound."""
    return float(x) * (1 + 2.0**-40) + 1e-300


def _units(x: Any, bits: int) -> int:
    """An upper bound in units of 2^-bits."""
    top, exponent = (int(k) for k in x.upper().man_exp())
    shift = exponent + bits
    return top << shift if shift >= 0 else -floor(Fraction(-top, 1 << -shift))
