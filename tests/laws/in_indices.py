"""Expressions in declared letters, evaluated entry by entry over any numbers that know + * and
powers: fractions, numbers of mpmath, symbols of an engine. No code of the kernel takes part.

A loss of z is made concrete: sum g z, whose gradient is g everywhere. Gates have the values that
they are given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction as F
from functools import reduce
from itertools import product
from operator import add, mul
from typing import Any

import mpmath

from verify.models.declared import Declared, Letter
from verify.terms.expr import Expr
from verify.terms.indices import Index

Env = dict[str, int]


class World:
    """``sizes`` of sets and integers by name; ``values`` of entries by (name, indices)."""

    def __init__(
        self, setting: Declared, sizes: Mapping[str, int], values: Mapping[tuple, Any]
    ) -> None:
        self.setting, self.sizes, self.values = setting, sizes, values
        self.letters = {x.name: x for x in setting.letters}
        self.beside = {x.beside: x for x in setting.letters if x.beside}

    def run(self, kind: str) -> range:
        low, dots, high = kind.partition("..")
        if not dots:
            return range(1, self.sizes[kind] + 1)
        first, last = (int(x) if x.isdigit() else self.sizes[x] for x in (low, high))
        return range(first, last + 1)

    def places(self, indices: tuple[Index, ...]) -> Iterator[Env]:
        for at in product(*(self.run(i.kind) for i in indices)):
            yield dict(zip(map(str, indices), at, strict=True))

    def letter(self, name: str, at: tuple[int, ...]) -> Any:
        if (name, *at) in self.values:
            return self.values[name, *at]
        if name in self.sizes:
            return F(self.sizes[name])
        own = self.letters.get(name) or self.beside[name]
        if own.role == "product":
            skip, rest = (at[0], at[1:]) if name == own.beside else (0, at)
            return self.multiplied(own.of, rest, skip)
        if own.role == "loss":
            each = [self.paired(own, env) for env in self.places(own.indices)]
            return reduce(add, each)
        inner = self.value(own.of, dict(zip(map(str, own.indices), at, strict=True)))
        if own.role == "log":
            return inner.log() if hasattr(inner, "log") else mpmath.log(inner)
        assert own.role == "let", own.role
        return inner

    def paired(self, loss: Letter, env: Env) -> Any:
        """<g, z> at one place."""
        g, z = self.values[loss.beside, *env.values()], self.value(loss.of, env)
        if not isinstance(z, list):
            return g * z
        return reduce(add, (a * b for r, s in zip(g, z, strict=True) for a, b in zip(r, s)))  # noqa: B905

    def multiplied(self, u: Letter, at: tuple[int, ...], skip: int) -> Any:
        found = [self.letter(u.name, (k, *at)) for k in self.run(u.indices[0].kind) if k != skip]
        return reduce(mul, found, F(1))

    def value(self, e: Expr, env: Env) -> Any:
        match e.head, e.args:
            case "num", (c,):
                return F(c)
            case (("const" | "at"), (name, *at)):
                return self.letter(name, tuple(x if type(x) is int else env[str(x)] for x in at))
            case "^", (base, power):
                return raised(self.value(base, env), self.value(power, env))
            case "sum", (index, kind, body):
                return plus([self.value(body, env | {str(index): k}) for k in self.run(kind)])
            case "H", (body,):
                return [list(row) for row in zip(*self.value(body, env), strict=True)]
            case "is", at:
                i, j = (x if type(x) is int else env[str(x)] for x in at)
                return F(i == j)
            case "tr", (body,):
                rows = self.value(body, env)
                return plus([r[k] for k, r in enumerate(rows)])
        found = [self.value(x, env) for x in e.args]
        assert e.head in ("+", "*"), e.head
        return plus(found) if e.head == "+" else reduce(times, found)


def raised(x: Any, e: F) -> Any:
    assert isinstance(e, F)  # constants and whole numbers alone
    if e.denominator == 1:
        return x ** int(e)
    return (
        x.power(e)
        if hasattr(x, "power")
        else mpmath.power(x, mpmath.mpf(e.numerator) / e.denominator)
    )


def plus(xs: list[Any]) -> Any:
    if isinstance(xs[0], list):
        return [[reduce(add, cells) for cells in zip(*rows)] for rows in zip(*xs)]  # noqa: B905
    return reduce(add, xs)


def times(x: Any, y: Any) -> Any:
    if isinstance(x, list) and isinstance(y, list):
        columns = list(zip(*y, strict=True))
        return [[reduce(add, map(mul, row, c)) for c in columns] for row in x]
    if isinstance(x, list):
        x, y = y, x
    return [[x * z for z in row] for row in y] if isinstance(y, list) else x * y
