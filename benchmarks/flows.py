"""Exact points for timing: the ratio -(w'S_B w)/(w'S_W w) with S_B of rank one and S_W diagonal
plus rank two, or dense.
"""

from __future__ import annotations

from fractions import Fraction

from verify.models.losses import Loss
from verify.models.losses.matrices import DiagonalPlus, Matrix, Vector
from verify.models.point import Point
from verify.terms.expr import quad


def small(width: int, step: int) -> Vector:
    """Entries of both signs, of the size 1/sqrt(width): a term v v' then stays bounded as the width
    grows.
    """
    scale = max(1, round(width**0.5))
    return tuple(Fraction((step * i) % 7 - 3, 3 * scale) for i in range(1, width + 1))


def pulling(width: int) -> Vector:
    """Positive and unequal: S_B w is far from 0 at every width, so the flow never stands still, and
    each g_i stays near 1.
    """
    return tuple(Fraction(2 + i % 5, 3) for i in range(width))


def within(width: int, full: bool) -> Matrix:
    """I plus small diagonal terms plus rank two; as it is, or written out, which the program then
    has no shortcut through.
    """
    diagonal = tuple(1 + Fraction(i % 3, 5) for i in range(width))
    sparse = DiagonalPlus(diagonal, (small(width, 3), small(width, 5)))
    if not full:
        return sparse
    rows = [
        [sum((v[i] * v[j] for v in sparse.terms), Fraction(1, 100 * width)) for j in range(width)]
        for i in range(width)
    ]
    for i in range(width):
        rows[i][i] += diagonal[i]
    return tuple(tuple(row) for row in rows)


def ratio(width: int, full: bool = False) -> Loss:
    data = {
        "S_B": DiagonalPlus((Fraction(0),) * width, (pulling(width),)),
        "S_W": within(width, full),
    }
    return Loss("ratio", "-(w'S_B w)/(w'S_W w)", -quad("S_B") / quad("S_W"), data)


def balanced(depth: int, width: int, full: bool = False) -> Point:
    """u_l = (1, 11/10, 9/10, 1, ...) for every l: entries that are equal in a column share a state
    in the engine.
    """
    row = tuple(1 + Fraction(i % 3 if i % 3 < 2 else -1, 10) for i in range(width))
    return Point((row,) * depth, ratio(width, full))


def unbalanced(depth: int, width: int, full: bool = False) -> Point:
    """Every entry of a column is different, so that depth * width states are integrated; the
    products stay near 1.
    """
    rows = []
    for l in range(depth):
        tilt = Fraction(2 * l + 1 - depth, 20 * depth)
        rows.append(tuple(1 + tilt * (1 if i % 2 else -1) for i in range(width)))
    return Point(tuple(rows), ratio(width, full))
