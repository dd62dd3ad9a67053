"""Linear algebra modulo 2^31 - 1: kernels, independent rows, fractions from residues."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from verify.trace import linear

PRIME = 2**31 - 1
Residues = NDArray[np.uint64]
_P = np.uint64(PRIME)
#: numerators and denominators of what is taken for a fraction: a random residue is one of these
# with probability below 1/1000, and each law is checked at fresh samples afterwards
SMALL = 1000
ZERO = Fraction(0)


def residue(value: Fraction | int) -> int:
    """A fraction modulo the prime."""
    if value.denominator == 1:
        return value.numerator % PRIME
    return value.numerator * pow(value.denominator, -1, PRIME) % PRIME


def power(base: Residues, exponent: int) -> Residues:
    """Entry by entry; a negative power of 0 is 0 (such a sample shows nothing)."""
    e = exponent % (PRIME - 1)
    if e == 1:
        return base
    result, square = np.ones_like(base), base
    while e:
        if e & 1:
            result = result * square % _P
        square, e = square * square % _P, e >> 1
    return result if exponent else np.ones_like(base)


def dot(a: Residues, b: Residues) -> Residues:
    """Sums of products along the last axis."""
    return (a * b % _P).sum(axis=-1, dtype=np.uint64) % _P


def matmul(a: Residues, b: Residues) -> Residues:
    """A product of (batches of) matrices: the left factor is cut in halves of 16 bits."""
    low, high = a & np.uint64(0xFFFF), a >> np.uint64(16)
    return ((high @ b % _P << np.uint64(16)) + low @ b) % _P


def kernel(matrix: Residues) -> Residues:
    """A basis (rows) of the vectors that the matrix sends to 0: one per free column, 1 there."""
    return np.ascontiguousarray(linear.kernel(matrix, PRIME).T)


def independent(rows: Residues) -> list[int]:
    """The indices of the rows that are independent of those before them."""
    return linear.pivots(np.ascontiguousarray(rows.T), PRIME)


def rational(value: int, limit: int = SMALL) -> Fraction | None:
    """The fraction of small numerator and denominator that the residue is, or None."""
    a, b, x, y = PRIME, value % PRIME, 0, 1
    while b > limit:
        q = a // b
        a, b, x, y = b, a - q * b, y, x - q * y
    return Fraction(b, y) if 0 < abs(y) <= limit else None


def rationals(vector: Residues) -> list[Fraction] | None:
    """A vector of small fractions, or None where one entry is none."""
    found: list[Fraction] = []
    for value in vector.tolist():
        x = rational(value) if value else ZERO
        if x is None:
            return None
        found.append(x)
    return found
