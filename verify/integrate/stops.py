"""How an engine stops short of the horizon, and what it says then: that it gave up, never that the
solution ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from verify.integrate.base import Piece, Progress

MOST_STEPS = 4000  # of one enclosure
_MOST_PARTS, _FINE = (
    256,
    64,
)  # of a step, in which a base is told from 0; bits below the unit of its coefficients
GAVE_UP, NO_DIGITS, UNDEFINED = (
    "the engine gave up",
    "no digits are left",
    "the field is not defined at the start",
)
#: said where steps shrink: an engine sees that, and neither a blow-up nor a pole
MAY_END = "the solution may blow up or meet a singularity there, which is not shown"

#: why there are too many steps, where nothing shrinks: settled directions still bound the steps of
# an engine that is not made for it
STIFF = (
    "the flow is stiff there: directions that have settled bound the steps, not what still moves"
)


def crawling(steps: int, h: float, longest: float) -> str:
    """Why more steps than there may be: they shrank on the way, or something keeps them short all
    along.
    """
    why = MAY_END if h < 1e-6 * longest else STIFF
    return f"more than {steps} steps, the last of {h:.2g}: {why}"


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


def check_bases(title: str, piece: Piece, bases: Iterable[tuple[str, Sequence[int]]]) -> None:
    """A polynomial passes smoothly through the zero of a base, where the field has no value or is
    not smooth: raises FlowStopped.
    """
    for what, c in bases:
        if not keeps_sign(c, (piece.end - piece.begin) / piece.h):
            reason = (
                f"{what} in the field of {title} reaches 0 before t = {float(piece.end):.6g}: it is"
                " not smooth there"
            )
            raise FlowStopped(piece.begin, reason)


def keeps_sign(c: Sequence[int], end: Fraction) -> bool:
    """Is sum_k c_k tau^k of one sign on [0, end]? Where the terms of the other sign are fewer, or
    so in both halves; else no.
    """
    part, power = [], 1 << _FINE
    for x in c:
        part.append(x * power if c[0] > 0 else -x * power)
        power = power * end.numerator // end.denominator
    parts = [part]
    for _ in range(_MOST_PARTS):
        part = parts.pop()
        if part[0] <= 0:
            return False
        if part[0] <= (len(part) << _FINE // 2) - sum(x for x in part if x < 0):
            half = [x >> k for k, x in enumerate(part)]
            parts += [half, _shifted(half)]
        if not parts:
            return True
    return False


def _shifted(c: Sequence[int]) -> list[int]:
    """The coefficients in tau - 1."""
    found = list(c)
    for first in range(len(c) - 1):
        for k in range(len(c) - 2, first - 1, -1):
            found[k] += found[k + 1]
    return found


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
