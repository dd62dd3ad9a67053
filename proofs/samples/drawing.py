"""How exact numbers are drawn: rational numbers, orthogonal and invertible matrices."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

#: how X is drawn where its singular values are wanted, in words and in LaTeX
FRAMES = "X = R Sigma S^T, R and S rational and orthogonal, Sigma rational and distinct"
FRAMES_TEX = (
    r"\(X = R\,\Sigma\,S^{T}\) with \(R\) and \(S\) rational and orthogonal, \(\Sigma\) rational"
    r" with distinct entries"
)


def rational(draw: Random, most: int = 4, denominator: int = 3) -> Fraction:
    return Fraction(draw.randint(-most, most), draw.randint(1, denominator))


def distinct(draw: Random, count: int) -> list[Fraction]:
    """Positive, descending, and at least 1/3 apart."""
    found = [Fraction(draw.randint(1, 4), 3)]
    while len(found) < count:
        found.append(found[-1] + Fraction(draw.randint(1, 4), 3))
    return found[::-1]


def matrix(draw: Random, rows: int, columns: int) -> Any:
    return exact([[rational(draw) for _ in range(columns)] for _ in range(rows)])


def exact(rows: list[list[Fraction]]) -> Any:
    """A matrix over the rationals."""
    from flint import fmpq, fmpq_mat

    flat = [fmpq(Fraction(x).numerator, Fraction(x).denominator) for row in rows for x in row]
    return fmpq_mat(len(rows), len(rows[0]), flat)


def diagonal(values: list[Fraction]) -> Any:
    return exact(
        [[x if i == j else Fraction(0) for j in range(len(values))] for i, x in enumerate(values)]
    )


def orthogonal(draw: Random, size: int) -> Any:
    """(I - S)(I + S)^(-1) with S skew and rational: orthogonal, and I + S is always invertible."""
    rows = [[Fraction(0)] * size for _ in range(size)]
    for i in range(size):
        for j in range(i):
            rows[i][j] = rational(draw)
            rows[j][i] = -rows[i][j]
    skew, one = exact(rows), diagonal([Fraction(1)] * size)
    return (one - skew) * (one + skew).inv()


def near_identity(draw: Random, size: int) -> Any:
    """I + M/10^k, k = 0, 1 or 2, invertible: drawn again where it is not."""
    one = diagonal([Fraction(1)] * size)
    while True:
        found = one + matrix(draw, size, size) / 10 ** draw.randint(0, 2)
        if found.det() != 0:
            return found


def fraction(x: Any) -> Fraction:
    return Fraction(int(x.p), int(x.q))


def square(m: Any) -> Fraction:
    """||m||^2, exact."""
    return fraction(sum((x * x for x in m.entries()), m[0, 0] * 0))


def shown(m: Any) -> str:
    rows = [[str(fraction(m[i, j])) for j in range(m.ncols())] for i in range(m.nrows())]
    return "[" + ", ".join("[" + ", ".join(row) + "]" for row in rows) + "]"
