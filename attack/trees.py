"""Statements as trees of tuples, in every language of the campaign: ("num", q), ("*", a, b), ..."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

Tree = tuple


def num(x: int | Fraction) -> Tree:
    return ("num", Fraction(x))


def prod(*parts: Tree) -> Tree:
    found = parts[0]
    for x in parts[1:]:
        found = ("*", found, x)
    return found


def walk(e: Tree) -> Iterator[Tree]:
    yield e
    for x in e[1:]:
        if isinstance(x, tuple):
            yield from walk(x)


def number(q: Fraction) -> str:
    """As Python; numbers are wrapped only where Python would not lift them."""
    return (
        f"num({q.numerator})"
        if q.denominator == 1
        else f"num(Fraction({q.numerator}, {q.denominator}))"
    )
