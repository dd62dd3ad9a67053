"""Gradients of real functions of the layers as expressions, by pushing d back through sums,
products and marks. No normal form.

df = sum over pieces of Re Tr(c dW_i) gives the gradient c* in W_i. Rules: Re Tr(b d(x y)) = Re Tr(y
b dx) + Re Tr(b x dy), Re Tr(b dx*) = Re Tr(b* dx) and so for every mark; dE(X) = Re Tr(P* dX); dX =
sum_q A_q dW_q B_q, as phi says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from verify.models.layers import around, moment
from verify.terms.affine import Affine, index
from verify.terms.matrices import Mat, P, X, num, tr
from verify.theories.words.gate_arithmetic import Value, added
from verify.theories.words.sizes import Beyond

if TYPE_CHECKING:
    from verify.theories.words.gate_values import Marks, Values

_SCALARS = ("num", "const", "seq", "tr", "loss")
_NUMBERS = ("num", "const", "seq")
_OF_X = "q"


@dataclass(frozen=True, slots=True)
class Piece:
    """Re Tr(c dW_at), summed over the index ``over`` = first..last where there is one."""

    at: Affine
    c: Mat
    over: str = ""
    first: Affine = Affine(1)
    last: Affine = Affine(0)


def is_scalar(e: Mat) -> bool:
    if e.head in ("+", "*"):
        return all(is_scalar(x) for x in e.args)
    if e.head in ("^", "mark", "sum", "D", "next"):
        return all(is_scalar(x) for x in e.args if isinstance(x, Mat))
    return e.head in _SCALARS


_ONE = num(1)


def pieces(e: Mat, back: Mat = _ONE) -> Iterator[Piece]:
    """Of Re Tr(back * de), or of back * de for a real number e. Raises Beyond."""
    if e.head in _NUMBERS:
        return
    if e.head in ("+", "tr"):
        for x in e.args:
            yield from pieces(x, back)
    elif e.head == "*":
        yield from _of_product(e.args[0], e.args[1], back)
    elif e.head == "mark":
        yield from pieces(e.args[1], Mat("mark", (e.args[0], back)))
    elif e.head == "sum":
        yield from _of_sum(e, back)
    elif e.head == "loss":
        yield from pieces(X, back * P.H)
    elif e.head == "letter":
        yield from _of_letter(e, back)
    elif e.head == "^" and not e.args[1].terms and e.args[1].const > 0:
        base, power = e.args[0], e.args[1].const
        yield from _of_product(base, base ** (power - 1), back) if power > 1 else pieces(base, back)
    elif e.head == "G":
        (i,) = e.args
        yield from pieces(moment(i), Mat("inside", (i, back)))
    else:
        raise Beyond(f"the gradient of {e.head}")


def _of_product(x: Mat, y: Mat, back: Mat) -> Iterator[Piece]:
    if is_scalar(x) == is_scalar(y):
        yield from pieces(x, y * back)
        yield from pieces(y, back * x)
    else:
        c, m = (x, y) if is_scalar(x) else (y, x)
        if c.head not in _NUMBERS:
            yield from pieces(c, tr(m * back))
        yield from pieces(m, back * c)


def _of_sum(e: Mat, back: Mat) -> Iterator[Piece]:
    over, first, last, body = e.args
    for piece in pieces(body, back):
        if piece.over:
            raise Beyond("a sum over layers inside a sum over layers")
        yield replace(piece, over=over, first=first, last=last)


def _of_letter(e: Mat, back: Mat) -> Iterator[Piece]:
    name, i = e.args
    if name == "W":
        yield Piece(i, back)
    elif name == "X":
        q = index(_OF_X)
        left, right = around(q)
        yield Piece(q, right * back * left, _OF_X, Affine(1), index("N"))
    elif name in ("A", "B"):
        raise Beyond(f"the gradient of {name}_{i}")


def gradient(here: Values, i: int | None, marks: Marks, order: int) -> Value:
    """Of the motion's objective, in W_i: the sum over the pieces of c*."""
    objective = here.setting.motion.objective  # type: ignore[union-attr]
    if "pieces" not in here.memo:
        here.memo["pieces"] = list(pieces(objective))
    assert i is not None
    found: Value = 0
    for piece in here.memo["pieces"]:
        for at in _met(here, piece, i):
            found = added(found, here.value(piece.c.H, at, marks, order))
    return found


def _met(here: Values, piece: Piece, i: int) -> list[dict[str, int]]:
    """The values of the piece's own index at which it speaks of W_i."""
    if not piece.over:
        return [{}] if here.at(piece.at, {}) == i else []
    span = range(here.at(piece.first, {}), here.at(piece.last, {}) + 1)
    if piece.at.base == piece.over:
        j = i - piece.at.const
        return [{piece.over: j}] if j in span else []
    return [{piece.over: j} for j in span] if here.at(piece.at, {}) == i else []
