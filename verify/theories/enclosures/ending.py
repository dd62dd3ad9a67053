"""A flow that is followed until something happens: a cheap run foresees when, and is not believed;
the enclosure leads to shortly after that, and shows that it has happened.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import takewhile
from math import ceil

from verify.claims.conclusions import Reaches, Throughout
from verify.claims.evidence import Decided
from verify.integrate.base import FlowStopped, Progress
from verify.integrate.dyadic import dyadic, exact, log2_of
from verify.integrate.enclosure import Enclosure
from verify.integrate.evaluate import ends, value
from verify.integrate.stiff.arc import Arc
from verify.integrate.stiff.chosen import ChosenValidated
from verify.integrate.stiff.engine import Stiff
from verify.integrate.stops import counted
from verify.integrate.system import System
from verify.models.until import Until
from verify.theories.enclosures.deciding import decide, decided

FORESEEN, PLACES, HALVINGS = 12, 16, 40  # least digits of the first run, places of a step
ENOUGH = 100  # digits of it
MOST_RAISED = 4  # times the digits that were asked for
LATER = (-24, -16, -8)  # log2 of how much later, relative to the time
EARLIER = (20, 14, 8, 4)  # and how much earlier it is shown not to have come
NOT_MET, THERE = "the event is not met", "the event is there already"


def followed_until(
    system: System, until: Until, latest: Fraction, digits: int, progress: Progress | None
) -> tuple[Enclosure, Decided]:
    """The enclosure up to a time at which it has happened, and when that is shown. Raises
    FlowStopped with the time reached, also where it does not happen.
    """
    event, worked = Decided(None), digits
    while not event.holds and worked <= MOST_RAISED * digits:
        at = foreseen(system, until, latest, min(max(FORESEEN, worked), ENOUGH))
        for room in LATER:
            grid = exact(dyadic(log2_of(at) + room)) if at else latest / 2**20
            end = min(latest, (ceil(at / grid) + 1) * grid)
            enclosure = ChosenValidated().run(system, end, worked, samples=8, progress=progress)
            event = decided(system, enclosure, as_event(until, end))
            if event.holds:
                return cut(enclosure, event.until), event
        worked *= 2
    if event.holds is False:
        seen = (
            f"a run that is not validated sees {until.prose()} there, and an enclosure excludes it"
        )
        raise FlowStopped(end, seen, NOT_MET)
    reason = f"{until.prose()} there is not decided with {worked // 2} digits: {event.reason}"
    raise FlowStopped(end, f"whether {reason}", NOT_MET)


def as_event(until: Until, before: Fraction) -> Reaches:
    return Reaches(until.quantity, until.relation, until.bound, before)


def before_it(
    system: System, enclosure: Enclosure, event: Decided, until: Until, said: Throughout, d: Decided
) -> Decided:
    """What is decided of a conclusion: a failure counts where it is shown that the event has not
    come before.
    """
    if d.holds is not False or not d.until:
        return d
    for room in EARLIER:
        early = cut(enclosure, event.since * (1 - Fraction(1, 1 << room)))
        if decide(system, early, not_yet(until)).holds:
            found = decide(system, early, said)
            if found.holds is False:
                return found
            break
    reason = f"near clock {float(d.since):.6g} it fails, and {until.prose()} may have come before"
    return replace(d, holds=None, reason=reason)


def not_yet(until: Until) -> Throughout:
    return as_event(until, Fraction(1)).never


def cut(enclosure: Enclosure, until: Fraction) -> Enclosure:
    """Only to that time; samples are what they were."""
    links = list(takewhile(lambda link: link.begin < until, enclosure.links))
    if until < links[-1].end:
        links[-1] = replace(links[-1], end=until, mu=(max(links[-1].mu),))
    return replace(enclosure, links=tuple(links))


def foreseen(system: System, until: Until, latest: Fraction, digits: int) -> Fraction:
    """About when it happens, of a run that is not validated. Raises FlowStopped."""
    count, before = counted(None), Fraction(0)
    if _holds(system, until, system.start, before):
        reason = f"{until.prose()} at the start, and nothing is left to follow"
        raise FlowStopped(before, reason, THERE)
    for arc in Stiff().arcs(system, latest, digits):
        for k in range(1, PLACES + 1):
            time = arc.begin + arc.h * k / PLACES
            if _at(system, until, arc, time):
                return _bisected(system, until, arc, before, time)
            before = time
        count(arc.end)
    raise FlowStopped(latest, f"{until.prose()} is not seen up to the horizon", NOT_MET)


def _bisected(system: System, until: Until, arc: Arc, low: Fraction, high: Fraction) -> Fraction:
    """The later end of a short interval at whose ends it is and is not so."""
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if _at(system, until, arc, middle):
            high = middle
        else:
            low = middle
    return high


def _at(system: System, until: Until, arc: Arc, time: Fraction) -> bool:
    return _holds(system, until, [Fraction(x, 1 << arc.bits) for x in arc.at(time)], time)


def _holds(system: System, until: Until, x: object, time: Fraction) -> bool:
    ball = value(system, system.quantities[until.quantity], x, time)  # type: ignore[arg-type]
    return bool(ball.is_finite() and as_event(until, Fraction(1)).holds(*ends(ball)))
