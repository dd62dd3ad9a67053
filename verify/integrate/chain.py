"""What every engine that encloses does between its steps: the links found so far, one after the
other, and the samples read off them. How one link is found is each engine's own.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from fractions import Fraction
from math import floor, isqrt
from typing import TYPE_CHECKING, Any

from verify.exact.errors import BadInput
from verify.integrate.base import MOST_DIGITS, Progress, State, arranged, sample_times
from verify.integrate.enclosure import Enclosure, Link, NotEnclosed, Unenclosed
from verify.integrate.gronwall import decimals, exact_value
from verify.integrate.trace import program

if TYPE_CHECKING:
    from verify.integrate.system import System


def most_working(digits: int, spare: int) -> int:
    """With how many digits an enclosure may be tried. Raises BadInput where there are none."""
    if digits + spare > MOST_DIGITS:
        raise BadInput(
            f"digits is {digits}; an enclosure works with {spare} more at least, expected at most"
            f" {MOST_DIGITS - spare}: choose fewer"
        )
    return min(4 * digits + 200, MOST_DIGITS)


class Chain(ABC):
    """Links from clock 0 up to ``time``, where the polynomials have arrived at ``point`` and the
    true solution lies within ``radius`` of it.
    """

    def __init__(
        self, system: System, horizon: Fraction, digits: int, working: int, samples: int
    ) -> None:
        self.system, self.horizon, self.digits, self.working = system, horizon, digits, working
        self.least = digits // 2  # right ones, with fewer of which nothing is gained any more
        self.program = program(system)
        self.times = sample_times(horizon, samples)
        self.found: list[State] = []
        self.radii: list[Fraction] = []
        self.links: list[Link] = []
        self.time, self.radius = Fraction(0), Fraction(0)
        self.point: list[Fraction] = list(self.program.start)

    @abstractmethod
    def _supplied(self, engine: Any) -> Iterator[Any]:
        """The engine's steps; none of them is believed."""

    @abstractmethod
    def _enclosed(self, step: Any) -> Link:
        """The link of a step. Raises NotEnclosed, or OverflowError where doubles do not reach."""

    def go(self, engine: Any, progress: Progress | None) -> int:
        """Correct digits of the widest enclosure; it ends early where they are too few to come
        back. Raises Unenclosed.
        """
        worst = self.working
        for step in self._supplied(engine):
            link = self._link(step)
            size = max(1, *(abs(c[0]) >> link.bits for c in link.states))
            worst = min(worst, decimals((size << link.bits) // max(1, link.within)))
            if worst < self.least:
                break
            self._record(link)
            if progress is not None:
                progress(link.end)
        else:
            if self.time != self.horizon:
                raise Unenclosed(self.time, "the engine supplies no more polynomials")
        return worst

    def enclosure(self, name: str) -> Enclosure:
        """What was found, at the horizon."""
        found, radii, links = tuple(self.found), tuple(self.radii), tuple(self.links)
        return Enclosure(
            self.system, self.times, found, radii, links, self.digits, self.working, name
        )

    def _record(self, link: Link) -> None:
        while len(self.found) < len(self.times) and self.times[len(self.found)] <= link.end:
            time = self.times[len(self.found)]
            values = [floor(exact_value(c, link, time) * (1 << link.bits)) for c in link.states]
            self.found.append(arranged(self.system, values, link.bits))
            rounding = isqrt(self.program.states) + 1  # each state is off by less than a unit
            self.radii.append(Fraction(link.within + rounding, 1 << link.bits))
        self.links.append(link)
        self.time, self.radius = link.end, Fraction(link.after, 1 << link.bits)
        self.point = [exact_value(c, link, link.end) for c in link.states]

    def _link(self, step: Any) -> Link:
        try:
            if step.begin != self.time or not step.begin < step.end <= self.horizon:
                raise NotEnclosed("the engine's polynomials do not continue where the last ended")
            return self._enclosed(step)
        except NotEnclosed as error:
            raise Unenclosed(self.time, f"{error} (at {self.working} digits)") from None
        except OverflowError:
            raise Unenclosed(
                self.time,
                "numbers of the step are beyond the range of doubles, in which norms are found",
            ) from None
