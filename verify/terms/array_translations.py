"""Arrays in the languages of claims: entrywise ones at a generic coordinate (``terms.expr``),
products of layers as words (``terms.matrices``).
"""

from __future__ import annotations

from typing import Any

from verify.terms.affine import Affine, k
from verify.terms.array_families import put
from verify.terms.arrays import Array
from verify.terms.expr import Expr, Index, const, num, total
from verify.terms.matrices import A, B, Mat, X, inner, norm2
from verify.terms.matrices import num as matrix_number


def to_expr(x: Array, at: Index) -> Expr | None:
    """The entry ``at`` of a vector, or a number; None for what is not entrywise."""
    match x.head, x.args:
        case "letter", (of, place):
            index = () if place is None else (_index(place),)
            if of.rows == of.columns == 1 and place is None:
                return const(of.name)
            if of.columns != 1 or of.rows == 1:
                return None
            return Expr("at", (of.name, *index, at))
        case "others", (of, place):
            return Expr("at", ("P", _index(place), at)) if of.rows != 1 else None
        case "each", (of, _, _):
            return Expr("at", ("w", at)) if of.rows != 1 else None
        case "^", (y, Affine(e, ())):
            base = to_expr(y, at)
            return None if base is None else base**e
        case "dot", (y, z) if isinstance(at, str):
            left, right = to_expr(y, at), to_expr(z, at)
            if left is None or right is None:
                return None
            return total(at, left**2 if left == right else left * right)
        case "*", factors:
            parts = [to_expr(y, at) for y in factors]
            return _folded(parts, lambda a, b: a * b)
        case "+", terms:
            return _folded([_times(num(c), to_expr(y, at)) for c, y in terms], lambda a, b: a + b)
    return None


def _index(at: Affine) -> str | int:
    return str(at) if at.terms else at.const


def to_mat(x: Array, index: str) -> Mat | None:
    """With ``index`` called k; None for what is no word in layers."""
    x = put(x, index, k)
    match x.head, x.args:
        case "letter", (of, place):
            return Mat("letter", (of.name, place))
        case "T", (y,):
            inside = to_mat(y, index)
            return None if inside is None else inside.H
        case "chain", (of, low, high):
            if (low, high) == (Affine(of.first), of.last):
                return X
            return A[low - 1] if high == of.last else B[high + 1] if low == Affine(1) else None
        case "dot", (y, z):
            left, right = to_mat(y, index), to_mat(z, index)
            if left is None or right is None:
                return None
            return norm2(left) if left == right else inner(left, right)
        case "@", factors:
            return _folded([to_mat(y, index) for y in factors], lambda a, b: a * b)
        case "+", terms:
            parts = [_times(matrix_number(c), to_mat(y, index)) for c, y in terms]
            return _folded(parts, lambda a, b: a + b)
    return None


def _times(c: Any, x: Any) -> Any:
    return None if x is None else x if c.args[0] == 1 else c * x


def _folded(parts: list, join):
    """None where one of them is."""
    if not parts or any(p is None for p in parts):
        return None
    found = parts[0]
    for p in parts[1:]:
        found = join(found, p)
    return found
