"""Exact symmetric matrices of loss data: dense, or diagonal plus a few rank-one terms (linear cost
at any width).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Dense = tuple[tuple[Fraction, ...], ...]
Vector = tuple[Fraction, ...]
Scalar = Any


@dataclass(frozen=True, slots=True)
class DiagonalPlus:
    """diag(d) + sum_r v_r v_r'."""

    diagonal: Vector
    terms: tuple[Vector, ...] = ()

    def dense(self) -> Dense:
        size = range(len(self.diagonal))
        entry = lambda i, j: sum(
            (v[i] * v[j] for v in self.terms), self.diagonal[i] if i == j else Fraction(0)
        )
        return tuple(tuple(entry(i, j) for j in size) for i in size)

    def __getitem__(self, i: int) -> Vector:
        return self.dense()[i]


Matrix = Dense | DiagonalPlus


def dense(matrix: Matrix) -> Dense:
    """The matrix with all of its entries written out."""
    return matrix.dense() if isinstance(matrix, DiagonalPlus) else matrix


def identity(n: int) -> DiagonalPlus:
    """The identity of size n."""
    return DiagonalPlus((Fraction(1),) * n)


def times_vector(
    matrix: Matrix, x: Sequence[Scalar], number: Callable[[Fraction], Scalar]
) -> list[Scalar]:
    """S x over any ring; ``number`` brings a fraction into it. Zero entries cost nothing."""
    if isinstance(matrix, DiagonalPlus):
        rows = [_scaled(d, y, number) for d, y in zip(matrix.diagonal, x, strict=True)]
        for v in matrix.terms:
            inner = _row(v, x, number)
            rows = [r + number(a) * inner if a else r for r, a in zip(rows, v, strict=True)]
        return rows
    return [_row(row, x, number) for row in matrix]


def _row(
    row: Sequence[Fraction], x: Sequence[Scalar], number: Callable[[Fraction], Scalar]
) -> Scalar:
    terms = [_scaled(a, y, number) for a, y in zip(row, x, strict=True) if a]
    if not terms:
        return number(Fraction(0))
    result = terms[0]
    for term in terms[1:]:
        result = result + term
    return result


def _scaled(a: Fraction, x: Scalar, number: Callable[[Fraction], Scalar]) -> Scalar:
    return x if a == 1 else number(a) * x if a else number(Fraction(0))
