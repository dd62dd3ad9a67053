"""How an engine stops short of the horizon, and what it says then: that it gave up, never that the solution ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

from verify.integrate.dyadic import horner

if TYPE_CHECKING:
    from verify.integrate.base import Piece, Progress

MOST_STEPS = 4000  # of one enclosure
_MOST_PARTS, _FINE = 2048, 64  # of a step, in which a base is told from 0; bits of a place in it
GAVE_UP, NO_DIGITS, UNDEFINED = "the engine gave up", "no digits are left", "the field is not defined at the start"
#: said where steps shrink: an engine sees that, and neither a blow-up nor a pole
MAY_END = "the solution may blow up or meet a singularity there, which is not shown"

#: why there are too many steps, where nothing shrinks: settled directions still bound the steps of an engine that is not made for it
STIFF = "the flow is stiff there: directions that have settled bound the steps, not what still moves"


def crawling(steps: int, h: float, longest: float) -> str:
    """Why more steps than there may be: they shrank on the way, or something keeps them short all along."""
    why = MAY_END if h < 1e-6 * longest else STIFF
    return f"more than {steps} steps, the last of {h:.2g}: {why}"


class FlowStopped(Exception):
    """The engine does not reach the horizon: it followed the flow to ``time``. That the solution ends there is not said: no engine
    shows it.

    ``outcome`` is GAVE_UP (too many steps, too short ones, numbers out of range), NO_DIGITS (the way to the time reached has cost the
    digits that there were) or UNDEFINED (there is no solution: the field has no value at the exact start).
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
    """A polynomial passes smoothly through the zero of a base, where the field has no value or is not smooth: raises FlowStopped."""
    for what, c in bases:
        if not keeps_sign(c, (piece.end - piece.begin) / piece.h):
            reason = f"{what} in the field of {title} reaches 0 before t = {float(piece.end):.6g}: it is not smooth there"
            raise FlowStopped(piece.begin, reason)


def keeps_sign(c: Sequence[int], end: Fraction) -> bool:
    """Is sum_k c_k tau^k of one sign on [0, end], end <= 1? By its slope, in halves; so close to 0 that these do not tell is no."""
    slope = sum(k * abs(x) for k, x in enumerate(c))
    if abs(c[0]) > slope:
        return True
    last, parts = floor(end * (1 << _FINE)), [(0, 1)]  # (j, n): from j last/n to (j + 1) last/n
    for _ in range(_MOST_PARTS):
        j, n = parts.pop()
        value = horner(c, (2 * j + 1) * last // (2 * n), _FINE)
        if value == 0 or (value > 0) != (c[0] > 0):
            return False
        if abs(value) * n << (_FINE + 1) <= slope * (last + 2 * n) + (len(c) * n << (_FINE + 1)):
            parts += [(2 * j, 2 * n), (2 * j + 1, 2 * n)]
        if not parts:
            return True
    return False


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
