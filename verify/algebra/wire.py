"""Expressions to and from the JSON of ``proofs/certificates/FORMAT.md``. Text is read, never evaluated."""

from __future__ import annotations

from fractions import Fraction

from verify.algebra.expr import BINDERS, Expr

_LEAVES = {"at", "const", "form", "loss"}


def encode(node: Expr) -> object:
    """JSON value of an expression.

    >>> from verify.algebra.expr import total, q
    >>> encode(total("i", q["i"]))
    ['sum', 'i', 'coordinates', ['at', 'q', 'i']]
    """
    if node.head == "num":
        return str(node.args[0])
    if node.head in _LEAVES:
        return [node.head, *node.args]
    if node.head in BINDERS:
        return [node.head, node.args[0], node.args[1], encode(node.args[2])]
    return [node.head, *(encode(arg) for arg in node.args)]


def decode(value: object) -> Expr:
    """The expression of a JSON value. Raises ValueError naming the part that is not an expression."""
    if isinstance(value, str):
        return Expr("num", (Fraction(value),))
    if not isinstance(value, list) or not value or not isinstance(value[0], str):
        raise ValueError(f"not an expression: {value!r}; expected a rational in quotes or a list that starts with a head")
    head, *args = value
    if head in _LEAVES:
        return Expr(head, tuple(args))
    if head in BINDERS and len(args) == 3:
        return Expr(head, (args[0], args[1], decode(args[2])))
    return Expr(head, tuple(decode(arg) for arg in args))
