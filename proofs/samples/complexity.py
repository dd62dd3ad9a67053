"""Rademacher complexities of the unit balls of l1 and l2 on four rows x_i of length 8, over all 16
sign vectors: E max_j |sum_i s_i x_ij|/4 over Q, and E |sum_i s_i x_i|_2/4 with its roots enclosed.

A third of the samples are random; a third have all eight columns of signs, up to a factor, so
that the rows are orthogonal; a third have two equal rows with one entry, and two rows of zeros.

Reference: the bounds are those of Massart, Jensen and Khintchine-Kahane; written for
arXiv:2311.15404v2.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

from proofs.samples.drawing import rational
from verify.exact.rings import ball
from verify.models.samples import Family, Instance, Quantity

ROWS, COLUMNS = 4, 8
L1 = Quantity("R(l1 ball)", "over all signs, exact", r"R(B_{\ell_1})")
L2 = Quantity("R(l2 ball)", "over all signs, roots enclosed", r"R(B_{\ell_2})")
COLUMN = Quantity("max_j |x_j|_1/4", "exact, x_j the columns", r"\max_j \lVert x_{j}\rVert_1/4")
MASSART = Quantity(
    "max_j |x_j|_2 sqrt(2 log 16)/4", "as written, x_j the columns",
    r"\max_j \lVert x_{j}\rVert_2 \sqrt{2 \log 16}/4",
)  # fmt: skip
NO_LOGARITHM = Quantity("max_j |x_j|_2/4", "as written", r"\max_j \lVert x_{j}\rVert_2/4")
JENSEN = Quantity("|X|_F/4", "as written", r"\lVert X\rVert_F/4")
KAHANE = Quantity("|X|_F/(4 sqrt 2)", "as written", r"\lVert X\rVert_F/(4\sqrt{2})")
SIGNS = tuple(product((1, -1), repeat=ROWS))


def draw(size: tuple, source: Random) -> Instance:
    """Four rows of length 8."""
    x = _rows(source)
    columns = list(zip(*x, strict=True))
    sums = [[sum(s * a for s, a in zip(signs, c, strict=True)) for c in columns] for signs in SIGNS]
    longest = max(sum((a * a for a in c), Fraction(0)) for c in columns)
    whole = sum((a * a for row in x for a in row), Fraction(0))
    tallest = max(sum(map(abs, c), Fraction(0)) for c in columns)
    values: dict[Quantity, Callable[..., Any]] = {
        L1: lambda: sum((max(map(abs, s)) for s in sums), Fraction(0)) / (ROWS * len(SIGNS)),
        L2: lambda: sum(ball(sum(a * a for a in s)).sqrt() for s in sums) / (ROWS * len(SIGNS)),
        COLUMN: lambda: tallest / ROWS,
        MASSART: lambda: ball(longest).sqrt() * (2 * ball(2 * COLUMNS).log()).sqrt() / ROWS,
        NO_LOGARITHM: lambda: ball(longest).sqrt() / ROWS,
        JENSEN: lambda: ball(whole).sqrt() / ROWS,
        KAHANE: lambda: ball(whole / 2).sqrt() / ROWS,
    }
    rows = ", ".join("[" + ", ".join(map(str, row)) + "]" for row in x)
    return Instance(f"X = [{rows}]", values)


def _rows(source: Random) -> list[list[Fraction]]:
    kind, zero = source.randrange(3), [Fraction(0)] * COLUMNS
    row = [rational(source) for _ in range(COLUMNS)]
    row[0] += 5
    if kind == 0:
        return [row, *([rational(source) for _ in range(COLUMNS)] for _ in range(ROWS - 1))]
    if kind == 1:
        c = Fraction(source.randint(1, 12), 4)
        return [[c * s[i] for s in SIGNS[:COLUMNS]] for i in range(ROWS)]
    one = [row[0], *zero[1:]]
    return [one, one, zero, zero]


SAMPLE = Family(
    "four-rows",
    "X of size 4 x 8 with rational entries",
    r"\(X\) of size \(4 \times 8\) with rational entries",
    (),
    (L1, L2, COLUMN, MASSART, NO_LOGARITHM, JENSEN, KAHANE),
    draw,
)
