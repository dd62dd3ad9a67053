"""Linear equations over the rationals."""

from __future__ import annotations

from fractions import Fraction


def solution(rows: list[list[Fraction]], count: int) -> tuple[Fraction, ...] | None:
    """Of equations in so many unknowns, the last column on the right; an unknown that is free is 0.
    None where there is none, or no equation.
    """
    pivots: list[tuple[int, list[Fraction]]] = []
    for row in rows:
        for j, known in pivots:
            c = row[j]
            row = [x - c * y for x, y in zip(row, known, strict=True)] if c else row
        pivot = next((j for j, x in enumerate(row) if x), None)
        if pivot == count:
            return None
        if pivot is not None:
            pivots.append((pivot, [x / row[pivot] for x in row]))
    if not pivots:
        return None
    found = [Fraction(0)] * count
    for j, row in reversed(pivots):
        found[j] = row[-1] - sum(row[k] * found[k] for k in range(count) if k != j)
    return tuple(found)
