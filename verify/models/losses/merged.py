"""Letters of a loss with powers, exponentials and logarithms of one another merged.

Where all terms are defined, bases of broken powers are positive, so that (A^r)^s = A^(r s), A^r A^s
= A^(r + s), (exp A)^r = exp(r A), exp(log A) = A = log(exp A). Powers of one base become powers of
one root, exponentials of multiples powers of one of a PART. For questions of zero alone: what is
not merged counts as independent, as before.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor, lcm

from verify.models.losses.letters import Letters, Poly, Rational, times
from verify.terms.expr import Expr

PART = 72
MAX_ROOT = 81


class Merged(Letters):
    """A value that vanishes is zero wherever all terms are defined."""

    def __init__(self, expr: Expr) -> None:
        super().__init__(expr)
        exponents = [x.args[1].args[0] for x in expr.walk() if x.head == "^"]
        q = lcm(*(Fraction(e).denominator for e in exponents)) ** 2
        self.root = q if q <= MAX_ROOT else 1

    def vanishes(self, value: Rational) -> bool:
        """With r^q = A put in for each letter r = A^(1/q), the last one first."""
        top = value.top
        for head, exponent, body, root in reversed(self.terms):
            if head == "^" and exponent.numerator == 1:
                top = self._lowered(top, root.top, exponent.denominator, body)
        return not top

    def letter(self, head: str, exponent: Fraction, inside: Rational) -> Rational:
        if head == "^":
            return self._broken(exponent, inside)
        if head == "exp":
            for known, _, body, value in self.terms:
                if known == "log" and inside.same(value):
                    return body
            return self._exp(inside)
        known, _, body, m = self._power_of(inside)
        return self.constant(m) * body if known == "exp" else super().letter(head, exponent, inside)

    def expanded(self, inside: Rational, exponent: Fraction) -> Rational | None:
        head, part, body, m = self._power_of(inside)
        if head == "exp":
            return self._exp(self.constant(m * exponent) * body)
        if head == "^":
            return self._broken(m * part * exponent, body)
        return super().expanded(inside, exponent)

    def _power_of(self, inside: Rational) -> tuple[str, Fraction, Rational, Fraction]:
        """Of which letter it is a power, and which; else no head."""
        for head, part, body, value in self.terms:
            at = value.top.degrees().index(1)
            for sign, x in ((1, inside), (-1, _over(inside))):
                m = int(x.top.degrees()[at])
                if m and x.same(Rational(value.top**m, value.bottom)):
                    return head, part, body, Fraction(sign * m)
        return "", Fraction(0), inside, Fraction(0)

    def _broken(self, exponent: Fraction, inside: Rational) -> Rational:
        """A whole power of the base, times one of a root that is a letter."""
        whole = super().expanded(
            inside if exponent > 0 else _over(inside), Fraction(abs(floor(exponent)))
        )
        if whole is None:
            return super().letter("^", exponent, inside)
        if exponent < 0:
            whole = whole if floor(exponent) else self.constant(Fraction(1))
        rest = exponent - floor(exponent)
        q = self.root if self.root % rest.denominator == 0 else rest.denominator
        root = super().letter("^", Fraction(1, q), inside) if rest else inside
        return whole * Rational(root.top ** int(rest * q), root.bottom) if rest else whole

    def _exp(self, inside: Rational) -> Rational:
        """A power of an exponential of a part."""
        if not inside.top:
            return self.constant(Fraction(1))
        for head, _, body, value in self.terms:
            ratio = inside * _over(body)
            if head == "exp" and ratio.top.is_constant() and ratio.bottom.is_constant():
                c = ratio.top.leading_coefficient() / ratio.bottom.leading_coefficient()
                if c.q == 1 and abs(int(c.p)) <= PART * MAX_ROOT:
                    return _raised(value, int(c.p))
        part = super().letter("exp", Fraction(1), self.constant(Fraction(1, PART)) * inside)
        return _raised(part, PART)

    def _lowered(self, top: Poly, root: Poly, q: int, body: Rational) -> Poly:
        """A multiple of a polynomial by a power of the bottom of A, of degree < q in r."""
        at = root.degrees().index(1)
        parts: dict[int, dict] = {}
        for powers, c in top.to_dict().items():
            left = (*powers[:at], powers[at] % q, *powers[at + 1 :])
            parts.setdefault(int(powers[at]) // q, {})[left] = c
        most, found = max(parts, default=0), self.ring.constant(0)
        for j, part in parts.items():
            factor = times(body.top**j, body.bottom ** (most - j))
            found += times(self.ring.from_dict(part), factor)
        return found


def _over(x: Rational) -> Rational:
    """1/x of what is not zero."""
    return Rational(x.bottom, x.top)


def _raised(x: Rational, n: int) -> Rational:
    return Rational(x.top**n, x.bottom**n) if n >= 0 else Rational(x.bottom**-n, x.top**-n)
