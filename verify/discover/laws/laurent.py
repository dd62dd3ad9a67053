"""Numbers that a written law is made of: sums of products of powers of coordinates, with
logarithms of polynomials; and quotients, which are conserved where the sum of c log |factor| is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from verify.discover.laws.forms import Form, Monomial, Terms, monomial, summed

MOST_TERMS = 20_000
ONE = Fraction(1)


class NotRead(Exception):
    """What no form of a law is: the message says why."""


@dataclass(frozen=True)
class Laurent:
    """``terms``, plus ``logs``; times the product of ``powers``, (exponent, polynomial), none of
    which is a monomial.
    """

    terms: Mapping[Monomial, int | Fraction]
    logs: tuple[tuple[Fraction, Mapping[Monomial, int | Fraction]], ...] = ()
    powers: tuple[tuple[Fraction, Mapping[Monomial, int | Fraction]], ...] = ()

    def __add__(self, other: Laurent) -> Laurent:
        return self._sum(other, ONE)

    def __radd__(self, other: int) -> Laurent:
        return self._sum(constant(Fraction(other)), ONE)  # sums begin with 0

    def __sub__(self, other: Laurent) -> Laurent:
        return self._sum(other, -ONE)

    def __neg__(self) -> Laurent:
        return ZERO - self

    def _sum(self, other: Laurent, c: Fraction) -> Laurent:
        if self.powers or other.powers:
            raise NotRead("a quotient by a sum, or a root, is read as a law by itself alone")
        return Laurent(summed([(ONE, self.terms), (c, other.terms)]),
                       self.logs + tuple((c * x, p) for x, p in other.logs))  # fmt: skip

    def __mul__(self, other: Laurent) -> Laurent:
        if self.logs or other.logs:
            plain, logged = (other, self) if self.logs else (self, other)
            if plain.logs or plain.powers or set(plain.terms) - {()}:
                raise NotRead("a logarithm is read with a number as its factor")
            c = Fraction(plain.terms.get((), 0))
            return Laurent(summed([(c, logged.terms)]), tuple((c * x, p) for x, p in logged.logs))
        found: Terms = {}
        for m, x in self.terms.items():
            for n, y in other.terms.items():
                key = monomial((*m, *n))
                found[key] = found.get(key, 0) + x * y
            if len(found) > MOST_TERMS:
                raise NotRead(f"more than {MOST_TERMS} terms")
        return Laurent({m: x for m, x in found.items() if x}, (), self.powers + other.powers)

    def __pow__(self, exponent: Fraction) -> Laurent:
        whole = exponent.denominator == 1
        if whole and exponent >= 0:
            made = constant(ONE)
            for _ in range(int(exponent)):
                made = made * self
            return made
        if self.logs or not self.terms:
            raise NotRead("a power of a logarithm, or of 0, is no form of a law")
        powers = tuple((exponent * e, p) for e, p in self.powers)
        if len(self.terms) == 1 and whole:
            ((m, c),) = self.terms.items()
            turned = monomial((i, e * int(exponent)) for i, e in m)
            return Laurent({turned: Fraction(c) ** int(exponent)}, (), powers)
        return Laurent({(): 1}, (), ((exponent, self.terms), *powers))

    def logarithm(self) -> Laurent:
        """log |self|."""
        return Laurent({}, self._factors())

    def _factors(self) -> tuple[tuple[Fraction, Mapping[Monomial, int | Fraction]], ...]:
        found = list(self.powers)
        if not self.terms or self.logs:
            raise NotRead("a logarithm of 0, or of a logarithm, is no form of a law")
        if len(self.terms) > 1:
            found.insert(0, (ONE, self.terms))
        else:
            ((m, _),) = self.terms.items()
            found[:0] = [(Fraction(e), {((i, 1),): 1}) for i, e in m]
        if any(e < 0 for _, p in found for m in p for _, e in m):
            raise NotRead("a logarithm of a sum with negative powers: write it over one divisor")
        return tuple((e, p) for e, p in found if set(p) - {()})

    def form(self) -> Form:
        """What is conserved with it, and only with it."""
        logs = self.logs if not self.powers else self._factors() if self.terms else ()
        total: dict[frozenset[tuple[Monomial, int | Fraction]], Fraction] = {}
        for c, p in logs:
            key = frozenset(p.items())
            total[key] = total.get(key, Fraction(0)) + c
        kept = tuple((c, dict(sorted(p))) for p, c in total.items() if c)
        return Form({} if self.powers else self.terms, kept)


def constant(c: Fraction) -> Laurent:
    """A number."""
    return Laurent({(): c} if c else {})


def coordinate(i: int) -> Laurent:
    """One entry of a tensor."""
    return Laurent({((i, 1),): 1})


ZERO = constant(Fraction(0))
