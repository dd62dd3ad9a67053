"""Mirror maps as formulas in beta: where a power of a letter, or of what is inside a logarithm, has
degree 1 or 2 over Q(beta, laws).

A relation A P^2 + B P + C = 0 with A, B, C polynomials in beta and the laws is solved for modulo a
prime and verified as an identity; the sign of the root is that of 2 A P + B at the start, and lasts
while the discriminant is not 0.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import gcd, isqrt
from typing import Any

from flint import fmpq

from verify.mirror.atoms import Atom
from verify.mirror.field import Element, Field
from verify.mirror.formula import Formula, Surd, Term
from verify.mirror.geometry import Geometry
from verify.mirror.signs import sign
from verify.mirror.solve import Combination, kernel_modulo, modulus, rational, summed

MOST_OWN = 5  #: outputs and laws of a block with formulas
POWERS = (1, 2, 3, 4, 5, 6, -1, -2)


class Explicit:
    """Formulas of one block at a start."""

    def __init__(
        self, g: Geometry, laws: Sequence[Combination], names: Sequence[str], start: Sequence[Any]
    ) -> None:
        self.g, self.start, self.prime = g, start, modulus(g)
        rational_laws = [f for f in laws if all(a.kind == "power" for _, a in f.terms)]
        self.laws = [summed(f, g) for f in rational_laws]
        self.values = [f.at(start) for f in self.laws]
        self.field = Field(list(names))
        self._known: dict[tuple, Surd | None] = {}
        self._draw = random.Random(1)
        self.usable = all(isinstance(x, fmpq) for x in self.values)

    def formula(
        self, mirror: Sequence[Combination], dual: Combination | None, speed: Combination | None
    ) -> Formula | None:
        """None where one of the functions has no formula."""
        if not self.usable:
            return None
        carrier = None if speed is None else self._carrier(speed)
        rows = [self._terms(h, carrier) for h in mirror]
        if not rows or any(r is None for r in rows):
            return None
        last = None if dual is None else self._whole(dual) or self._terms(dual, carrier)
        kept = tuple(tuple(r) for r in rows if r is not None)
        return Formula(self.field, kept, None if last is None else tuple(last))

    def _carrier(self, speed: Combination) -> tuple[int, int, Fraction] | None:
        """c = number letter^m as (letter, m, number)."""
        if len(speed.terms) != 1 or len(speed.terms[0][1].letters) != 1:
            return None
        ((c, atom),) = speed.terms
        return atom.letters[0], atom.numbers[0], c

    def _whole(self, f: Combination) -> list[Term] | None:
        """Of a combination of powers as one element."""
        if any(a.kind != "power" for _, a in f.terms):
            return None
        surd = self._surd(("whole", f), summed(f, self.g))
        return None if surd is None else [Term(Fraction(1), surd, Fraction(1))]

    def _terms(self, f: Combination, carrier: Any) -> list[Term] | None:
        found = []
        for c, atom in f.terms:
            term = self._term(c, atom) or self._carried(c, atom, carrier)
            if term is None:
                return None
            found.append(term)
        return found

    def _term(self, c: Fraction, atom: Atom) -> Term | None:
        if atom.kind == "log":
            inside, exponent = atom.inside(self.g), Fraction(1)
        elif atom.kind == "power" and len(atom.letters) == 1 and atom.factor is None:
            inside, exponent = self.g.field.letter(atom.letters[0]), Fraction(atom.numbers[0])
        else:
            return None
        logarithm = self._as_logarithm(atom)
        if logarithm is not None:
            return replace(logarithm, coefficient=c * logarithm.coefficient)
        value = inside.at(self.start)
        if not isinstance(value, fmpq) or value == 0:
            return None
        key = (atom.kind, atom.letters, atom.numbers if atom.kind == "log" else ())
        for k in POWERS:
            surd = self._surd((*key, k), inside**k)
            if surd is not None and atom.kind == "log":
                return Term(c / k, surd, power=k)
            if surd is not None:
                sign = -1 if value < 0 and exponent % 2 and exponent != k else 1
                return Term(sign * c, surd, exponent / k, power=k)
        return None

    def _as_logarithm(self, atom: Atom) -> Term | None:
        """A parameter as the logarithm of its own exponential."""
        if atom.kind != "power" or atom.numbers != (1,):
            return None
        letter = self.g.field.letter(atom.letters[0])
        for i, (kind, inner) in self.g.field.made.items():
            if kind == "exp" and inner.same(letter):
                return self._term(Fraction(1), Atom("log", (i,), (1,)))
        return None

    def _carried(self, c: Fraction, atom: Atom, carrier: Any) -> Term | None:
        """w with w letter^m = beta_j, through the letter."""
        if carrier is None or atom.kind != "power" or atom.numbers != (1,):
            return None
        letter, m, _ = carrier
        product = self.g.field.letter(atom.letters[0]) * self.g.field.letter(letter) ** m
        for j, f in enumerate(self.g.outputs):
            if product.same(f):
                one = self._term(Fraction(1), Atom("power", (letter,), (-m,)))
                if one is None:
                    return None
                return replace(one, coefficient=c * one.coefficient, beta=j)
        return None

    def _surd(self, key: tuple, p: Element) -> Surd | None:
        if key not in self._known:
            self._known[key] = self._solved(p)
        return self._known[key]

    def _solved(self, p: Element) -> Surd | None:
        own = [*self.g.outputs, *self.laws]
        if len(own) > MOST_OWN:
            return None
        first, second, third = _monomials(self.g.field.number(1), own)
        factors = _factors(len(own))
        columns = [*third, *(p * x for x in second), *(p * p * x for x in first)]
        places = len(third), len(third) + len(second)
        for x in kernel_modulo(self._sampled(columns), len(columns), self.prime, places[0]):
            numbers = {i: rational(v, self.prime) for i, v in x.items()}
            if any(c is None for c in numbers.values()):
                continue
            relation = {i: c for i, c in numbers.items() if c is not None}
            total = self.g.field.number(0)
            for i, c in relation.items():
                total = total + self.g.field.number(c) * columns[i]
            if total.nothing:
                found = self._root(relation, places, p)
                if found is None:
                    return None
                starts = (0, *places)
                said = [(n, max(s for s in starts if s <= n)) for n in relation]
                stated = ((relation[n], factors[n - s], starts.index(s)) for n, s in said)
                return replace(found, relation=tuple(stated))
        return None

    def _sampled(self, columns: Sequence[Element]) -> list[list[int]]:
        rows: list[list[int]] = []
        while len(rows) < len(columns) + 6:
            at = [self._draw.randrange(1, self.prime) for _ in self.g.field.names]
            try:
                rows.append([f.modulo(at, self.prime) for f in columns])
            except ZeroDivisionError:
                continue
        return rows

    def _root(self, relation: dict, places: tuple[int, int], p: Element) -> Surd | None:
        """Of A P^2 + B P + C, the laws at their values."""
        own = [self.field.letter(i) for i in range(self.g.count)]
        own += [self.field.number(Fraction(int(x.p), int(x.q))) for x in self.values]
        third = _monomials(self.field.number(1), own)[2]
        zero = self.field.number(0)
        c, b, a = zero, zero, zero
        for i, x in relation.items():
            if i < places[0]:
                c = c + self.field.number(x) * third[i]
            elif i < places[1]:
                b = b + self.field.number(x) * third[i - places[0]]
            else:
                a = a + self.field.number(x) * third[i - places[1]]
        betas = [f.at(self.start) for f in self.g.outputs]
        if not all(isinstance(x, fmpq) for x in betas):
            return None
        if a.nothing:
            return Surd(-c / b, zero, None) if sign(b.at(betas)) else None
        two = self.field.number(2) * a
        if not sign(two.at(betas)):
            return None
        inside = b * b - self.field.number(4) * a * c
        steep = two.at(betas) * p.at(self.start) + b.at(betas)
        if inside.nothing:
            return Surd(-b / two, zero, None)
        side = sign(steep)
        if not side:
            return None
        square, inside = _outside(inside)
        factor = self.field.number(side * square) / two
        if inside.same(self.field.number(1)):
            return Surd(factor - b / two, zero, None)
        return Surd(-b / two, factor, inside)


def _monomials(one: Element, own: Sequence[Element]) -> tuple[list[Element], ...]:
    """Those of degree up to 1, 2 and 3: each list begins with the one before it."""
    lists, last = [[one]], [(0, one)]
    for _ in range(3):
        last = [(i, a * own[i]) for n, a in last for i in range(n, len(own))]
        lists.append([*lists[-1], *(a for _, a in last)])
    return tuple(lists[1:])


def _factors(count: int) -> list[tuple[int, ...]]:
    """The factors of each monomial of degree up to 3, in the order of ``_monomials``."""
    last: list[tuple[int, ...]] = [()]
    found = list(last)
    for _ in range(3):
        last = [(*x, i) for x in last for i in range(x[-1] if x else 0, count)]
        found += last
    return found


def _outside(f: Element) -> tuple[Fraction, Element]:
    """The largest rational square of the coefficients, its root in front."""
    numbers = [Fraction(int(c.p), int(c.q)) for _, c in f.top.terms()]
    top, bottom = 0, 1
    for x in numbers:
        top = gcd(top, x.numerator)
        bottom = bottom * x.denominator // gcd(bottom, x.denominator)
    root = Fraction(_square(top), _square(bottom))
    return root, f / f.field.number(root * root)


def _square(n: int) -> int:
    """The largest known d with d^2 dividing n."""
    found, d = 1, 2
    while d * d <= n and d < 1000:
        while n % (d * d) == 0:
            n //= d * d
            found *= d
        d += 1
    root = isqrt(n)
    return found * root if root * root == n else found
