"""Arguments of exp in a lattice basis: equal, opposite, multiple and summed arguments, and those
that differ by a constant or by a function of the tensors alone.

Columns are arguments, rows are points modulo a prime. An integer combination of arguments whose
derivatives by the inputs vanish is a function of the tensors alone; one whose derivatives by the
tensors vanish as well is a constant. What is left has derivatives of full rank, so that it is
independent over Q modulo constants (a relation would be one modulo the prime).
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm
from typing import Any

import numpy as np

from verify.exact.errors import NoValue
from verify.trace.linear import echelon, rational, reduced

UNRELATED = (
    "arguments of exp are related by coefficients that are no small fractions (a float constant is"
    " a binary fraction): the count would not be exact"
)


def relations(slopes: Any, p: int) -> list[list[Fraction]]:
    """Of (points, n) derivatives: the coefficients of each column in the pivots. Raises NoValue
    where one is no small fraction.
    """
    form, pivots = reduced(slopes, p)
    rows: list[list[Fraction]] = []
    for j in range(slopes.shape[1]):
        found = [rational(int(form[i, j]), p) for i in range(len(pivots))]
        if None in found:
            raise NoValue(UNRELATED)
        rows.append([x for x in found if x is not None])
    return rows


def split(rows: list[list[Fraction]]) -> tuple[list[list[int]], list[list[int]], int]:
    """(U, its inverse, r): of the combinations U of what the rows describe the first r are a basis,
    the others vanish.
    """
    if not rows or not rows[0]:
        n = len(rows)
        unit = [[int(i == j) for j in range(n)] for i in range(n)]
        return unit, unit, 0
    common = lcm(*(x.denominator for row in rows for x in row))
    return echelon([[int(x * common) for x in row] for row in rows])


def in_basis(values: Any, by_input: Any, by_tensor: Any, field: Any) -> tuple[Any, int, int]:
    """Of (points, n) arguments and their derivatives: exponents (n, drawn + held + 1), drawn and
    held; the last column belongs to e to the power of ``unit`` (its value is free, so that only
    the ratios of constants matter).
    """
    p = field.p
    u, back, drawn = split(relations(by_input, p))
    n = len(u)
    lower = _columns(u[drawn:], n, p)
    tensor_slopes = field.matmul(by_tensor, lower)
    v, forth, held = split(relations(tensor_slopes, p))
    last = _columns(v[held:], n - drawn, p)
    constants = field.matmul(field.matmul(values, lower), last)
    powers, _ = _constants(constants, p)
    made = np.zeros((n, drawn + held + 1), dtype=object)
    whole = np.array(back, dtype=object).reshape(n, n)
    made[:, :drawn] = whole[:, :drawn]
    inner = np.array(forth, dtype=object).reshape(n - drawn, n - drawn)
    made[:, drawn : drawn + held] = whole[:, drawn:].dot(inner[:, :held])
    if len(powers):
        made[:, -1] = whole[:, drawn:].dot(inner[:, held:]).dot(np.array(powers, dtype=object))
    return made, drawn, held


def _columns(rows: list[list[int]], width: int, p: int) -> Any:
    made = np.zeros((width, len(rows)), np.uint64)
    for j, row in enumerate(rows):
        made[:, j] = [x % p for x in row]
    return made


def _constants(values: Any, p: int) -> tuple[list[int], Fraction]:
    """Constants as whole multiples of one. Raises NoValue for what is no small fraction."""
    found: list[Fraction] = []
    for column in values.T:
        x = rational(int(column[0]), p) if (column == column[0]).all() else None
        if x is None:
            raise NoValue("arguments of exp differ by a constant that is no small fraction")
        found.append(x)
    common = lcm(*(x.denominator for x in found)) if found else 1
    unit = Fraction(gcd(*(int(x * common) for x in found)) if found else 0, common)
    return [int(x / unit) if unit else 0 for x in found], unit
