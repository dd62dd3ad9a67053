"""Scalar layers w_1, .., w_N (d = 1): moments, the fibre metric H and the balancing flow by exact
elimination.

With c_0 = c_N = 0 and b_0 = b_N = 0:

    G_k = w_k^2 - w_(k+1)^2,    H_k(c) = c_k (w_k^2 + w_(k+1)^2) - w_k^2 c_(k-1) - w_(k+1)^2
    c_(k+1), w_k' = -(b_k w_k - w_k b_(k-1)) with H(b) = G.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from verify.terms.expr import Expr


def moments(w: Sequence[Expr]) -> list[Expr]:
    """G_1, .., G_(N-1)."""
    return [a**2 - b**2 for a, b in pairwise(w)]


def metric(w: Sequence[Expr], c: Sequence[Expr]) -> list[Expr]:
    """H_1(c), .., H_(N-1)(c); c has N - 1 entries."""
    ends: list[Expr | None] = [None, *c, None]
    found = []
    for k, (a, b) in enumerate(pairwise(w), 1):
        row = c[k - 1] * (a**2 + b**2)
        for near, coupling in ((ends[k - 1], a**2), (ends[k + 1], b**2)):
            row = row if near is None else row - coupling * near
        found.append(row)
    return found


def multipliers(w: Sequence[Expr]) -> list[Expr]:
    """b with H(b) = G, by elimination downwards and substitution upwards; nothing is simplified."""
    size = len(w) - 1
    diagonal = [a**2 + b**2 for a, b in pairwise(w)]
    right = moments(w)
    for k in range(1, size):
        factor = w[k] ** 2 / diagonal[k - 1]
        diagonal[k] = diagonal[k] - factor * w[k] ** 2
        right[k] = right[k] + factor * right[k - 1]
    found = [right[-1] / diagonal[-1]]
    for k in reversed(range(size - 1)):
        found.insert(0, (right[k] + w[k + 1] ** 2 * found[0]) / diagonal[k])
    return found


def rates(w: Sequence[Expr], b: Sequence[Expr]) -> list[Expr]:
    """w_k' = (b_(k-1) - b_k) w_k; at the ends one of the two is 0."""
    inner = [(before - after) * x for before, after, x in zip(b[:-1], b[1:], w[1:-1], strict=True)]
    return [-b[0] * w[0], *inner, b[-1] * w[-1]]
