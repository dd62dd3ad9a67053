"""How an engine stops short of the horizon, and what it says then: that it gave up, never that the
solution ends.
"""

from __future__ import annotations

from collections import deque
from fractions import Fraction
from math import inf, log2
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from verify.integrate.base import Progress

MOST_STEPS = 4000  # of one enclosure
#: so many steps in a row of one length, up to a factor of 16, and more than so many of them left:
#: the run can only crawl
SAME_PACE, MOST_LEFT = 128, 20_000
_LOG_LEFT = log2(MOST_LEFT)
GAVE_UP, NO_DIGITS, UNDEFINED = (
    "the engine gave up",
    "no digits are left",
    "the field is not defined at the start",
)
#: said where steps shrink: an engine sees that, and neither a blow-up nor a pole
MAY_END = "the solution may blow up or meet a singularity there, which is not shown"

#: why there may be too many steps, where nothing shrinks: an engine sees their length, no cause
STIFF = (
    "settled directions bound the steps (a stiff flow), or something turns fast, or there is far to"
    " go; which of these is not shown"
)


class Pace:
    """How long the steps of a run were, and how many there were."""

    def __init__(self, title: str, most: int) -> None:
        self.title, self.most, self.count = title, most, 0
        self.last: deque[float] = deque(maxlen=SAME_PACE)
        self.longest = -inf

    def step(self, time: Fraction, log_h: float, log_left: float) -> None:
        """Notes a step of 2^log_h to a time from which 2^log_left are left. Raises FlowStopped
        where there are too many of them, or would be at this pace.
        """
        self.count += 1
        self.last.append(log_h)
        self.longest = max(self.longest, log_h)
        if self.count >= self.most:
            self._stop(time, f"more than {self.most} steps, the last of {_power(log_h)}")
        if log_left - log_h < _LOG_LEFT or len(self.last) < SAME_PACE:
            return
        if max(self.last) - min(self.last) < 4 and log_left - max(self.last) > _LOG_LEFT:
            said = f"{SAME_PACE} steps in a row of about {_power(log_h)}"
            self._stop(time, f"{said}, and more than {MOST_LEFT} of them are left")

    def _stop(self, time: Fraction, said: str) -> NoReturn:
        """Steps that shrank on the way may have met something; or something keeps them short."""
        shrunk = self.last[-1] < self.longest - 20
        why = f"{STIFF}; or {MAY_END}" if shrunk else STIFF
        raise FlowStopped(time, f"{self.title}: {said}: {why}")


def _power(exponent: float) -> str:
    """2^exponent in two digits."""
    return f"{2.0 ** min(1000, max(-1000, exponent)):.2g}"


class FlowStopped(Exception):
    """The engine does not reach the horizon: it followed the flow to ``time``. That the solution
    ends there is not said: no engine shows it.

    ``outcome`` is GAVE_UP (too many steps, too short ones, numbers out of range), NO_DIGITS (the
    way to the time reached has cost the digits that there were) or UNDEFINED (there is no solution:
    the field has no value at the exact start).
    """

    def __init__(self, time: Fraction, reason: str, outcome: str = GAVE_UP) -> None:
        where = "" if outcome is UNDEFINED else f" at t = {shown(time)} (about)"
        super().__init__(f"{outcome}{where}: {reason}")
        self.time, self.reason, self.outcome = time, reason, outcome


def shown(x: Fraction) -> str:
    """A dozen digits, also beyond the range of doubles."""
    try:
        return f"{float(x):.12g}"
    except OverflowError:
        return f"2^{x.numerator.bit_length() - x.denominator.bit_length()}"


def counted(progress: Progress | None) -> Progress:
    """Ends a run of too many steps: a stiff flow must not hang."""
    left = [MOST_STEPS]

    def count(time: Fraction) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise FlowStopped(time, f"more than {MOST_STEPS} steps: {STIFF}")
        if progress is not None:
            progress(time)

    return count
