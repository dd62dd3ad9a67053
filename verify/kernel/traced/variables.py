"""Numbers of a traced model: an entry of an array is a fraction times a variable; a variable is a
coordinate, a sum of products of variables before it, or a function of one. Equal definitions are
one variable. Products know v/v = 1, r^2 = z for a root r of z, s^2 = s for a gate s.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from math import isqrt

from verify.kernel.limits import need
from verify.kernel.traced.effort import TRACED, Beyond, Effort

Number = int | Fraction
Product = tuple[int, ...]  # variables, in order, each as often as it stands there
Poly = dict[Product, Number]
ONE = -1  # the variable that is 1
Entry = tuple[Number, int]


def plain(x: Number) -> Number:
    """A whole number as int."""
    return x.numerator if x.denominator == 1 else x


@dataclass(frozen=True)
class Variable:
    """``kind``: leaf, sum (``terms``), or a function of ``c`` times the variable ``of``; a gate
    stands still. ``data``: the name of a leaf; of top its k, its place and the entries that
    compete; of erf its density, an entry.
    """

    kind: str
    c: Number = 1
    of: int = ONE
    terms: tuple[tuple[Product, Number], ...] = ()
    data: tuple[object, ...] = ()


FREE = Variable("free", data=("2/sqrt(pi)",))


@dataclass
class Variables:
    """All variables of one model, the tensors' coordinates first."""

    all: list[Variable] = field(default_factory=list)
    known: dict[Variable, int] = field(default_factory=dict)
    partner: dict[int, int] = field(default_factory=dict)  # v to 1/v, both ways
    square: dict[int, Entry] = field(default_factory=dict)  # of a root
    gates: set[int] = field(default_factory=set)

    def new(self, one: Variable) -> int:
        """Its number."""
        if one not in self.known:
            Effort.spend("products", len(one.terms) or 1)
            self.known[one] = len(self.all)
            self.all.append(one)
        return self.known[one]

    def product(self, factors: Iterable[int]) -> tuple[Number, Product]:
        """A number and the product in its normal form."""
        many: dict[int, int] = {}
        for v in factors:
            if v != ONE:
                many[v] = many.get(v, 0) + 1
        c: Number = 1
        again = not (self.partner.keys().isdisjoint(many) and self.square.keys().isdisjoint(many)
                     and self.gates.isdisjoint(many))  # fmt: skip
        while again:
            again = False
            for v in list(many):
                other = self.partner.get(v, ONE)
                if v in self.gates:
                    many[v] = min(many[v], 1)
                elif other != ONE and many.get(other) and many[v]:
                    less = min(many[v], many[other])
                    many[v] -= less
                    many[other] -= less
                elif v in self.square and many[v] > 1:
                    scale, of = self.square[v]
                    c *= scale ** (many[v] // 2)
                    if of != ONE:
                        many[of] = many.get(of, 0) + many[v] // 2
                        again = True
                    many[v] %= 2
        return c, tuple(v for v in sorted(many) for _ in range(many[v]))

    def total(self, poly: Poly) -> Entry:
        """The entry that is a sum of products in normal form."""
        kept = sorted((m, c) for m, c in poly.items() if c)
        if not kept:
            return 0, ONE
        if len(kept) == 1 and len(kept[0][0]) < 2:
            return kept[0][1], kept[0][0][0] if kept[0][0] else ONE
        first = kept[0][1]
        terms = tuple((m, plain(Fraction(c) / first)) for m, c in kept)
        return first, self.new(Variable("sum", terms=terms))

    def times(self, factors: Iterable[Entry]) -> Entry:
        """A product of entries."""
        poly: Poly = {}
        self.put(poly, factors)
        return self.total(poly)

    def put(self, poly: Poly, factors: Iterable[Entry]) -> None:
        """poly += the product of the entries."""
        c: Number = 1
        found = []
        for x, v in factors:
            c *= x
            found.append(v)
        if c:
            scale, m = self.product(found)
            poly[m] = poly.get(m, 0) + c * scale

    def inverse(self, x: Entry) -> Entry:
        """1/x."""
        need(x[0], "a division by 0")
        c = plain(1 / Fraction(x[0]))
        if x[1] == ONE:
            return c, ONE
        if x[1] not in self.partner:
            w = self.new(Variable("inv", of=x[1]))
            self.partner[x[1]], self.partner[w] = w, x[1]
        return c, self.partner[x[1]]

    def exponential(self, x: Entry) -> Entry:
        """exp x; exp(-x) is 1/exp(x)."""
        if not x[0]:
            return 1, ONE
        if x[1] == ONE:
            raise Beyond("exp of a constant")
        opposite = self.known.get(Variable("exp", -x[0], x[1]))
        if opposite is not None:
            return self.inverse((1, opposite))
        return 1, self.new(Variable("exp", x[0], x[1]))

    def logarithm(self, x: Entry) -> Entry:
        """log x."""
        if x[1] == ONE:
            need(x[0] > 0, "a logarithm of what is not above 0")
            raise Beyond("log of a constant")
        return 1, self.new(Variable("log", x[0], x[1]))

    def root(self, x: Entry) -> Entry:
        """sqrt x."""
        c, v = x
        if v == ONE:
            need(c >= 0, "a root of a negative number")
            top, bottom = isqrt(c.numerator), isqrt(c.denominator)
            if top * top != c.numerator or bottom * bottom != c.denominator:
                raise Beyond("a root of a number that is no square")
            return plain(Fraction(top, bottom)), ONE
        r = self.new(Variable("sqrt", c, v))
        self.square[r] = x
        return 1, r

    def error(self, x: Entry, density: Entry) -> Entry:
        """erf x; the density is 2/sqrt(pi) exp(-x^2), formed here once more."""
        square = self.times([x, x])
        rate = self.exponential((-square[0], square[1]))
        own = self.times([(1, self.new(FREE)), rate])
        need(density == own, "erf: the density is another one")
        if not x[0]:
            return 0, ONE
        sign = 1 if x[0] > 0 else -1
        return sign, self.new(Variable("erf", sign * x[0], x[1], data=(own,)))

    def gate(self, one: Variable) -> Entry:
        """1 or 0, and still."""
        v = self.new(one)
        self.gates.add(v)
        return 1, v


def density(one: Variable) -> Entry:
    """Of erf: 2/sqrt(pi) exp(-x^2)."""
    (found,) = one.data
    assert isinstance(found, tuple)
    return found


def gather(into: Poly, c: Number, poly: Poly, more: Product, variables: Variables) -> None:
    """into += c * poly * more."""
    Effort.spend("rewritten", len(poly))
    for m, x in poly.items():
        scale, n = variables.product((*m, *more))
        value = into.get(n, 0) + c * x * scale
        if value:
            into[n] = value
        else:
            into.pop(n, None)
    if len(into) > TRACED["expanded"]:
        raise Beyond("a polynomial of too many products")
