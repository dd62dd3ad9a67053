"""The empirical Rademacher complexity of the unit balls of l1 and l2 at a few samples, over all
signs; what learning theory bounds held-out errors by is a multiple of it and of the norm of what
was learned. Bounds of it, some of which are claims: rademacher-balls.
"""

from __future__ import annotations

from itertools import product
from math import sqrt
from typing import Any

from numpy import array
from numpy.linalg import norm

MOST = 12  # samples: 2^11 signs


def complexities(x: Any) -> tuple[float, float] | None:
    """Of {|b|_1 <= 1} and of {|b|_2 <= 1} at the rows of x: the mean over all signs s of the
    largest sum of s_n x_n.b over n, divided by their number. None for more than 12 rows.
    """
    n = len(x)
    if n > MOST:
        return None
    signs = array([(1.0, *rest) for rest in product((1.0, -1.0), repeat=n - 1)])  # s and -s alike
    sums = signs @ x
    return float(abs(sums).max(axis=1).mean()) / n, float(norm(sums, axis=1).mean()) / n


def within_bounds(x: Any, one: float, two: float, rounded: float) -> bool:
    """As rademacher-balls says: the ball of l1 lies in that of l2; the largest l1 norm of a column
    over n bounds the first, |x|_F/n the second, and it is at least that over sqrt 2.
    """
    n, square = len(x), float(norm(x)) / len(x)
    column = float(abs(x).sum(axis=0).max()) / n
    pairs = ((one, two), (one, column), (two, square), (square / sqrt(2), two))
    return all(a <= b * (1 + rounded) for a, b in pairs)
