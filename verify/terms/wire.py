"""Expressions as the JSON of ``proofs/certificates/FORMAT.md``; only ``check.py`` reads it back."""

from __future__ import annotations

from verify.terms.expr import BINDERS, Expr

_LEAVES = {"at", "const", "form", "loss", "is", "I"}


def encode(node: Expr) -> object:
    """JSON value of an expression.

    >>> from verify.terms.expr import total, q
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
