"""Numbers of a traced model: an entry of an array is a fraction times a variable; a variable is a
coordinate, a sum of products of variables before it, or a function of one. Equal definitions are
one variable. Products know v/v = 1, r^2 = z for a root r of z, s^2 = s for a gate s.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from math import isqrt, prod

from verify.kernel.limits import LIMITS, need
from verify.kernel.traced.effort import TRACED, Effort, known

Number = int | Fraction
Product = tuple[int, ...]  # variables, in order, each as often as it stands there
Poly = dict[Product, Number]
ONE = -1  # the variable that is 1
Entry = tuple[Number, int]
Rates = list[tuple[Number, int, Product]]
GATES = ("step", "top")


def plain(x: Number) -> Number:
    """A whole number as int; one that is too long is refused."""
    n, d = x.numerator, x.denominator
    long = max(n.bit_length(), d.bit_length()) > LIMITS["bits"]
    need(not long, "a number of more bits than is read")
    return n if d == 1 else x


@dataclass(frozen=True)
class Variable:
    """``kind``: leaf or free (a constant) with a ``name``, sum (``terms``), or a function of ``c``
    times the variable ``of``. ``entries``: of log and sqrt 1 / of, of erf its density; of a gate
    those that compete, the argument of a step with 0, with k (it is 1 among the k largest) and its
    own ``place``.
    """

    kind: str
    c: Number = 1
    of: int = ONE
    terms: tuple[tuple[Product, Number], ...] = ()
    name: str = ""
    place: tuple[int, int] = (0, 0)
    entries: tuple[Entry, ...] = ()

    def arguments(self) -> set[int]:
        """The variables from which it is made."""
        found = {x for m, _ in self.terms for x in m} | {v for _, v in self.entries}
        return (found | {self.of}) - {ONE}

    def rates(self, w: int) -> Rates:
        """[(c, x, b), ..] where w' = sum of c x' b, if w is this variable; none of a gate, which
        stands still while no argument changes its side.
        """
        if self.kind == "sum":
            return [(c, x, m[:n] + m[n + 1 :]) for m, c in self.terms for n, x in enumerate(m)]
        c, u = (*self.entries, (0, ONE))[0]
        rates: dict[str, tuple[Number, Product]] = {
            "inv": (-1, (w, w)),
            "exp": (self.c, (w,)),
            "log": (1, (u,)),
            "sqrt": (Fraction(1, 2), (w, u)),
            "erf": (self.c * c, (u,)),
        }
        return [(n, self.of, by) for n, by in [rates.get(self.kind, (0, ()))] if n]


FREE = Variable("free", name="2/sqrt(pi)")


@dataclass
class Variables:
    """All variables of one model, the tensors' coordinates first."""

    all: list[Variable] = field(default_factory=list)
    known: dict[Variable, int] = field(default_factory=dict)
    pairs: dict[int, tuple[int, Entry]] = field(default_factory=dict)  # v to w, and what v w is

    def new(self, one: Variable) -> int:
        """Its number."""
        if one not in self.known:
            Effort.spend("products", len(one.terms) or 1)
            v = self.known[one] = len(self.all)
            self.all.append(one)
            if one.kind in ("inv", "sqrt", *GATES):
                pairs = {"inv": (one.of, (1, ONE)), "sqrt": (v, (one.c, one.of))}
                self.pairs[v] = pairs.get(one.kind, (v, (1, v)))
        return self.known[one]

    def product(self, factors: Iterable[int]) -> tuple[Number, Product]:
        """A number and the product in its normal form; 1/r is met before r, r before 1/r^2."""
        many = Counter(factors)
        c: Number = 1
        left = many.keys() & self.pairs.keys()
        while left:
            v = max(left)
            left.remove(v)
            w, (scale, of) = self.pairs[v]
            if n := many[v] // 2 if v == w else min(many[v], many[w]):
                many.subtract({v: n})
                many.subtract({w: n})
                many.update({of: n})
                c *= scale**n
                left |= {of} & self.pairs.keys()
        del many[ONE]
        return c, tuple(sorted(many.elements()))

    def total(self, products: Iterable[Iterable[Entry]]) -> Entry:
        """The entry that is a sum of products of entries."""
        poly: Poly = {}
        for entries in products:
            numbers, factors = zip(*entries, strict=True)
            if c := prod(numbers):
                scale, m = self.product(factors)
                poly[m] = poly.get(m, 0) + c * scale
        kept = sorted((m, c) for m, c in poly.items() if c)
        if not kept:
            return 0, ONE
        m, first = kept[0][0], plain(kept[0][1])
        if len(kept) == 1 and len(m) < 2:
            return first, (*m, ONE)[0]
        terms = tuple((m, plain(Fraction(c) / first)) for m, c in kept)
        return first, self.new(Variable("sum", terms=terms))

    def inverse(self, x: Entry) -> Entry:
        """1/x."""
        need(x[0], "a division by 0")
        c = plain(1 / Fraction(x[0]))
        if x[1] == ONE or self.all[x[1]].kind == "inv":
            return c, ONE if x[1] == ONE else self.all[x[1]].of
        return c, self.new(Variable("inv", of=x[1]))

    def exponential(self, x: Entry) -> Entry:
        """exp x; exp(-x) is 1/exp(x)."""
        if not x[0]:
            return 1, ONE
        opposite = self.known.get(Variable("exp", -x[0], x[1]))
        return self.function("exp", x) if opposite is None else self.inverse((1, opposite))

    def function(self, kind: str, x: Entry) -> Entry:
        """Of what is no constant."""
        need(kind != "log" or x[1] != ONE or x[0] > 0, "a logarithm of what is not above 0")
        known(x[1] != ONE, f"{kind} of a constant")
        over = () if kind == "exp" else (self.inverse((1, x[1])),)
        return 1, self.new(Variable(kind, *x, entries=over))

    def root(self, x: Entry) -> Entry:
        """sqrt x."""
        c = x[0]
        if x[1] == ONE:
            need(c >= 0, "a root of a negative number")
            found = Fraction(isqrt(c.numerator), isqrt(c.denominator))
            known(found**2 == c, "a root of a number that is no square")
            return plain(found), ONE
        return self.function("sqrt", x)

    def error(self, x: Entry, density: Entry) -> Entry:
        """erf x; the density is 2/sqrt(pi) exp(-x^2), formed here once more."""
        c, square = self.total([[x, x]])
        own = self.total([[(1, self.new(FREE)), self.exponential((-c, square))]])
        need(density == own, "erf: the density is another one")
        if not x[0]:
            return 0, ONE
        sign = 1 if x[0] > 0 else -1
        return sign, self.new(Variable("erf", sign * x[0], x[1], entries=(own,)))


def gather(into: Poly, c: Number, poly: Poly, more: Product, variables: Variables) -> None:
    """into += c * poly * more."""
    Effort.spend("rewritten", sum(len(m) + len(more) + 1 for m in poly))
    for m, x in poly.items():
        scale, n = variables.product((*m, *more))
        value = into.get(n, 0) + c * x * scale
        if value:
            into[n] = plain(value)
        else:
            into.pop(n, None)
    known(len(into) <= TRACED["expanded"], "a polynomial of too many products")
