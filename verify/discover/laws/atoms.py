"""What laws are sums of: inner products and sums of parts of tensors, powers, logarithms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import permutations
from math import gcd, lcm

from verify.discover.laws.forms import Form, Terms, monomial, summed
from verify.discover.laws.layout import Layout, Part, single
from verify.discover.laws.quadratic import LEAST, MOST, Quadratic


@dataclass(frozen=True, order=True)
class Inner:
    """The inner product of two parts of equal shape; of a part with itself, its squared norm."""

    left: Part
    right: Part

    def terms(self, layout: Layout) -> Terms:
        left, right = (x.flat(layout).tolist() for x in (self.left, self.right))
        found: Terms = {}
        for i, j in zip(left, right, strict=True):
            key = ((i, 2),) if i == j else ((i, 1), (j, 1)) if i < j else ((j, 1), (i, 1))
            found[key] = found.get(key, 0) + 1
        return found


@dataclass(frozen=True, order=True)
class Total:
    """The sum of the entries of a part."""

    part: Part

    def terms(self, layout: Layout) -> Terms:
        return {((int(i), 1),): 1 for i in self.part.flat(layout)}


@dataclass(frozen=True, order=True)
class Power:
    """A product of powers of coordinates (exponents may be negative)."""

    factors: tuple[tuple[int, int], ...]

    def terms(self, layout: Layout) -> Terms:
        return {self.factors: 1}


@dataclass(frozen=True, order=True)
class Minor:
    """The determinant of the rows and columns of a matrix."""

    tensor: str
    rows: tuple[int, ...]
    columns: tuple[int, ...]

    def terms(self, layout: Layout) -> Terms:
        width, start = layout.shapes[self.tensor][1], layout.starts[self.tensor]
        found: Terms = {}
        for order in permutations(range(len(self.rows))):
            sign = (-1) ** sum(a > b for k, a in enumerate(order) for b in order[k + 1 :])
            cells = ((start + r * width + self.columns[k], 1)
                     for r, k in zip(self.rows, order, strict=True))  # fmt: skip
            found[monomial(cells)] = sign
        return found


@dataclass(frozen=True, order=True)
class Log:
    """log |x| of a minor (of size 1: of an entry)."""

    of: Minor | Power


Atom = Inner | Total | Power | Log


@dataclass(frozen=True)
class Law:
    """A linear combination of atoms that is conserved, or proposed to be."""

    sum: tuple[tuple[Fraction, Atom], ...]

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash(self.sum)  # asked again and again, and deep

    def form(self, layout: Layout) -> Form:
        return _form(self, layout)


@lru_cache(maxsize=2048)
def _form(found: Law, layout: Layout) -> Form:
    inner = [(c.numerator, a) for c, a in found.sum if isinstance(a, Inner)]
    if len(inner) == len(found.sum) and all(c.denominator == 1 for c, _ in found.sum):
        flat = [(c, a.left.flat(layout), a.right.flat(layout)) for c, a in inner]
        count, most = sum(len(x) for _, x, _ in flat), max((abs(c) for c, _ in inner), default=0)
        if count >= LEAST and count * most < MOST:
            return Form(Quadratic.of(flat))
    plain = [(c, a.terms(layout)) for c, a in found.sum if not isinstance(a, Log)]
    logs = [(c, a.of.terms(layout)) for c, a in found.sum if isinstance(a, Log)]
    return Form(summed(plain), tuple(logs))


def law(atoms: Sequence[Atom], coefficients: Sequence[Fraction]) -> Law:
    """The combination with whole coefficients without common factor, the first one positive."""
    kept = [(c, a) for c, a in zip(coefficients, atoms, strict=True) if c]
    scale = Fraction(lcm(*(c.denominator for c, _ in kept)))
    divisor = gcd(*(int(c * scale) for c, _ in kept))
    sign = 1 if not kept or kept[0][0] > 0 else -1
    return Law(tuple((c * scale / divisor * sign, a) for c, a in kept))


def square(part: Part) -> Inner:
    """A squared norm."""
    return Inner(part, part)


def entry(layout: Layout, index: int) -> Total:
    """One coordinate."""
    return Total(single(layout, index))
