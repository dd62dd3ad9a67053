"""What an enclosure decides of a conclusion, link by link."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from verify.claims.conclusions import Reaches, Throughout
from verify.claims.evidence import Decided
from verify.exact.errors import EnginesDisagree
from verify.exact.numbers import short
from verify.integrate import quantity as explicit
from verify.integrate.at_state import at_start
from verify.integrate.enclosure import Enclosure, NotEnclosed
from verify.integrate.quantity import Course
from verify.integrate.stiff import course as stiff
from verify.integrate.stiff.course import StiffCourse
from verify.integrate.system import Quantity, System
from verify.spelling.called import called
from verify.theories.enclosures.barrier import is_kept

MOST_PARTS, MOST_PARTS_SAID = 4000, 64  # of a link, and where it is decided already


def engine_of(enclosure: Enclosure) -> str:
    """Which engine ran, where it was not the explicit one."""
    return " of the stiff engine" if enclosure.links[0].chebyshev else ""


def courses(
    system: System, quantity: Quantity, enclosure: Enclosure
) -> list[Course] | list[StiffCourse]:
    """One for each link, whichever engine ran. Raises NotEnclosed where the quantity is not
    bounded on one.
    """
    if enclosure.links[0].chebyshev:
        return stiff.courses(system, quantity, enclosure)
    return explicit.courses(system, quantity, enclosure)


def decided(system: System, enclosure: Enclosure, conclusion: Throughout | Reaches) -> Decided:
    """What the flow keeps by itself needs no enclosure but to exist; how near it comes is said."""
    if isinstance(conclusion, Reaches):
        return _event(system, enclosure, conclusion)
    if begins_at_its_bound(system, conclusion):
        bound = Fraction(conclusion.bound)
        return Decided(False, least=bound, most=bound)
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


def begins_at_its_bound(system: System, conclusion: Throughout) -> bool:
    """It says something of the start, and fails there: no radius would tell."""
    quantity = system.quantities[conclusion.quantity]
    return conclusion.after == 0 and at_start(system, quantity) == conclusion.bound


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
        late = tuple(link for link in enclosure.links if link.end > conclusion.after)
        quantity = system.quantities[conclusion.quantity]
        found = courses(system, quantity, replace(enclosure, links=late))
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


def _event(system: System, enclosure: Enclosure, conclusion: Reaches) -> Decided:
    """The first part of a link on which it is seen; or that it is not, all the time."""
    before = Fraction(conclusion.before)
    early = replace(enclosure, links=tuple(x for x in enclosure.links if x.begin < before))
    hull: list[Decided] = []
    unclear = None
    try:
        for course in courses(system, system.quantities[conclusion.quantity], early):
            for d in _parts(course, conclusion, before):
                if d.holds:
                    return _later(course, conclusion, d, min(course.link.end, before))
                unclear = unclear or (d if d.holds is None else None)
                hull.append(d)
    except NotEnclosed as error:
        return Decided(None, reason=f"{called(conclusion.quantity)}: {error}", wide=True)
    least, most, end = min(d.least for d in hull), max(d.most for d in hull), hull[-1].until
    found = Decided(False, Fraction(0), before, least, most)
    if end < before:
        return replace(found, holds=None, reason=f"nothing is enclosed beyond {end}")
    if unclear is not None and is_kept(system, conclusion.never):
        bound = Fraction(conclusion.bound)
        most, least = min(most, bound), max(least, bound)
        up = conclusion.relation == ">"
        return replace(found, most=most) if up else replace(found, least=least)
    if unclear is None:
        return found
    inside = f"[{short(unclear.since, 6)}, {short(unclear.until, 6)}]"
    reason = f"for clock in {inside} the enclosure does not decide whether it comes that far"
    return replace(unclear, reason=f"{called(conclusion.quantity)}: {reason}", wide=True)


def _later(
    course: Course | StiffCourse, conclusion: Reaches, first: Decided, end: Fraction
) -> Decided:
    """The later half of what is left of the link, where it is seen there as well: with room."""
    begin = (first.since + end) / 2
    found = course.over(begin, end)
    if not conclusion.holds(found.least, found.most):
        return first
    return Decided(True, begin, end, found.least, found.most)


def _parts(
    course: Course | StiffCourse, conclusion: Reaches, before: Fraction
) -> Iterator[Decided]:
    """In their order, halved where they do not decide."""
    parts = [(course.link.begin, min(course.link.end, before))]
    for _ in range(MOST_PARTS):
        if not parts:
            return
        begin, end = parts.pop()
        found = course.over(begin, end)
        holds = conclusion.holds(found.least, found.most)
        if holds is None and not found.blurred:
            parts += [((begin + end) / 2, end), (begin, (begin + end) / 2)]
        else:
            yield Decided(holds, begin, end, found.least, found.most)
    for begin, end in reversed(parts):
        found = course.over(begin, end)
        holds = conclusion.holds(found.least, found.most)
        yield Decided(holds, begin, end, found.least, found.most)


def _gap(d: Decided, conclusion: Throughout) -> Fraction:
    return abs((d.least if conclusion.relation == ">" else d.most) - conclusion.bound)


def nearest(d: Decided, conclusion: Throughout | Reaches) -> str:
    """The bound that the enclosure shows, rounded outwards, with as many digits as it takes to show
    what it decides.
    """
    up = conclusion.relation == "<"
    for digits in (6, 12, 24, 48, 96, 192, 384):
        text = short(d.most if up else d.least, digits, up=up)
        if conclusion.holds(Fraction(text), Fraction(text)):
            return f"{'<=' if up else '>='} {text}"
    return f"{conclusion.relation} {conclusion.bound}"


def span(least: Fraction, most: Fraction, conclusion: Throughout | Reaches) -> str:
    """The interval rounded outwards, with as many digits as it takes to decide what [least, most]
    decides.
    """
    wanted = conclusion.holds(least, most)
    for digits in (3, 6, 12, 24, 48, 96):
        low, high = short(least, digits, up=False), short(most, digits, up=True)
        if conclusion.holds(Fraction(low), Fraction(high)) is wanted:
            break
    return f"[{low}, {high}]"
