"""Enclosures of stiff flows: the polynomials of ``Stiff``, which are not believed, and around them
a radius within which the true solution stays.

The defect is found in Chebyshev arithmetic (``model``), the logarithmic norm by eliminating what is
fast (``logarithmic``), the distance by Gronwall's bound (``distance``), all in balls. No
certificate is written of such a run yet, and no verdict rests on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor, isqrt
from typing import TYPE_CHECKING, Any

from flint import arb

from verify.exact.precision import precision
from verify.integrate.base import VALIDATED, FlowStopped, Progress, State, check_request
from verify.integrate.defect import NotEnclosed
from verify.integrate.enclosure import Enclosure, Link, Unenclosed
from verify.integrate.gronwall import decimals
from verify.integrate.stiff.arc import Arc, monomials, value
from verify.integrate.stiff.distance import carried
from verify.integrate.stiff.engine import Stiff
from verify.integrate.stiff.field import number
from verify.integrate.stiff.logarithmic import growth
from verify.integrate.stiff.model import defect
from verify.integrate.taylor import arranged
from verify.integrate.trace import program

if TYPE_CHECKING:
    from verify.integrate.system import System

SPARE, WIDENINGS, COARSE = 4, 6, 96


@dataclass(frozen=True, slots=True)
class StiffValidated:
    """Encloses a stiff flow; ``engine`` supplies the arcs and is not believed.

    ``run`` returns an enclosure to the horizon with radius at most 10^-digits max(1, max |x|) or
    raises Unenclosed with the time reached. Precision is raised by itself, to at most 4 * digits +
    200 digits. Raises BadInput as every engine does.
    """

    engine: Any = Stiff()
    name: str = "stiff, validated"
    kind: str = VALIDATED

    def run(
        self,
        system: System,
        horizon: Fraction,
        digits: int,
        *,
        samples: int,
        progress: Progress | None = None,
    ) -> Enclosure:
        check_request(horizon, digits, samples)
        most, working, last, best = 4 * digits + 200, digits + SPARE, Fraction(0), -1
        while True:
            walk = _Walk(system, Fraction(horizon), digits, working, samples)
            try:
                reached = walk.go(self.engine, progress)
            except Unenclosed as stop:
                if 2 * working > most or not _promises(last, stop.time, horizon, working, most):
                    raise
                working, last = 2 * working, stop.time
                continue
            if reached >= digits:
                return walk.enclosure(self.name)
            working += max(digits - reached + 2, working // 4)
            helped, best = reached > best, max(best, reached)
            if working > most or not helped:
                raise Unenclosed(
                    walk.time,
                    f"the enclosure is wider than 10^-{digits} with {walk.working} digits; the"
                    f" limit is {most}, and more must help",
                )


def _promises(last: Fraction, time: Fraction, horizon: Fraction, working: int, most: int) -> bool:
    """Whether all the digits that are allowed would lead to the horizon, if each leads as far as
    those did by which the last run was longer.
    """
    gained = 2 * (time - last) / working
    return not last or time + gained * (most - working) > horizon


class _Walk:
    def __init__(
        self, system: System, horizon: Fraction, digits: int, working: int, samples: int
    ) -> None:
        self.system, self.horizon, self.digits, self.working = system, horizon, digits, working
        self.program = program(system)
        self.times = tuple(horizon * j / samples for j in range(samples + 1))
        self.found: list[State] = []
        self.radii: list[Fraction] = []
        self.links: list[Link] = []
        self.time, self.radius = Fraction(0), Fraction(0)
        self.point: list[Fraction] = list(self.program.start)

    def go(self, engine: Any, progress: Progress | None) -> int:
        """Correct digits of the widest enclosure; it ends early where too few are left."""
        worst = self.working
        try:
            for arc in engine.arcs(self.system, self.horizon, self.working):
                link = self._link(arc)
                size = max(1, *(abs(int(value(c, Fraction(0)))) >> arc.bits for c in arc.rows))
                worst = min(worst, decimals((size << arc.bits) // max(1, link.within)))
                if worst < self.digits // 2:
                    break
                self._record(arc, link)
                if progress is not None:
                    progress(link.end)
        except FlowStopped as stop:
            raise (
                stop if isinstance(stop, Unenclosed) else Unenclosed(stop.time, stop.reason)
            ) from None
        return worst

    def enclosure(self, name: str) -> Enclosure:
        if self.time != self.horizon:
            raise Unenclosed(self.time, "the engine supplies no more polynomials")
        found, radii, links = tuple(self.found), tuple(self.radii), tuple(self.links)
        return Enclosure(
            self.system, self.times, found, radii, links, self.digits, self.working, name
        )

    def _record(self, arc: Arc, link: Link) -> None:
        while len(self.found) < len(self.times) and self.times[len(self.found)] <= link.end:
            values = arc.at(self.times[len(self.found)])
            self.found.append(arranged(self.system, values, arc.bits))
            rounding = isqrt(self.program.states) + 1  # each state is off by less than a unit
            self.radii.append(Fraction(link.within + rounding, 1 << arc.bits))
        self.links.append(link)
        self.time, self.radius = link.end, Fraction(link.after, 1 << arc.bits)
        self.point = [value(c, Fraction(1)) / (1 << arc.bits) for c in arc.rows]

    def _link(self, arc: Arc) -> Link:
        try:
            if arc.begin != self.time or not arc.begin < arc.end <= self.horizon:
                raise NotEnclosed("the engine's polynomials do not continue where the last ended")
            return self._enclosed(arc)
        except NotEnclosed as error:
            raise Unenclosed(self.time, f"{error} (at {self.working} digits)") from None
        except OverflowError:
            raise Unenclosed(self.time, "numbers of the step are beyond doubles") from None

    def _enclosed(self, arc: Arc) -> Link:
        """The link of an arc: the tube is widened until the bound stays inside."""
        with precision(arc.bits + 64):
            slope, before = defect(self.program, arc), self._before(arc)
        with precision(COARSE):
            before, slope = before.upper(), slope.upper()
            tube = (4 * (before + slope) + arb(2) ** -arc.bits).upper()
        for _ in range(WIDENINGS):
            mu = tuple(growth(self.program, arc, tube))
            with precision(COARSE):
                within, after = carried(before, slope, mu, arc.h)
                if within < tube:
                    return self._made(arc, (before, within, after, slope), mu)
                tube = (4 * within).upper()
        raise NotEnclosed("the enclosure grows faster than its own tube")

    def _made(self, arc: Arc, bounds: tuple, mu: tuple[Fraction, ...]) -> Link:
        before, within, after, slope = (_units(x, arc.bits) for x in bounds)
        states = tuple(tuple(monomials(c)) for c in arc.rows)
        return Link(arc.begin, arc.end, arc.h, arc.bits, states, before, within, after, slope, mu)

    def _before(self, arc: Arc) -> Any:
        """What was carried, plus the distance from where the last polynomial ended."""
        begin = [value(c, Fraction(-1)) / (1 << arc.bits) for c in arc.rows]
        jump = sum(((x - y) ** 2 for x, y in zip(self.point, begin, strict=True)), Fraction(0))
        return (number(self.radius) + number(jump).sqrt()).upper()


def _units(x: Any, bits: int) -> int:
    """An upper bound in units of 2^-bits."""
    top, exponent = (int(k) for k in x.upper().man_exp())
    shift = exponent + bits
    return top << shift if shift >= 0 else -floor(Fraction(-top, 1 << -shift))
