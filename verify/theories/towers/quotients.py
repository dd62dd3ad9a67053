"""Fractions of polynomials over Q, modulo r^n = (its radicand) for each root.

Every divisor is remembered, so that a point can be asked whether all terms are defined there.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import Ordering, fmpq, fmpq_mpoly_ctx

from verify.exact.errors import BadInput
from verify.exact.limits import LIMITS, up_to

Poly = Any  # python-flint's fmpq_mpoly
LARGE = 50_000  # terms; the coefficients of longer ones are not looked at
#: of what is searched, which no reader reads: products of terms of one claim, powers of a letter
PRODUCTS, POWERS = 850_000, 2000


class TooLarge(Exception):
    """A polynomial that would be too large, or more work than is done; the message says which."""


@dataclass(frozen=True, slots=True)
class Quotient:
    """top/bottom; bottom is not zero modulo the relations."""

    top: Poly
    bottom: Poly


class Quotients:
    """Arithmetic in these symbols. ``divisors`` collects whatever was divided by, in order."""

    def __init__(self, symbols: list[str]) -> None:
        self.symbols = symbols
        self._ring = fmpq_mpoly_ctx.get(tuple(symbols), Ordering.lex)
        self.divisors: list[Poly] = []
        self.work = 0  # products of terms
        self._relations: list[tuple[int, int, Poly]] = []

    def number(self, x: int | Fraction) -> Quotient:
        value = Fraction(x)
        return Quotient(
            self._ring.constant(fmpq(value.numerator, value.denominator)),
            self._ring.constant(1),
        )

    def reduced(self, p: Poly) -> Poly:
        """Exponents of roots below their degrees, the last root first."""
        for place, degree, radicand in reversed(self._relations):
            if p.degrees()[place] >= degree:
                p = self._fold(p, place, degree, radicand)
        return p

    def _fold(self, p: Poly, place: int, degree: int, radicand: Poly) -> Poly:
        groups: dict[int, dict] = {}
        for exponents, c in p.to_dict().items():
            turns, left = divmod(exponents[place], degree)
            groups.setdefault(turns, {})[(*exponents[:place], left, *exponents[place + 1 :])] = c
        parts = (self._ring.from_dict(g) * radicand**turns for turns, g in groups.items())
        return sum(parts, self._ring.constant(0))

    def times(self, p: Poly, q: Poly) -> Poly:
        self.work += len(p) * len(q)
        if self.work > PRODUCTS:
            raise TooLarge(f"its polynomials take more than {PRODUCTS} products of terms")
        degrees = map(sum, zip(p.degrees(), q.degrees(), strict=True)) if p and q else ()
        if max(degrees, default=0) > POWERS:
            raise TooLarge(f"a letter has a power above {POWERS}")
        found = p * q
        if not all(
            2 * c.height_bits() <= LIMITS["coefficient"]
            for c in (found.coeffs() if len(found) < LARGE else ())
        ):
            raise TooLarge(f"a number is too long: {up_to('coefficient', 'bits')}")
        return found

    def fraction(self, top: Poly, bottom: Poly) -> Quotient:
        """In lowest terms as far as polynomials go. Raises BadInput where the bottom is zero
        everywhere.
        """
        top, bottom = self.reduced(top), self.reduced(bottom)
        if not bottom:
            raise BadInput(
                "a formula divides by an expression that is zero everywhere; expected a divisor"
                " that is not: check it"
            )
        common = top.gcd(bottom)
        top, bottom = top / common, bottom / common
        lead = bottom.leading_coefficient()
        return Quotient(top / lead, bottom / lead)

    def plus(self, a: Quotient, b: Quotient) -> Quotient:
        if a.bottom == b.bottom:
            return self.fraction(a.top + b.top, a.bottom)
        return self.fraction(
            self.times(a.top, b.bottom) + self.times(b.top, a.bottom),
            self.times(a.bottom, b.bottom),
        )

    def mul(self, a: Quotient, b: Quotient) -> Quotient:
        return self.fraction(self.times(a.top, b.top), self.times(a.bottom, b.bottom))

    def inverse(self, a: Quotient) -> Quotient:
        """Remembers the divisor. Raises BadInput where it is zero everywhere."""
        if not a.top.is_constant():
            self.divisors.append(a.top)
        return self.fraction(a.bottom, a.top)

    def power(self, a: Quotient, e: int) -> Quotient:
        base = self.inverse(a) if e < 0 else a
        result = self.number(1)
        for _ in range(abs(e)):
            result = self.mul(result, base)
        return result
