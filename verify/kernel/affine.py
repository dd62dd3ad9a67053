"""Objects that names are resolved to, affine expressions in them, what is sure of these for all
values, and ranges.

After loading, objects are compared by identity, never by name. Every object has a key, which orders
monomials and says nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cached_property

from verify.kernel.limits import Any, Self, limited, need


class Symbol:
    """What a name stands for; whether it `counts`: all that it may be are whole numbers."""

    made, counts, role = 0, False, ""

    def __init__(self, name: str) -> None:
        Symbol.made += 1
        self.name, self.key = name, f"{name}~{Symbol.made}"


class Integer(Symbol):
    """An integer that may be anything from its least value (>= 1) on."""

    counts = True

    def __init__(self, name: str, least: int) -> None:
        super().__init__(name)
        self.least = least


class Set(Symbol):
    """A finite set that is not empty."""


class Family(Symbol):
    """d_k, a finite set that is not empty for every integer k."""


class Same:
    """What equals whatever is of its class and made of the same parts: symbols, numbers, others."""

    def __init__(self, *parts: object) -> None:
        self.parts, self.hashed = parts, hash(parts)

    def __hash__(self) -> int:
        return self.hashed

    def __eq__(self, other: object) -> bool:
        return isinstance(other, type(self)) and self.parts == other.parts

    def symbols(self) -> list[Symbol]:
        return symbols(self.parts)


class Affine(Same):
    """A rational number and rational multiples of integers, indices and constants.

    As the index of an interval its coefficients are whole; as the index of a set it is one index.
    """

    def __init__(self, terms: Iterable[tuple[Symbol, Fraction]], const: Fraction) -> None:
        self.terms = tuple(sorted((x for x in terms if x[1]), key=lambda x: x[0].key))
        self.const = const
        super().__init__(self.terms, const)
        for c in (const, *(c for _, c in self.terms)):
            limited(max(abs(c.numerator), c.denominator), "exponent")

    def __add__(self, other: Affine) -> Affine:
        if not other.terms:
            return self.plus(other.const)
        if not self.terms and not self.const:
            return other
        found = dict(self.terms)
        for x, c in other.terms:
            found[x] = found.get(x, Fraction(0)) + c
        return Affine(found.items(), self.const + other.const)

    def __sub__(self, other: Affine) -> Affine:
        return self + other.times(Fraction(-1))

    def plus(self, number: Fraction | int) -> Affine:
        return Affine(self.terms, self.const + number) if number else self

    def times(self, number: Fraction) -> Affine:
        if number == 1:
            return self
        return Affine([(x, c * number) for x, c in self.terms], self.const * number)

    def at(self, values: Mapping[Symbol, Affine]) -> Affine:
        """With these indices replaced, all at once."""
        if not any(x in values for x, _ in self.terms):
            return self
        parts = ((values[x] if x in values else single(x)).times(c) for x, c in self.terms)
        return sum(parts, number(self.const))

    def number(self) -> Fraction | None:
        """Its value, if it is a number."""
        return None if self.terms else self.const

    def value(self, values: Mapping[Symbol, Fraction]) -> Fraction:
        """Its value where all that occurs in it has one."""
        total = self.const
        for x, c in self.terms:
            need(x in values, f"{x.name} has no value at the point")
            total += c * values[x]
        return total

    def sure(self) -> bool:
        """>= 0 for all values of its integers and indices; False also means: not seen."""
        a = self
        while inner := [x for x in a.symbols() if isinstance(x, Index)]:
            last = max(inner, key=lambda x: x.rank)
            if not isinstance(last.kind, Interval):
                return False
            a = a.at({last: last.kind.low if dict(a.terms)[last] > 0 else last.kind.high})
        value = a.const
        for x, c in a.terms:
            if not isinstance(x, Integer) or c < 0:
                return False
            value += c * x.least
        return value >= 0

    def whole(self) -> bool:
        """Whole for all values of its integers and indices."""
        return self.const.denominator == 1 and all(
            c.denominator == 1 and x.counts for x, c in self.terms
        )

    def natural(self) -> bool:
        """One of 0, 1, 2, ... for all values of its integers and indices."""
        return self.whole() and self.sure()

    def symbols(self) -> list[Symbol]:
        return [x for x, _ in self.terms]

    def index(self) -> Index | None:
        """The index that it is, if it is one."""
        x = self.terms[0][0] if self.terms else None
        return x if isinstance(x, Index) and self == single(x) else None

    @cached_property
    def key(self) -> str:
        return "+".join(f"{c}*{x.key}" for x, c in self.terms) + f"+{self.const}"


def number(x: int | Fraction) -> Affine:
    """A number as an affine expression."""
    return Affine((), Fraction(x))


def single(x: Symbol) -> Affine:
    """An object as an affine expression."""
    return Affine([(x, Fraction(1))], Fraction(0))


ZERO, ONE = number(0), number(1)


class Ranged(Same):
    """What depends on integers and indices."""

    def at(self, values: Mapping[Symbol, Affine]) -> Self:
        """With these indices replaced."""
        return type(self)(*replaced(self.parts, values))


class Size(Ranged):
    """A set, or a member d_k of a family: of rows, of columns, of what an index runs through."""

    def __init__(self, of: Set | Family, member: Affine = ZERO) -> None:
        super().__init__(of, member)
        self.of, self.member = of, member

    def has(self, a: Affine) -> bool:
        """An index of this set."""
        x = a.index()
        return x is not None and x.kind == self

    @cached_property
    def key(self) -> str:
        return f"{self.of.key}[{self.member.key}]"


class Interval(Ranged):
    """The integers from low to high, both included; none if high = low - 1."""

    def __init__(self, low: Affine, high: Affine) -> None:
        super().__init__(low, high)
        self.low, self.high = low, high

    def has(self, a: Affine) -> bool:
        """Surely between the ends."""
        return a.whole() and (a - self.low).sure() and (self.high - a).sure()

    @cached_property
    def key(self) -> str:
        return f"{self.low.key}..{self.high.key}"


Kind = Size | Interval


class Index(Symbol):
    """A variable of a statement, a fact or a sum, with the range that it has there.

    Its range speaks of integers and of indices made before it only.
    """

    def __init__(self, name: str, kind: Kind) -> None:
        super().__init__(name)
        self.kind, self.rank = kind, Symbol.made
        self.counts = isinstance(kind, Interval)


def replaced(x: Any, values: Mapping[Symbol, Any]) -> Any:
    """What is made of symbols, with indices and letters replaced, all at once."""
    if isinstance(x, Affine):
        return x.at(values)
    if isinstance(x, tuple):
        return tuple([replaced(y, values) for y in x]) if x else x
    if isinstance(x, Same):
        return type(x)(*replaced(x.parts, values))
    new = values.get(x, x)
    return new.index() if isinstance(new, Affine) else new  # a number that stays one


def symbols(x: Any) -> list[Symbol]:
    """Every symbol that occurs in what is made of them."""
    if isinstance(x, Same):
        return x.symbols()
    if isinstance(x, tuple):
        return [z for y in x for z in symbols(y)]
    return [x] if isinstance(x, Symbol) else []
