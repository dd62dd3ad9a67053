"""Enclosures: a Taylor polynomial and, around it, a radius within which the true solution stays.

Let e = y - p be the distance of the true solution from the polynomial of a step. Then e' = f(p + e)
- f(p) + (f(p) - p'), so as long as |e| stays within the tube on which mu bounds the logarithmic
  norm,

    |e|' <= mu |e| + |p' - f(p)|,        |e(t + dt)| <= exp(mu dt) |e(t)| + D dt max(1, exp(mu dt))

in the Euclidean norm (Gronwall). The defect D comes from ``defect``, mu from ``logarithmic_norm``;
both are rigorous and neither believes the engine that made the polynomial. If the bound stays
inside the tube, the solution has not left it, and it exists on the whole step. Radii are whole
numbers of units 2^-bits, always rounded up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Any

from verify.integrate.ahead import Ahead, batches, least_tube, states_of
from verify.integrate.base import VALIDATED, Engine, FlowStopped, Piece, Progress, Told
from verify.integrate.chain import Chain, most_working
from verify.integrate.defect import defect
from verify.integrate.enclosure import Enclosure, Link, NotEnclosed, Unenclosed
from verify.integrate.gronwall import gronwall, root_up
from verify.integrate.taylor import Taylor

if TYPE_CHECKING:
    from verify.integrate.system import System

SPARE = 3
#: digits of a run that first tells what the way costs. Where that would take as long as another
#: step towards what was asked for, ROOM more digits are tried first: few flows lose more of them
PILOT, ROOM = 24, 1
#: steps shrink by 2^-80 at most (``taylor``): so many digits pass what is no singularity; two runs
#: that end as close to each other as 1/STUCK of the time end at one place
PLENTY, MORE, STUCK = 100, 180, 1 << 20
WIDENINGS = 6


@dataclass(frozen=True, slots=True)
class Validated(Engine[Enclosure]):
    """Encloses a flow. ``engine`` supplies the polynomials and is not believed.

    ``run`` returns an enclosure to the horizon with radius at most 10^-digits max(1, max |x|) or
    raises Unenclosed with the time reached. Precision is raised by itself, to at most 4 * digits +
    200 digits: a cheap run measures what the way costs, where a few more digits do not suffice.
    Raises BadInput as every engine does.
    """

    engine: Any = Taylor()
    name: str = "validated"
    kind: str = VALIDATED

    def follow(
        self, system: System, horizon: Fraction, digits: int, samples: int, progress: Told
    ) -> Enclosure:
        most = most_working(digits, SPARE)
        stuck = [Fraction(-1)]
        tries, pilot = 0, 2 * PILOT < digits <= 2 * PLENTY
        cost = ROOM if pilot else self._cost(system, horizon, digits, stuck, progress)
        working = digits + SPARE + cost
        while working <= most:
            walk = _Walk(system, Fraction(horizon), digits, working, samples)
            walk.least = digits if pilot else walk.least
            try:
                reached = walk.go(self.engine, progress)
            # too wide to be bounded: with fewer digits than are allowed that says nothing yet
            except Unenclosed as error:
                if 2 * working > most or _is_stuck(stuck, error.time, working):
                    raise
                working *= 2
                continue
            if reached >= digits:
                return walk.enclosure(self.name)
            if pilot:
                lost = self._lost(system, horizon, PILOT, stuck, progress)
                working, pilot = max(working + digits - reached, digits + SPARE + lost), False
                continue
            working += (digits - reached + 1) << tries  # no help by more digits is soon known
            tries += 1
        raise Unenclosed(
            walk.time,
            f"the enclosure is wider than 10^-{digits} with {walk.working} digits; the limit is"
            f" {most}",
        )

    def _cost(
        self,
        system: System,
        horizon: Fraction,
        digits: int,
        stuck: list[Fraction],
        progress: Progress | None,
    ) -> int:
        """Digits that the way costs, from runs of few digits; of more, where fewer do not lead to
        its end.
        """
        cost = 0
        for tried, rung in enumerate((PILOT, PLENTY, MORE)):
            if digits > 2 * rung and len(stuck) > tried:
                cost = self._lost(system, horizon, rung, stuck, progress)
        return cost

    def _lost(
        self,
        system: System,
        horizon: Fraction,
        digits: int,
        stuck: list[Fraction],
        progress: Progress | None,
    ) -> int:
        """How many digits the way to the horizon costs, from a cheap run; 0 where that run does not
        get there. Raises Unenclosed where ever more digits lead to one place and no further.
        """
        walk = _Walk(system, Fraction(horizon), digits // 2, digits, 1)
        try:
            reached = walk.go(self.engine, progress)
            if walk.time == horizon:
                return max(0, digits - reached)
            raise Unenclosed(walk.time, f"the enclosure grows too wide with {digits} digits")
        except FlowStopped as stop:
            if _is_stuck(stuck, stop.time, digits):
                raise
            return 0


def _is_stuck(places: list[Fraction], time: Fraction, digits: int) -> bool:
    """Notes where a run ended; whether PLENTY of digits led no further than fewer did."""
    places.append(time)
    return digits >= PLENTY and (time - places[-2]) * STUCK < time


class _Walk(Chain):
    def _supplied(self, engine: Any) -> Iterator[Piece]:
        self.ahead = Ahead(self.program)
        pieces = engine.pieces(self.system, self.horizon, self.working)
        for batch in batches(pieces):
            self.ahead.look(batch, self.radius)
            yield from batch

    def _enclosed(self, piece: Piece) -> Link:
        """The link of a piece: the tube is widened until the bound stays inside."""
        program = self.program
        if (len(piece.nodes), piece.states) != (len(program.nodes), program.states):
            raise NotEnclosed("the engine's polynomials are not those of the program")
        found = defect(self.program, piece)
        before = self._before(piece)
        states = states_of(piece)
        tube = max(4 * (before + found.slope), least_tube(states))
        for _ in range(WIDENINGS):
            mu = self.ahead.growth(piece, tube)
            exact = tuple(Fraction(m) for m in mu)
            within, after = gronwall(before, found.slope, piece, exact)
            if within < tube:
                return Link(
                    piece.begin,
                    piece.end,
                    piece.h,
                    piece.bits,
                    states,
                    before,
                    within,
                    after,
                    found.slope,
                    exact,
                )
            tube = 4 * within
        raise NotEnclosed("the enclosure grows faster than its own tube")

    def _before(self, piece: Piece) -> int:
        """The radius at the beginning: what was carried, plus the distance from where the last
        polynomial ended.
        """
        carried = -floor(-self.radius * (1 << piece.bits))
        jump = sum(
            (
                (x - Fraction(int(c[0]), 1 << piece.bits)) ** 2
                for x, c in zip(self.point, piece.nodes, strict=False)
            ),
            Fraction(0),
        )
        return carried + root_up(jump, piece.bits)
