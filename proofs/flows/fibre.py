"""Tuples W = (W_1, ..., W_N) with product X = W_N ... W_1: sizes and the least ||W||^2 on the fibre
of X.

    min over the fibre of ||W||^2 = N sum_i sigma_i^(2/N),   sigma_i the singular values of X

Reference: arXiv:2511.01137v2 for the moments; the value of the minimum is derived from it. All
functions work on exact numbers and on the symbols of a field alike, except ``least_on_fibre``,
which is exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from proofs.flows.matrix_flow import (
    Matrix,
    Scalar,
    fitting,
    multiply,
    product,
    transpose,
)
from verify.exact.errors import BadInput


def squared(matrices: Sequence[Matrix]) -> Scalar:
    """The sum of the squares of all entries; 0 where there are no matrices."""
    return sum((x * x for m in matrices for row in m for x in row), Fraction(0))


def least_on_fibre(layers: Sequence[Matrix], roots: Sequence[Fraction]) -> Fraction:
    """N sum lambda_i^2, where ``roots`` are lambda_i = sigma_i^(1/N) > 0 of the non-zero singular
    values of W_N ... W_1.

    The roots are checked, never believed: z^(d-r) prod (z - lambda_i^(2N)) must be the
    characteristic polynomial of X^T X. Raises BadInput where it is not.
    """
    fitting(layers)
    x = product(layers)
    gram, count = multiply(transpose(x), x), len(layers)
    expected = [Fraction(1)] + [Fraction(0)] * len(gram)
    zeros = [Fraction(r) ** (2 * count) for r in roots]
    if len(zeros) > len(gram) or any(not r > 0 for r in roots):
        raise BadInput(
            f"roots {_text(roots)} of a product with {len(gram)} columns; expected at most that"
            " many, all > 0"
        )
    for zero in zeros:
        expected = [a - zero * b for a, b in zip(expected, [Fraction(0), *expected], strict=False)]
    if expected != characteristic(gram):
        raise BadInput(
            f"roots {_text(roots)}: their powers {count} are not the singular values of W_N ..."
            " W_1; X^T X has the characteristic polynomial with coefficients"
            f" {_text(characteristic(gram))}: give sigma^(1/{count}) for each sigma > 0"
        )
    return count * sum((Fraction(r) ** 2 for r in roots), Fraction(0))


def characteristic(a: Matrix) -> list[Fraction]:
    """Coefficients of det(z - a), highest power first, by Faddeev and LeVerrier's recursion.
    Exact.
    """
    size, found = len(a), [Fraction(1)]
    power = [[Fraction(0)] * size for _ in range(size)]
    for k in range(1, size + 1):
        for i in range(size):
            power[i][i] += found[-1]
        power = [list(row) for row in multiply(a, power)]
        found.append(-sum((power[i][i] for i in range(size)), Fraction(0)) / k)
    return found


def _text(numbers: Sequence[Fraction]) -> str:
    return "(" + ", ".join(map(str, numbers)) + ")"
