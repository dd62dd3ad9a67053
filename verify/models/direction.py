"""The direction v = S_W^-1 m of linear discriminant analysis, and the two exact traps that keep a
balanced flow from it.

TRAP_BY_DESCENT   J(w(0)) < 0 = J on m'w = 0 and J never increases, so the sign of m'w is kept.
Source: arXiv:2603.02622v1 setting.
TRAP_BY_SIGNS     balanced and L >= 2: each w_i keeps its sign and stays zero where it is zero.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from verify.models.losses import Loss
from verify.models.losses.matrices import Dense, dense
from verify.models.losses.ratio import FISHER
from verify.models.point import Point

Vector = tuple[Fraction, ...]


def is_fisher(loss: Loss) -> bool:
    """J = -(m'w)^2/(w'S_W w) with S_W positive definite."""
    return (
        loss.expr == FISHER.expr(1)
        and {"S_W", "m"} <= loss.data.keys()
        and positive_definite(dense(loss.data["S_W"]))  # type: ignore[arg-type]
    )


def optimum(loss: Loss) -> Vector:
    """v with S_W v = m."""
    return solve(dense(loss.data["S_W"]), loss.data["m"])  # type: ignore[arg-type]


@lru_cache(maxsize=64)
def solve(matrix: Dense, right: Vector) -> Vector:
    """Gauss over the rationals; the matrix is positive definite, so no pivot vanishes."""
    rows = [[*row, b] for row, b in zip(matrix, right, strict=True)]
    n = len(rows)
    for k in range(n):
        for i in range(n):
            if i != k and rows[i][k]:
                factor = rows[i][k] / rows[k][k]
                rows[i] = [a - factor * b for a, b in zip(rows[i], rows[k], strict=True)]
    return tuple(rows[k][n] / rows[k][k] for k in range(n))


@lru_cache(maxsize=64)
def positive_definite(matrix: Dense) -> bool:
    """All pivots of the elimination are positive."""
    rows = [list(row) for row in matrix]
    for k in range(len(rows)):
        if rows[k][k] <= 0:
            return False
        for i in range(k + 1, len(rows)):
            factor = rows[i][k] / rows[k][k]
            rows[i] = [a - factor * b for a, b in zip(rows[i], rows[k], strict=True)]
    return True


def sign(x: Fraction) -> int:
    """-1, 0 or 1."""
    return (x > 0) - (x < 0)


def agreement(point: Point) -> tuple[tuple[int, ...], int]:
    """Signs of w_i(0) v_i, and the sign of m'w(0)."""
    w, v = point.w, optimum(point.loss)
    m: Vector = point.loss.data["m"]  # type: ignore[assignment]
    inner = sum((a * b for a, b in zip(m, w, strict=True)), Fraction(0))
    return tuple(sign(a * b) for a, b in zip(w, v, strict=True)), sign(inner)


def trap(point: Point) -> str | None:
    """The rule by which a balanced start of depth >= 2 never reaches the direction of v or of -v,
    or None.
    """
    balanced = all(len({x * x for x in column}) == 1 for column in zip(*point.start, strict=True))
    if point.depth < 2 or not balanced or not is_fisher(point.loss) or 0 in optimum(point.loss):
        return None
    signs, side = agreement(point)
    if not side or not any(signs):
        return None
    if len(set(signs)) > 1:
        return "TRAP_BY_SIGNS"
    return "TRAP_BY_DESCENT" if signs[0] != side else None
