"""Where a field may have no value: the bases of its divisors, roots and logarithms, and whether
they keep their sign inside a step.

A solution may pass smoothly through the zero of a base, as that of x' = -x/(1 - t) does, and so
does an engine's polynomial; the field has no value there, or is not smooth. A base that only comes
close to 0, as x^2 + 10^-20, does the same to an engine of fewer digits: its steps pass over the
place without a trace.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from verify.integrate.stops import FlowStopped

if TYPE_CHECKING:
    from verify.integrate.base import Piece
    from verify.integrate.trace import Program

#: parts of a step, in which a base is told from 0; bits below the unit of its coefficients
_MOST_PARTS, _FINE = 256, 64
ROUNDINGS = 16  # units by which a coefficient may be off
Bases = dict[int, str]


def bases(program: Program) -> Bases:
    """Nodes that keep their sign wherever the field has a value and is smooth, and what they are
    the base of.
    """
    found = {}
    for node in program.nodes:
        if node[0] == "log":
            found[node[1]] = "a logarithm"
        elif node[0] == "power" and node[2].denominator > 1:
            found[node[1]] = "a root"
        elif node[0] == "power" and node[2] < 0:
            found[node[1]] = "a divisor"
    return found


def check_bases(
    title: str, piece: Piece, found: Iterable[tuple[str, Sequence[int]]], digits: int
) -> None:
    """Raises FlowStopped where the series of a base, known to so many digits, is not told from 0 on
    the piece.
    """
    for what, c in found:
        margin = ROUNDINGS + max(map(abs, c)) // 10**digits
        if not keeps_sign(c, (piece.end - piece.begin) / piece.h, margin):
            reason = (
                f"{what} in the field of {title} reaches 0 before t = {float(piece.end):.6g}, or is"
                " not told from it: the field is not smooth there"
            )
            raise FlowStopped(piece.begin, reason)


def keeps_sign(c: Sequence[int], end: Fraction, margin: int = 0) -> bool:
    """Is sum_k c_k tau^k of one sign on [0, end], and farther from 0 than ``margin``? Where the
    terms of the other sign are fewer, or so in both halves; else no.
    """
    part, power = [], 1 << _FINE
    for x in c:
        part.append(x * power if c[0] > 0 else -x * power)
        power = power * end.numerator // end.denominator
    part[0] -= margin << _FINE
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
