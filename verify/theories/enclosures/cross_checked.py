"""An enclosure held against a second method."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from verify.integrate.agree import agree
from verify.integrate.balls import BallRun, PlainBalls
from verify.integrate.gronwall import exact_value
from verify.integrate.stops import FlowStopped

if TYPE_CHECKING:
    from verify.integrate.enclosure import Enclosure

CHECKED_STEPS, CHECKED_DIGITS = 2, 12  # of the second method: it wraps, so it is asked for little


def cross_checked(enclosure: Enclosure | None) -> str:
    """How far the plain ball method, which shares nothing but the program, agrees. Raises
    EnginesDisagree where the two do not meet.
    """
    if enclosure is None:
        return ""
    link = enclosure.links[min(CHECKED_STEPS, len(enclosure.links)) - 1]
    try:
        other = PlainBalls().run(enclosure.system, link.end, CHECKED_DIGITS, samples=1)
    except FlowStopped:
        return "plain balls do not get through the first steps"
    centre = tuple(exact_value(c, link, link.end) for c in link.states)
    radius = Fraction(link.after, 1 << link.bits)
    system, digits, engine = enclosure.system, enclosure.digits, enclosure.engine
    mine = BallRun(system, (link.end,), (centre,), (radius,), digits, link.bits, engine)
    agree(mine, other)
    return f"plain balls agree up to clock {float(link.end):.3g}"
