"""Systems of linear equations that are given by their values: solved exactly, as near to the
numbers that were drawn as free variables allow.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

Row = list[Fraction]


def solved(residual: Callable[[Sequence[Fraction]], Row], drawn: Sequence[Fraction]) -> Row | None:
    """x with residual(x) = 0, for a residual that is affine in x; None where there is none. What
    the equations leave free keeps the value that was drawn.
    """
    n = len(drawn)
    zero = [Fraction(0)] * n
    const = residual(zero)
    columns = []
    for k in range(n):
        unit = [*zero[:k], Fraction(1), *zero[k + 1 :]]
        columns.append([a - b for a, b in zip(residual(unit), const, strict=True)])
    rows = [[columns[k][r] for k in range(n)] + [-const[r]] for r in range(len(const))]
    pivots = _eliminated(rows, n)
    if pivots is None:
        return None
    found = list(drawn)
    for row, k in pivots:
        found[k] = row[n] - sum((row[j] * found[j] for j in range(n) if j != k), Fraction(0))
    return found


def _eliminated(rows: list[Row], n: int) -> list[tuple[Row, int]] | None:
    """Rows with one pivot each, which no other row contains; None for an inconsistent system."""
    pivots: list[tuple[Row, int]] = []
    for row in rows:
        for other, k in pivots:
            row = [a - row[k] * b for a, b in zip(row, other, strict=True)]
        k = next((j for j in reversed(range(n)) if row[j]), -1)
        if k < 0:
            if row[n]:
                return None
            continue
        row = [a / row[k] for a in row]
        pivots = [
            ([a - other[k] * b for a, b in zip(other, row, strict=True)], j) for other, j in pivots
        ]
        pivots.append((row, k))
    return pivots
