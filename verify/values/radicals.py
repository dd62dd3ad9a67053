"""Sums of rational multiples of roots of rational numbers, exactly: sqrt(2), 3/4 - 2 12^(1/3), and
what + - * / make of them.

A monomial is a product of p^e over different primes p, with 0 < e < 1. Different monomials are
linearly independent over Q (Besicovitch 1940), so that a sum is zero only where it has no term:
zero is decided, never guessed. What is no such number (a root of a sum, exp, log) is ``Inexact``,
and gets an enclosure instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm, prod
from typing import Any

from flint import arb, ctx, fmpq, fmpq_mat, fmpz

from verify.exact.limits import is_short
from verify.exact.rings import Inexact, ball, perfect_root

Monomial = tuple[tuple[int, Fraction], ...]  # (prime, exponent), primes ascending
_MOST_TERMS, _MOST_DEGREE, _MOST_FACTORED = 64, 72, 160


def _made(terms: Mapping[Monomial, Fraction]) -> Radical:
    kept = tuple(sorted((m, c) for m, c in terms.items() if c))
    if len(kept) > _MOST_TERMS or any(not is_short(c) for _, c in kept):
        raise Inexact("a number with too many roots or digits")
    return Radical(kept)


@dataclass(frozen=True, slots=True)
class Radical:
    """``terms``: pairs (monomial, coefficient other than 0), sorted; none for zero."""

    terms: tuple[tuple[Monomial, Fraction], ...]

    @property
    def rational(self) -> Fraction | None:
        """The number itself where it has no root."""
        if not self.terms:
            return Fraction(0)
        return self.terms[0][1] if len(self.terms) == 1 and not self.terms[0][0] else None

    def __add__(self, other: Radical) -> Radical:
        found = dict(self.terms)
        for m, c in other.terms:
            found[m] = found.get(m, Fraction(0)) + c
        return _made(found)

    def __neg__(self) -> Radical:
        return Radical(tuple((m, -c) for m, c in self.terms))

    def __sub__(self, other: Radical) -> Radical:
        return self + (-other)

    def __mul__(self, other: Radical) -> Radical:
        found: dict[Monomial, Fraction] = {}
        for m, c in self.terms:
            for n, d in other.terms:
                key, factor = _times(m, n)
                found[key] = found.get(key, Fraction(0)) + c * d * factor
        return _made(found)

    def __truediv__(self, other: Radical) -> Radical:
        return self * other.inverse()

    def inverse(self) -> Radical:
        """Raises ZeroDivisionError for zero, Inexact where the field is too large."""
        if not self.terms:
            raise ZeroDivisionError("division by zero")
        if len(self.terms) == 1:
            ((m, c),) = self.terms
            key, factor = _times((), tuple((p, -e) for p, e in m))
            return Radical(((key, factor / c),))
        return _solved(self)

    def power(self, e: int) -> Radical:
        base, found, e = (self.inverse() if e < 0 else self), ONE, abs(e)
        while e:
            found = found * base if e & 1 else found
            e >>= 1
            base = base * base if e else base
        return found

    def ball(self, bits: int) -> Any:
        """A python-flint ball that contains it."""
        with ctx.workprec(bits):
            found = arb(0)
            for m, c in self.terms:
                term = ball(c)
                for p, e in m:
                    term *= arb(p) ** ball(e)
                found += term
            return found

    def sign(self) -> int:
        """Certain: what has a term is not zero, so that enough digits show its sign."""
        if len(self.terms) < 2:
            return (self.terms[0][1] > 0) - (self.terms[0][1] < 0) if self.terms else 0
        bits = 64
        while True:
            x = self.ball(bits)
            if x > 0 or x < 0:
                return 1 if x > 0 else -1
            bits *= 2

    def __str__(self) -> str:
        """As the grammar of expressions reads it back: ``3/4 - 2 12^(1/3)``, ``sqrt(6)/2``."""
        shown = ""
        for m, c in sorted(
            self.terms, key=lambda t: (lcm(*(e.denominator for _, e in t[0])), t[0])
        ):
            sign = ("-" if c < 0 else "") if not shown else " - " if c < 0 else " + "
            shown += sign + _term(abs(c), m)
        return shown or "0"


ONE = Radical((((), Fraction(1)),))


def _times(m: Monomial, n: Monomial) -> tuple[Monomial, Fraction]:
    """A product as a monomial and a rational factor."""
    powers = dict(m)
    for p, e in n:
        powers[p] = powers.get(p, Fraction(0)) + e
    factor = prod(
        (Fraction(p) ** (e.numerator // e.denominator) for p, e in powers.items()),
        start=Fraction(1),
    )
    return tuple(sorted((p, e % 1) for p, e in powers.items() if e % 1)), factor


def _solved(x: Radical) -> Radical:
    """1/x among the products of the monomials of x, which span a field of finite degree: a linear
    system over Q.
    """
    basis: list[Monomial] = [()]
    for m in basis:  # grows until it is closed under multiplication
        basis += [k for k in dict.fromkeys(_times(m, n)[0] for n, _ in x.terms) if k not in basis]
        if len(basis) > _MOST_DEGREE:
            raise Inexact("the inverse of a sum of many roots")
    place = {m: j for j, m in enumerate(basis)}
    size = len(basis)
    matrix, right = fmpq_mat(size, size), fmpq_mat(size, 1)
    for j, m in enumerate(basis):
        for n, c in (x * Radical(((m, Fraction(1)),))).terms:
            matrix[place[n], j] = fmpq(c.numerator, c.denominator)
    right[place[()], 0] = fmpq(1)
    found = matrix.solve(right)
    return _made({m: Fraction(int(found[j, 0].p), int(found[j, 0].q)) for j, m in enumerate(basis)})


def _term(c: Fraction, m: Monomial) -> str:
    if not m:
        return str(c)
    n = lcm(*(e.denominator for _, e in m))
    inside = prod(p ** int(e * n) for p, e in m)
    root = f"sqrt({inside})" if n == 2 else f"{inside}^(1/{n})"
    top = root if c.numerator == 1 else f"{c.numerator} {root}"
    return top if c.denominator == 1 else f"{top}/{c.denominator}"


def root_of(x: Fraction, e: Fraction) -> Radical:
    """x^e for x > 0. Raises Inexact where x is too long to be factored."""
    found = ONE
    for size, sign in ((x.numerator, 1), (x.denominator, -1)):
        for p, k in _factored(size, e.denominator):
            key, factor = _times((), ((p, Fraction(sign * k) * e),))
            found = found * Radical(((key, factor),))
    return found


def _factored(x: int, degree: int) -> list[tuple[int, int]]:
    if x == 1:
        return []
    if x.bit_length() <= _MOST_FACTORED:
        return [(int(p), int(k)) for p, k in fmpz(x).factor()]
    root = perfect_root(x, degree)
    if root is None or root.bit_length() > _MOST_FACTORED:
        raise Inexact("the root of a number that is too long to be factored")
    return [(p, k * degree) for p, k in _factored(root, degree)]


class Radicals:
    """The ring for jets (``verify.exact.rings.Ring``): exact numbers, roots included."""

    name = "radicals"

    def number(self, x: Any) -> Radical:
        return x if isinstance(x, Radical) else Radical((((), Fraction(x)),) if x else ())

    def power(self, x: Radical, e: Fraction) -> Radical:
        """x^e for x > 0, or x = 0 and e >= 0."""
        if abs(e.numerator) > 1000 or e.denominator > 1000:
            raise Inexact(f"the power {e}, which is too large to be written out")
        if e.denominator == 1:
            return x.power(int(e))
        if not x.terms:
            return x
        if len(x.terms) > 1:
            raise Inexact(f"a root of {x}")
        ((m, c),) = x.terms
        key, factor = _times((), tuple((p, k * e) for p, k in m))
        return root_of(c, e) * Radical(((key, factor),))

    def exp(self, x: Radical) -> Radical:
        if x.terms:
            raise Inexact(f"exp({x})")
        return ONE

    def log(self, x: Radical) -> Radical:
        if x != ONE:
            raise Inexact(f"log({x})")
        return Radical(())

    def sign(self, x: Radical) -> int:
        return x.sign()

    def text(self, x: Radical) -> str:
        return str(x)
