"""When are two sides the same as they stand? One answer for the languages of all sentences, before
anything is known of their letters.

Brackets, the order of terms, numbers that are added up or multiplied, factors 1, terms 0 and what
is taken away again make no difference; a product of sums is not multiplied out, and no relation is
used: that is mathematics, and worth a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any, Protocol

from verify.exact.limits import LIMITS


class Node(Protocol):
    """An expression of any language: a head and arguments."""

    @property
    def head(self) -> str: ...

    @property
    def args(self) -> tuple: ...


Form = dict[tuple, Fraction]
SAME = "this sentence says nothing: both sides are the same as they stand, before any hypothesis"
STILL = "this sentence says nothing: the quantity does not move, whatever the motion"
_LINEAR = ("D", "tr", "sum", "next", "start")


def always(e: Node) -> bool:
    """Holds for every node."""
    return True


def never(e: Node) -> bool:
    """Holds for no node."""
    return False


def plain(
    e: Node, commutes: Callable[[Any], bool] = always, still: Callable[[Any], bool] = never
) -> Form:
    """Numbers by products of atoms, as written; empty for what is zero by that alone.

    ``commutes``: may a factor change its place? ``still``: is it known of an expression that it
    does not move?
    """
    own = not commutes(e)

    def form(x: Node) -> Form:
        return plain(x, commutes, still)

    match e.head:
        case "num":
            return {(): Fraction(e.args[0])} if e.args[0] else {}
        case "+":
            return _added(map(form, e.args))
        case "*":
            return _product(map(form, e.args))
        case "^":
            exponent = e.args[1]
            return _power(
                form(e.args[0]),
                _frozen(form(exponent)) if hasattr(exponent, "head") else exponent,
                own,
            )
    if e.head == "D" and still(e.args[0]):
        return {}
    if e.head in _LINEAR:
        inner = form(e.args[-1])
        return {
            (_atom(e.head, *e.args[:-1], key, free=own),): c
            for key, c in inner.items()
            if key or e.head != "D"
        }
    parts = [_frozen(form(x)) if hasattr(x, "head") else x for x in e.args]
    return {(_atom(e.head, *parts, free=own),): Fraction(1)}


def _power(base: Form, exponent: Any, free: bool) -> Form:
    """To a small whole number, the product; else an atom."""
    n = _whole(exponent)
    if n is not None and n >= 0:
        return _product([base] * n)
    if n is not None and set(base) == {()}:
        return {(): base[()] ** n}
    return {(_atom("^", _frozen(base), exponent, free=free),): Fraction(1)}


def _whole(exponent: Any) -> int | None:
    """A whole number from -MOST to MOST: as the form of a number, or as an index without
    variables.
    """
    n = exponent.const if getattr(exponent, "terms", None) == () else exponent
    n = 0 if n == () else n[0][1] if isinstance(n, tuple) and len(n) == 1 and n[0][0] == () else n
    return (
        int(n)
        if isinstance(n, (int, Fraction)) and n in range(-LIMITS["written"], LIMITS["written"] + 1)
        else None
    )


def _atom(head: str, *args: Any, free: bool = False) -> tuple:
    """``free``: it keeps its place among other factors."""
    return (free, head, *args)


def _frozen(x: Mapping[tuple, Fraction]) -> tuple:
    return tuple(sorted(x.items(), key=repr))


def _added(forms: Iterable[Form]) -> Form:
    found: Form = {}
    for x in forms:
        for key, c in x.items():
            found[key] = found.get(key, Fraction(0)) + c
    return {key: c for key, c in found.items() if c}


def _product(forms: Iterable[Form]) -> Form:
    found: Form = {(): Fraction(1)}
    for x in forms:
        found = _times(found, x)
    return found


def _times(x: Form, y: Form) -> Form:
    for a, b in ((x, y), (y, x)):
        if not a or set(a) == {()}:
            return {key: c * a[()] for key, c in b.items()} if a else {}
    (key, c), (more, d) = (
        next(iter(z.items())) if len(z) == 1 else (_closed(z), Fraction(1)) for z in (x, y)
    )
    return {_ordered((*key, *more)): c * d}


def _closed(x: Form) -> tuple:
    """A sum as one factor."""
    return (_atom("+", _frozen(x), free=any(a[0] for key in x for a in key)),)


def _ordered(key: tuple) -> tuple:
    """Factors that commute in front, in one order."""
    return (*sorted((a for a in key if not a[0]), key=repr), *(a for a in key if a[0]))
