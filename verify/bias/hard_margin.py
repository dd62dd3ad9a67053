"""The separator of least length with margins of at least 1, exact: min |w|^2 where x_n.w >= 1.

An active set is found by trying supports from small to large; what is returned is solved over Q and
certified by the conditions of Karush, Kuhn and Tucker, which are sufficient as the problem is
convex: w = sum a_n x_n, a_n >= 0, x_n.w >= 1, and a_n > 0 only where x_n.w = 1. Where no w
separates, a combination sum c_n x_n = 0 with c_n >= 0, not all 0, shows it: no w has x_n.w > 0 for
all n (Gordan).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import lcm

from flint import fmpq, fmpq_mat, fmpz_mat

from verify.exact.errors import BadInput

Row = tuple[Fraction, ...]
MOST, LONGEST = 12, 1000  # samples, of which every support is tried; entries of each


@dataclass(frozen=True)
class HardMargin:
    """w with multipliers that prove it; ``tight`` are the samples with x_n.w = 1, also those of
    multiplier 0.
    """

    w: Row
    multipliers: Row
    tight: tuple[int, ...]

    @property
    def square(self) -> Fraction:
        """|w|^2: the largest margin is 1/|w|."""
        return dot(self.w, self.w)


def hard_margin(rows: Sequence[Sequence[Fraction | int]]) -> HardMargin:
    """Raises BadInput for what is no small matrix of exact numbers, and for samples that no w
    separates, with the combination that shows it.
    """
    x = exact_rows(rows, LONGEST)
    for support in _supports(len(x)):
        found = _on(x, support)
        if found is not None and certified(x, *found):
            w, multipliers = found
            return HardMargin(w, multipliers, tuple(n for n, r in enumerate(x) if dot(r, w) == 1))
    raise none_separates(x, "w")


def none_separates(x: list[Row], name: str) -> BadInput:
    """The refusal, with the combination that shows it."""
    shown = " + ".join(f"{v} x_{n}" for n, v in enumerate(_combination(x), 1) if v)
    return BadInput(
        f"no {name} has every x_n.{name} > 0, as {shown} = 0; expected samples that one separates"
    )


def certified(x: Sequence[Row], w: Row, multipliers: Row) -> bool:
    """The conditions of Karush, Kuhn and Tucker, over Q."""
    sums = tuple(dot(multipliers, column) for column in zip(*x, strict=True))
    margins = [dot(r, w) for r in x]
    return (
        sums == tuple(w)
        and all(a >= 0 for a in multipliers)
        and all(m >= 1 and (m == 1 or not a) for m, a in zip(margins, multipliers, strict=True))
    )


def dot(a: Sequence[Fraction], b: Sequence[Fraction]) -> Fraction:
    """The inner product."""
    return sum((p * q for p, q in zip(a, b, strict=True)), Fraction(0))


def exact_rows(rows: Sequence[Sequence[Fraction | int]], most: int) -> list[Row]:
    """Raises BadInput unless they are 1 to 12 rows of one length from 1 to ``most``."""
    fits = isinstance(rows, list | tuple) and all(isinstance(r, list | tuple) for r in rows)
    fits = fits and 0 < len(rows) <= MOST and all(len(r) == len(rows[0]) for r in rows)
    fits = fits and 0 < len(rows[0]) <= most
    if not fits or any(type(v) not in (int, Fraction) for r in rows for v in r):
        shown = " ".join(repr(rows).split())  # an array's has several lines
        raise BadInput(
            f"samples {shown:.60}; expected 1 to {MOST} rows of 1 to {most} exact numbers each"
        )
    return [tuple(Fraction(v) for v in r) for r in rows]


def _supports(size: int) -> Iterator[tuple[int, ...]]:
    for k in range(1, size + 1):
        yield from combinations(range(size), k)


def _on(x: list[Row], support: tuple[int, ...]) -> tuple[Row, Row] | None:
    """w = sum a_n x_n over a support on which every x_n.w = 1; None where its rows are
    dependent.
    """
    gram = rational([[dot(x[m], x[n]) for n in support] for m in support])
    try:
        solved = gram.solve(fmpq_mat([[1] for _ in support]))
    except ZeroDivisionError:
        return None
    a = [Fraction(0)] * len(x)
    for n, v in zip(support, values(solved), strict=True):
        a[n] = v
    return tuple(dot(a, column) for column in zip(*x, strict=True)), tuple(a)


def _combination(x: list[Row]) -> Row:
    """c >= 0, not 0, with sum c_n x_n = 0. Among the smallest supports of one it is the only one,
    up to a factor.
    """
    scale = lcm(*(v.denominator for r in x for v in r))
    for support in _supports(len(x)):
        columns = fmpz_mat([[int(x[n][i] * scale) for n in support] for i in range(len(x[0]))])
        kernel, dimension = columns.nullspace()
        found = [int(kernel[k, 0]) for k in range(len(support))] if dimension == 1 else []
        sign = 1 if sum(found) > 0 else -1
        if found and all(sign * v >= 0 for v in found):
            c = [Fraction(0)] * len(x)
            for n, v in zip(support, found, strict=True):
                c[n] = Fraction(abs(v), max(map(abs, found)))
            return tuple(c)
    raise AssertionError("neither a separator nor a combination: one of the two exists")


def rational(rows: Sequence[Sequence[Fraction]]) -> fmpq_mat:
    """As a matrix over Q."""
    return fmpq_mat([[fmpq(v.numerator, v.denominator) for v in r] for r in rows])


def values(m: fmpq_mat) -> Row:
    """Its entries, row by row."""
    return tuple(Fraction(int(v.p), int(v.q)) for v in m.entries())
