"""Deciding conclusions about trajectories by enclosures: one start, all conclusions, precision
raised by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from verify.claims.conclusions import Throughout
from verify.claims.evidence import Decided, Followed
from verify.exact.errors import BadInput, EnginesDisagree
from verify.exact.exhibit import Exhibit
from verify.exact.numbers import short
from verify.integrate.base import Progress
from verify.integrate.defect import NotEnclosed
from verify.integrate.quantity import courses
from verify.integrate.stiff import course as stiff
from verify.integrate.stiff.chosen import ChosenValidated
from verify.integrate.stops import FlowStopped
from verify.integrate.system import System
from verify.spelling.called import called, in_quotes
from verify.spelling.notation import name as spelt
from verify.spelling.tex import inline, number, value
from verify.theories.enclosures.barrier import is_kept
from verify.theories.enclosures.cross_checked import cross_checked

if TYPE_CHECKING:
    from verify.integrate.enclosure import Enclosure
    from verify.integrate.quantity import Course
    from verify.integrate.stiff.course import StiffCourse

MOST_RAISED = 4  # times the digits that were asked for
MOST_PARTS, MOST_PARTS_SAID = 4000, 64  # of a link, and where it is decided already


@dataclass(frozen=True)
class Excluded(Exhibit):
    """A witness: an enclosure of the true solution from an exact start excludes the conclusion at a
    time.
    """

    sentence: Any
    label: str
    system: System
    found: Decided
    ring: str = "balls"

    def text(self) -> str:
        d, conclusion = self.found, self.sentence.conclusion
        when = f"clock in [{short(d.since, 6)}, {short(d.until, 6)}]"
        where = f"{span(d.least, d.most, conclusion)} (enclosed) for {when}"
        return f"from {in_quotes(self.label)}: {called(conclusion.quantity)} lies in {where}"

    def latex(self) -> str:
        start = ", ".join(
            inline(f"{spelt(n)} = {number(x)}")
            for n, x in zip(self.system.names, self.system.start, strict=True)
        )
        d, conclusion = self.found, self.sentence.conclusion
        low, high = (value(x) for x in span(d.least, d.most, conclusion)[1:-1].split(", "))
        since, until = value(short(d.since, 6)), value(short(d.until, 6))
        where = inline(f"{spelt(conclusion.quantity)} \\in [{low}, {high}]")
        when = inline(f"\\tau \\in [{since}, {until}]")
        return f"from {start}: {where} for {when}, enclosed"

    def data(self) -> dict[str, Any]:
        d, conclusion = self.found, self.sentence.conclusion
        return {
            "refutes": conclusion.render(),
            "start": {
                name: str(x) for name, x in zip(self.system.names, self.system.start, strict=True)
            },
            "label": self.label,
            "clock": f"[{d.since}, {d.until}]",
            "what": conclusion.quantity,
            "value": span(d.least, d.most, conclusion),
            "arithmetic": self.ring,
        }


def follow_start(
    label: str,
    build: Callable[[], System],
    horizon: Fraction,
    conclusions: Mapping[str, Throughout],
    digits: int,
    progress: Progress | None = None,
) -> Followed:
    """Enclose and decide; where the enclosure is too wide to decide, again with twice the digits,
    up to MOST_RAISED times as many.
    """
    system = checked_system(label, build, conclusions)
    precision, found = digits, None
    while True:
        found = _once(label, system, horizon, conclusions, precision, progress)
        wide = any(d.wide for d in found.decided.values())
        if found.trouble or not wide or 2 * precision > MOST_RAISED * digits:
            return replace(found, checked=cross_checked(found.enclosure))
        precision *= 2


def checked_system(
    label: str, build: Callable[[], System], conclusions: Mapping[str, Any]
) -> System:
    """Raises BadInput where a start builds something else, or a conclusion is about a quantity that
    it does not have.
    """
    system = build()
    if not isinstance(system, System):
        raise BadInput(f"the start {label} builds {system!r}; expected a System")
    check_quantities(system, conclusions)
    return system


def check_quantities(system: System, conclusions: Mapping[str, Any]) -> None:
    """Raises BadInput for a conclusion about a quantity that the system does not have."""
    for name, c in conclusions.items():
        if c.quantity not in system.quantities:
            raise BadInput(
                f"conclusion {name}: {system.title} has no quantity {c.quantity!r}; it has:"
                f" {', '.join(sorted(system.quantities))}"
            )


def _once(
    label: str,
    system: System,
    horizon: Fraction,
    conclusions,
    digits: int,
    progress: Progress | None,
) -> Followed:
    try:
        enclosure = ChosenValidated().run(system, horizon, digits, samples=8, progress=progress)
    except FlowStopped as end:
        trouble = f"from {in_quotes(label)}: {end}"
        return Followed(
            label, system, None, trouble, {n: Decided(None, reason=trouble) for n in conclusions}
        )
    return Followed(
        label,
        system,
        enclosure,
        "",
        {n: _decided(system, enclosure, c) for n, c in conclusions.items()},
    )


def _decided(system: System, enclosure: Enclosure, conclusion: Throughout) -> Decided:
    """What the flow keeps by itself needs no enclosure but to exist; how near it comes is said."""
    kept = conclusion.after < enclosure.times[-1] and is_kept(system, conclusion)
    found = decide(system, enclosure, conclusion, MOST_PARTS_SAID if kept else MOST_PARTS)
    if kept and found.holds is False:
        raise EnginesDisagree(
            f"{conclusion.quantity} {conclusion.relation} {conclusion.bound} is kept by the flow of"
            f" {system.title}, and an enclosure excludes it near clock {float(found.since):.6g}"
        )
    if not kept:
        return found
    if found.holds is None:
        found = replace(found, least=conclusion.bound, most=conclusion.bound, reason="", wide=False)
    return replace(found, holds=True, kept=True)


def decide(
    system: System, enclosure: Enclosure, conclusion: Throughout, most: int = MOST_PARTS
) -> Decided:
    """Link by link, in finer and finer parts."""
    if conclusion.after >= enclosure.times[-1]:
        return Decided(
            None,
            reason=f"it begins at {conclusion.after}, and the horizon is {enclosure.times[-1]}",
        )
    try:
        of = stiff.courses if enclosure.links[0].chebyshev else courses
        late = tuple(link for link in enclosure.links if link.end > conclusion.after)
        quantity = system.quantities[conclusion.quantity]
        found = of(system, quantity, replace(enclosure, links=late))
    except NotEnclosed as error:
        return Decided(None, reason=f"{called(conclusion.quantity)}: {error}", wide=True)
    here = [_on_link(course, conclusion, most) for course in found]
    failed = next((d for d in here if d.holds is False), None)
    return (
        failed
        or next((d for d in here if d.holds is None), None)
        or min(here, key=lambda d: _gap(d, conclusion))
    )


def _on_link(course: Course | StiffCourse, conclusion: Throughout, most: int) -> Decided:
    """In parts that are halved where they do not decide. A part that fails fails as a whole, and
    lies after ``after``.
    """
    parts = [(max(course.link.begin, Fraction(conclusion.after)), course.link.end)]
    closest, unclear, last = None, None, None
    for _ in range(most):
        if not parts:
            break
        begin, end = parts.pop()
        found = course.over(begin, end)
        here = Decided(
            conclusion.holds(found.least, found.most), begin, end, found.least, found.most
        )
        if here.holds is False:
            return here
        if here.holds is None and not found.blurred:
            last, parts = here, [*parts, (begin, (begin + end) / 2), ((begin + end) / 2, end)]
        elif here.holds is None:
            unclear = here
        elif closest is None or _gap(here, conclusion) < _gap(closest, conclusion):
            closest = here
    if closest is not None and unclear is None and not parts:
        return closest
    here = unclear or last or here
    inside = f"[{short(here.since, 6)}, {short(here.until, 6)}]"
    reason = (
        f"for clock in {inside} the enclosure {span(here.least, here.most, conclusion)} does not"
        " decide it"
    )
    return replace(here, holds=None, reason=f"{called(conclusion.quantity)}: {reason}", wide=True)


def _gap(d: Decided, conclusion: Throughout) -> Fraction:
    return abs((d.least if conclusion.relation == ">" else d.most) - conclusion.bound)


def nearest(d: Decided, conclusion: Throughout) -> str:
    """The bound that the enclosure shows, rounded outwards, with as many digits as it takes to show
    what it decides.
    """
    up = conclusion.relation == "<"
    for digits in (6, 12, 24, 48, 96, 192, 384):
        text = short(d.most if up else d.least, digits, up=up)
        if conclusion.holds(Fraction(text), Fraction(text)):
            return f"{'<=' if up else '>='} {text}"
    return f"{conclusion.relation} {conclusion.bound}"


def span(least: Fraction, most: Fraction, conclusion: Throughout) -> str:
    """The interval rounded outwards, with as many digits as it takes to decide what [least, most]
    decides.
    """
    wanted = conclusion.holds(least, most)
    for digits in (3, 6, 12, 24, 48, 96):
        low, high = short(least, digits, up=False), short(most, digits, up=True)
        if conclusion.holds(Fraction(low), Fraction(high)) is wanted:
            break
    return f"[{low}, {high}]"
