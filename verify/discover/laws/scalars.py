"""A graph written out entry by entry: each entry is a fraction times a variable, each variable a
coordinate of a tensor or an input, a sum of products of earlier variables, or a function of one.

Equal definitions are one variable, so that equal numbers are seen to be equal.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import isqrt
from typing import Any

from verify.exact.errors import NoValue

#: variables with multiplicity, in order; () is the constant 1
Product = tuple[int, ...]
#: exact; whole numbers are int, which is faster
Number = int | Fraction
Poly = dict[Product, Number]
ONE = -1  # the variable that is 1
#: products of all sums together; beyond it nothing is proved entry by entry
PRODUCTS = 3_000_000


def whole(x: Number) -> Number:
    """An int where it is one."""
    return x.numerator if x.denominator == 1 else x


def ratio(x: Number, y: Number) -> Number:
    """x / y, exact."""
    return whole(Fraction(x) / y)


@dataclass(frozen=True)
class Definition:
    """``kind``: leaf, sum (``terms``), exp, log, inv, sqrt, erf (of c times the variable ``of``;
    ``density`` is the derivative of erf, an entry), still (a pattern, a constant).
    """

    kind: str
    terms: tuple[tuple[Product, Number], ...] = ()
    c: Number = 1
    of: int = ONE
    density: tuple[Number, int] | None = None


@dataclass
class Scalars:
    """The variables of a graph. The first are the tensors' coordinates, in their flat order."""

    definitions: list[Definition] = field(default_factory=list)
    known: dict[Any, int] = field(default_factory=dict)
    inverse: dict[int, int] = field(default_factory=dict)  # both ways
    roots: dict[int, tuple[Number, int]] = field(default_factory=dict)  # what its square is
    idempotent: set[int] = field(default_factory=set)
    special: set[int] = field(default_factory=lambda: {ONE})  # all of these, and 1
    outputs: list[tuple[Number, int]] = field(default_factory=list)
    #: motions of all outputs along which every loss that is meant stands still
    unseen: list[list[Poly]] = field(default_factory=list)
    #: by output, every gradient that such a loss can have; and the variables of the model alone
    slopes: list[tuple[Number, int]] = field(default_factory=list)
    model: int | None = None
    #: whether these are all at every output; else some are missing where a pattern makes it special
    everywhere: bool = False
    #: of radicands and the like, what is 1 over them, where a proof may divide by them
    under: dict[int, int] = field(default_factory=dict)
    size: int = 0

    @property
    def annihilated(self) -> bool:
        """Whether what all of ``slopes`` annihilate is seen by no loss."""
        return bool(self.slopes) and (self.everywhere or not self.idempotent)

    def new(self, key: Any, definition: Definition) -> int:
        """The variable of a definition."""
        if key not in self.known:
            self.known[key] = len(self.definitions)
            self.definitions.append(definition)
        return self.known[key]

    def total(self, terms: Poly) -> tuple[Number, int]:
        """The entry that is a sum of products."""
        terms = {m: c for m, c in terms.items() if c}
        if not terms:
            return 0, ONE
        if len(terms) == 1:
            ((product, c),) = terms.items()
            if len(product) < 2:
                return c, product[0] if product else ONE
        ordered = sorted(terms.items())
        scale = ordered[0][1]
        key = tuple((m, ratio(c, scale)) for m, c in ordered)
        self.size += len(key)
        if self.size > PRODUCTS:
            raise NoValue(f"more than {PRODUCTS} products: too large to be proved entry by entry")
        return scale, self.new(("sum", key), Definition("sum", key))

    def product(self, factors: Product) -> tuple[Number, Product]:
        """A product in order, with v/v = 1, the square of a root and of a pattern rewritten."""
        if self.special.isdisjoint(factors):
            return 1, tuple(sorted(factors))
        c: Number = 1
        kept: list[int] = []
        for v in factors:
            if v == ONE:
                continue
            other = self.inverse.get(v)
            if other is not None and other in kept:
                kept.remove(other)
            elif v in self.roots and v in kept:
                kept.remove(v)
                more, of = self.roots[v]
                again, rest = self.product((*kept, of))
                c, kept = c * more * again, list(rest)
            elif v not in self.idempotent or v not in kept:
                kept.append(v)
        return c, tuple(sorted(kept))

    def times(self, a: tuple[Number, int], b: tuple[Number, int]) -> tuple[Number, int]:
        """A product of two entries."""
        c, product = self.product((a[1], b[1]))
        scale, v = self.total({product: c * a[0] * b[0]})
        return scale, v

    def inv_of(self, x: tuple[Number, int]) -> tuple[Number, int]:
        c, v = x
        if not c:
            raise NoValue("a division by a number that is 0 wherever the model is evaluated")
        if v == ONE:
            return ratio(1, c), ONE
        if v not in self.inverse:
            w = self.new(("inv", v), Definition("inv", of=v))
            self.inverse[v], self.inverse[w] = w, v
            self.special |= {v, w}
        return ratio(1, c), self.inverse[v]

    def exp_of(self, x: tuple[Number, int]) -> tuple[Number, int]:
        c, v = x
        if not c:
            return 1, ONE
        if ("exp", -c, v) in self.known:
            return self.inv_of((1, self.known["exp", -c, v]))
        return 1, self.new(("exp", c, v), Definition("exp", c=c, of=v))

    def sqrt_of(self, x: tuple[Number, int]) -> tuple[Number, int]:
        c, v = x
        if v == ONE and c >= 0:
            top, bottom = isqrt(c.numerator), isqrt(c.denominator)
            if top**2 == c.numerator and bottom**2 == c.denominator:
                return ratio(top, bottom), ONE
        r = self.new(("sqrt", c, v), Definition("sqrt", c=c, of=v))
        self.roots[r] = x
        self.special.add(r)
        return 1, r

    def pattern_of(self, key: Any) -> tuple[Number, int]:
        v = self.new(key, Definition("still"))
        self.idempotent.add(v)
        self.special.add(v)
        return 1, v
