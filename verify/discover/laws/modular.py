"""Linear algebra modulo 2^31 - 1: kernels, independent rows, fractions from residues."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import flint
import numpy as np
from numpy.typing import NDArray

PRIME = 2**31 - 1
Residues = NDArray[np.uint64]
_P = np.uint64(PRIME)
#: numerators and denominators of what is taken for a fraction: a random residue is one of these
# with probability below 1/1000, and each law is checked at fresh samples afterwards
SMALL = 1000


def residue(value: Fraction | int) -> int:
    """A fraction modulo the prime."""
    return value.numerator * pow(value.denominator, -1, PRIME) % PRIME


def power(base: Residues, exponent: int) -> Residues:
    """Entry by entry; a negative power of 0 is 0 (such a sample shows nothing)."""
    e = exponent % (PRIME - 1)
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


def _reduced(matrix: Residues) -> tuple[Residues, list[int]]:
    """The rows of the reduced echelon form that are not 0, and their pivots."""
    rows, columns = matrix.shape
    if not rows or not columns:
        return np.zeros((0, columns), np.uint64), []
    form, rank = flint.nmod_mat(rows, columns, matrix.ravel().tolist(), PRIME).rref()
    table: Any = form.tolist()[:rank]
    dense = np.array([[int(x) for x in row] for row in table], np.uint64).reshape(rank, columns)
    return dense, [int(np.flatnonzero(row)[0]) for row in dense]


def kernel(matrix: Residues) -> Residues:
    """A basis (rows) of the vectors that the matrix sends to 0: one per free column, 1 there."""
    reduced, pivots = _reduced(matrix)
    free = sorted(set(range(matrix.shape[1])) - set(pivots))
    basis = np.zeros((len(free), matrix.shape[1]), np.uint64)
    for row, column in enumerate(free):
        basis[row, column] = 1
        basis[row, pivots] = (_P - reduced[:, column]) % _P
    return basis


def independent(rows: Residues) -> list[int]:
    """The indices of the rows that are independent of those before them."""
    return _reduced(np.ascontiguousarray(rows.T))[1]


def rational(value: int, limit: int = SMALL) -> Fraction | None:
    """The fraction of small numerator and denominator that the residue is, or None."""
    a, b, x, y = PRIME, value % PRIME, 0, 1
    while b > limit:
        q = a // b
        a, b, x, y = b, a - q * b, y, x - q * y
    return Fraction(b, y) if 0 < abs(y) <= limit else None


def rationals(vector: Residues) -> list[Fraction] | None:
    """A vector of small fractions, or None where one entry is none."""
    found = [rational(int(x)) for x in vector]
    return None if None in found else [x for x in found if x is not None]
