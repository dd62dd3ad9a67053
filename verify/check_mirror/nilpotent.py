"""Numbers with nilpotent letters s_0, s_1, .., by the set of those that occur."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from verify.check_mirror.base import Work, need

Number = dict[int, Fraction]
Function = Callable[[list[Number]], Number]


def added(a: Number, b: Number, sign: int = 1) -> Number:
    found = dict(a)
    for e, c in b.items():
        found[e] = found.get(e, Fraction(0)) + sign * c
    return found


def product(a: Number, b: Number) -> Number:
    Work.spend(len(a) * len(b))
    found: Number = {}
    for e, c in a.items():
        for f, d in b.items():
            if not e & f:
                found[e | f] = found.get(e | f, Fraction(0)) + c * d
    return found


def inverse(a: Number) -> Number:
    """1/(a_0 + n) = (1/a_0) sum (-n/a_0)^k, n nilpotent."""
    first = a.get(0, Fraction(0))
    need(first, "a division by 0 at the start")
    rest = {e: -c / first for e, c in a.items() if e}
    found, power = {0: 1 / first}, {0: 1 / first}
    while rest and any((power := product(power, rest)).values()):
        found = added(found, power)
    return found


def negated(f: Function) -> Function:
    return lambda state: {e: -c for e, c in f(state).items()}


def minus(f: Function, g: Function) -> Function:
    return lambda state: added(f(state), g(state), -1)


def total(parts: Any) -> Number:
    found: Number = {}
    for x in parts:
        found = added(found, x)
    return found


def determinant(rows: list[list[Number]]) -> Number:
    if not rows:
        return {0: Fraction(1)}
    return total(product(rows[0][j], cofactor(rows, 0, j)) for j in range(len(rows)))


def cofactor(rows: list[list[Number]], i: int, j: int) -> Number:
    rest = [[x for b, x in enumerate(r) if b != j] for a, r in enumerate(rows) if a != i]
    return product({0: Fraction((-1) ** (i + j))}, determinant(rest))
