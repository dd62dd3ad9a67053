"""Exact linear algebra over Q by python-flint, on sparse rows, and the few operations on matrices
that algebras need.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from flint import fmpq, fmpq_mat, nmod_mat

from verify.theories.symmetries.actions import Matrix

Row = Mapping[int, Fraction]
PRIME = 2**61 - 1


def rank(rows: Sequence[Row], columns: int) -> int:
    """Of sparse rows with the given number of columns."""
    return _dense(rows, columns).rank() if rows and columns else 0


def rank_at_least(rows: Sequence[Row], columns: int) -> int:
    """A lower bound, fast: the rank modulo a prime. A minor that is not 0 there is not 0 over Q; a
    row whose denominators the prime divides is left out.
    """
    kept = _kept(rows)
    return _modulo([rows[n] for n in kept], columns).rank() if kept and columns else 0


def showing(rows: Sequence[Row], columns: int) -> list[int]:
    """Numbers of rows, as many as that bound counts, that show it: the first independent ones."""
    kept = _kept(rows)
    if not kept or not columns:
        return []
    reduced, r = _modulo([rows[n] for n in kept], columns).transpose().rref()
    at = (next(j for j in range(len(kept)) if int(reduced[i, j])) for i in range(r))
    return [kept[j] for j in at]


def _kept(rows: Sequence[Row]) -> list[int]:
    return [n for n, row in enumerate(rows) if all(x.denominator % PRIME for x in row.values())]


def _modulo(rows: Sequence[Row], columns: int) -> nmod_mat:
    found = nmod_mat(len(rows), columns, PRIME)
    for i, row in enumerate(rows):
        for j, x in row.items():
            found[i, j] = x.numerator * pow(x.denominator, -1, PRIME) % PRIME
    return found


def kernel(rows: Sequence[Row], columns: int) -> list[list[Fraction]]:
    """A basis of all x with row . x = 0, in reduced echelon form: the same for equal spaces.

    Columns that no chain of rows connects are solved apart.
    """
    basis = []
    for own, members in _connected(rows, columns):
        place = {j: n for n, j in enumerate(members)}
        inside = [{place[j]: x for j, x in row.items() if x} for row in own]
        for free, found in _solved(inside, len(members)):
            x = [Fraction(0)] * columns
            for n, value in enumerate(found):
                x[members[n]] = value
            basis.append((members[free], x))
    return [x for _, x in sorted(basis, key=lambda pair: pair[0])]


def _solved(rows: Sequence[Row], columns: int) -> list[tuple[int, list[Fraction]]]:
    """Each free column, with its vector of the basis."""
    reduced, r = _dense(rows, columns).rref() if rows else (fmpq_mat(1, columns), 0)
    pivots = [next(j for j in range(columns) if reduced[i, j] != 0) for i in range(r)]
    basis = []
    for free in (j for j in range(columns) if j not in pivots):
        x = [Fraction(0)] * columns
        x[free] = Fraction(1)
        for i, p in enumerate(pivots):
            x[p] = -_fraction(reduced[i, free])
        basis.append((free, x))
    return basis


def _connected(rows: Sequence[Row], columns: int) -> list[tuple[list[Row], list[int]]]:
    """Rows and columns in parts that share none; equal rows once."""
    leader = list(range(columns))

    def of(j: int) -> int:
        while leader[j] != j:
            leader[j] = leader[leader[j]]
            j = leader[j]
        return j

    different = {tuple(sorted((j, x) for j, x in row.items() if x)): row for row in rows}
    for row in different:
        for j, _ in row[1:]:
            leader[max(of(j), of(row[0][0]))] = min(of(j), of(row[0][0]))
    parts: dict[int, tuple[list[Row], list[int]]] = {}
    for j in range(columns):
        parts.setdefault(of(j), ([], []))[1].append(j)
    for row in different:
        if row:
            parts[of(row[0][0])][0].append(dict(row))
    return list(parts.values())


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
