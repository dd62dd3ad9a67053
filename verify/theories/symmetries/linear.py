"""Exact linear algebra over Q by python-flint, on sparse rows, and the few operations on matrices
that algebras need.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from flint import fmpq, fmpq_mat

from verify.theories.symmetries.actions import Matrix

Row = Mapping[int, Fraction]


def rank(rows: Sequence[Row], columns: int) -> int:
    """Of sparse rows with the given number of columns."""
    return _dense(rows, columns).rank() if rows and columns else 0


def kernel(rows: Sequence[Row], columns: int) -> list[list[Fraction]]:
    """A basis of all x with row . x = 0, in reduced echelon form: the same for equal spaces."""
    reduced, r = _dense(rows, columns).rref() if rows else (fmpq_mat(1, columns), 0)
    pivots = [next(j for j in range(columns) if reduced[i, j] != 0) for i in range(r)]
    basis = []
    for free in (j for j in range(columns) if j not in pivots):
        x = [Fraction(0)] * columns
        x[free] = Fraction(1)
        for i, p in enumerate(pivots):
            x[p] = -_fraction(reduced[i, free])
        basis.append(x)
    return basis


def independent(rows: Sequence[Row], columns: int) -> list[int]:
    """Numbers of the rows that do not depend on earlier ones."""
    if not rows or not columns:
        return []
    transposed = fmpq_mat(
        columns, len(rows), [fmpq(*_ratio(row.get(j))) for j in range(columns) for row in rows]
    )
    reduced, r = transposed.rref()
    return [next(j for j in range(len(rows)) if reduced[i, j] != 0) for i in range(r)]


def _dense(rows: Sequence[Row], columns: int) -> fmpq_mat:
    return fmpq_mat(
        len(rows), columns, [fmpq(*_ratio(row.get(j))) for row in rows for j in range(columns)]
    )


def _ratio(x: Fraction | None) -> tuple[int, int]:
    return (x.numerator, x.denominator) if x else (0, 1)


def _fraction(x: fmpq) -> Fraction:
    return Fraction(int(x.p), int(x.q))


def numbered(rows: Sequence[Matrix]) -> tuple[list[dict[int, Fraction]], int]:
    """Matrices as rows over their places, numbered in order of appearance."""
    keys: dict[tuple[int, int], int] = {}
    return [{keys.setdefault(k, len(keys)): x for k, x in row.items()} for row in rows], len(keys)


def transpose(a: Matrix) -> Matrix:
    return {(j, i): x for (i, j), x in a.items()}


def combination(coefficients: Sequence[Fraction], matrices: Sequence[Matrix]) -> Matrix:
    found: Matrix = {}
    for c, a in zip(coefficients, matrices, strict=True):
        for place, x in a.items():
            found[place] = found.get(place, Fraction(0)) + c * x
    return {place: x for place, x in found.items() if x}


def bracket(a: Matrix, b: Matrix) -> Matrix:
    """a b - b a."""
    return combination((Fraction(1), Fraction(-1)), (_times(a, b), _times(b, a)))


def _times(a: Matrix, b: Matrix) -> Matrix:
    found: Matrix = {}
    for (i, k), x in a.items():
        for (r, j), y in b.items():
            if r == k:
                found[i, j] = found.get((i, j), Fraction(0)) + x * y
    return found


def dimension(matrices: Sequence[Matrix]) -> int:
    rows, columns = numbered(matrices)
    return rank(rows, columns)


def outside(matrices: Sequence[Matrix], others: Sequence[Matrix]) -> Matrix | None:
    """The first of ``others`` that is not in the span of ``matrices``, or None."""
    rows, columns = numbered([*matrices, *others])
    late = [i for i in independent(rows, columns) if i >= len(matrices)]
    return others[late[0] - len(matrices)] if late else None


def with_sign(matrices: Sequence[Matrix], sign: int) -> list[Matrix]:
    """A basis of the elements xi of the span with xi^T = sign xi."""
    one, other = Fraction(1), Fraction(-sign)
    rows, columns = numbered([combination((one, other), (a, transpose(a))) for a in matrices])
    equations = [{j: row[i] for j, row in enumerate(rows) if i in row} for i in range(columns)]
    found = [combination(c, matrices) for c in kernel(equations, len(matrices))]
    places, width = numbered(found)
    return [found[i] for i in independent(places, width)]
