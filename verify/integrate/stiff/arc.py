"""One step of a stiff engine: polynomials in Chebyshev form, exact numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

Rows = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Arc:
    """x_j = sum_k c_jk T_k(sigma) * 2^-bits at begin + (end - begin) (sigma + 1)/2, -1 <= sigma <=
    1; ``rows`` are the c_j.

    ``defect`` is an ESTIMATE of the largest |h f(p) - p'|, relative to the largest state;
    2^``stiffness`` is about h |J|.
    """

    begin: Fraction
    end: Fraction
    bits: int
    rows: Rows
    defect: float
    stiffness: float = 0.0

    @property
    def h(self) -> Fraction:
        return self.end - self.begin

    @property
    def order(self) -> int:
        return len(self.rows[0]) - 1

    @property
    def truncation(self) -> Fraction:
        """An ESTIMATE of the local error: the defect, absolute."""
        largest = Fraction(max(abs(c[0]) for c in self.rows), 1 << self.bits)
        return Fraction(self.defect) * largest

    @property
    def rounding(self) -> Fraction:
        return Fraction(1, 1 << self.bits)

    def at(self, time: Fraction) -> list[int]:
        """The states there, in units of 2^-bits, rounded down from the exact values."""
        sigma = 2 * (time - self.begin) / self.h - 1
        return [_floor(value(c, sigma)) for c in self.rows]


def _floor(x: Fraction) -> int:
    return x.numerator // x.denominator


def value(c: Sequence[int], sigma: Fraction) -> Fraction:
    """sum c_k T_k(sigma), nothing rounded: with sigma = a/b, b^k T_k is a whole number."""
    if sigma in (1, -1):
        return Fraction(sum(c[::2]) + int(sigma) * sum(c[1::2]))
    a, b = sigma.numerator, sigma.denominator
    before, last, total, scale = 1, a, c[0], 1
    for x in c[1:]:
        scale *= b
        total = total * b + x * last
        before, last = last, 2 * a * last - b * b * before
    return Fraction(total, scale)


def monomials(c: Sequence[int]) -> list[int]:
    """The same polynomial in tau = (sigma + 1)/2, exactly."""
    total = [0] * len(c)
    before, last = [1], [-1, 2]
    for k, x in enumerate(c):
        row = before if not k else last
        for j, t in enumerate(row):
            total[j] += x * t
        if k:
            turned = [0] * (k + 2)
            for j, t in enumerate(last):
                turned[j] -= 2 * t
                turned[j + 1] += 4 * t
            for j, t in enumerate(before):
                turned[j] -= t
            before, last = last, turned
    return total
