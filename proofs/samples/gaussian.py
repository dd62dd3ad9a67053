"""W of d x k with independent entries N(0, a^2) and a symmetric X: the means of |W W^T - a^2 k I|^2
and of (tr X W W^T - a^2 k tr X)^2. Of a polynomial of degree 4 in each entry the mean is that over
the three points 0, sqrt 3 and -sqrt 3 with the weights 2/3, 1/6, 1/6 (Gauss, Hermite): a finite sum
over 3^(d k) matrices, in which no formula for moments is used.

Reference: derived for Corollary 10 of arXiv:2002.09277v3.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

from verify.exact.rings import ball
from verify.models.samples import Family, Instance, Quantity

GRAM = Quantity(
    "the mean of |W W^T - a^2 k I|^2", "all matrices of three points",
    r"\mathbb{E} |W W^{T} - a^{2} k I|^{2}",
)  # fmt: skip
GRAM_MEAN = Quantity("a^4 k d (d + 1)", "the formula", r"a^{4} k d (d + 1)")
OUTPUT = Quantity(
    "the mean of (tr X W W^T - a^2 k tr X)^2", "all matrices of three points",
    r"\mathbb{E} (\operatorname{tr} X W W^{T} - a^{2} k \operatorname{tr} X)^{2}",
)  # fmt: skip
OUTPUT_MEAN = Quantity("2 a^4 k |X|^2", "the formula", r"2 a^{4} k |X|^{2}")
WEIGHT = {0: Fraction(2, 3), 1: Fraction(1, 6), -1: Fraction(1, 6)}


def draw(size: tuple, source: Random) -> Instance:
    """d x k, a and the entries of X rational."""
    d, k = size
    a = Fraction(source.randint(1, 9), 4)
    x = [[Fraction(0)] * d for _ in range(d)]
    for i in range(d):
        for j in range(i + 1):
            x[i][j] = x[j][i] = Fraction(source.randint(-4, 4) or 5, 2)

    def off(w: tuple[int, ...]) -> list[list[Fraction]]:
        """W W^T/a^2 - k I, with w times sqrt 3 for W/a: products of two entries are rational."""
        return [
            [Fraction(3 * sum(w[i * k + n] * w[j * k + n] for n in range(k)) - k * (i == j))
             for j in range(d)]
            for i in range(d)
        ]  # fmt: skip

    def mean(of: Callable[[list[list[Fraction]]], Fraction]) -> Any:
        total = Fraction(0)
        for w in product((0, 1, -1), repeat=d * k):
            weight = Fraction(1)
            for v in w:
                weight *= WEIGHT[v]
            total += weight * of(off(w))
        return ball(a**4 * total)

    def output(m: list[list[Fraction]]) -> Fraction:
        return sum((x[i][j] * m[i][j] for i in range(d) for j in range(d)), Fraction(0)) ** 2

    square = sum((v * v for row in x for v in row), Fraction(0))
    values: dict[Quantity, Callable[..., Any]] = {
        GRAM: lambda: mean(lambda m: sum((v * v for row in m for v in row), Fraction(0))),
        GRAM_MEAN: lambda: ball(a**4 * k * d * (d + 1)),
        OUTPUT: lambda: mean(output),
        OUTPUT_MEAN: lambda: ball(2 * a**4 * k * square),
    }
    rows = ", ".join(f"({', '.join(map(str, row))})" for row in x)
    return Instance(f"d = {d}, k = {k}, a = {a}, X = ({rows})", values)


STARTS = Family(
    "gaussian-starts",
    "W of d x k with independent entries N(0, a^2), a symmetric X; a and X rational",
    r"\(W\) of \(d \times k\) with independent entries \(N(0, a^{2})\), a symmetric \(X\)",
    ("d", "k"),
    (GRAM, GRAM_MEAN, OUTPUT, OUTPUT_MEAN),
    draw,
)
