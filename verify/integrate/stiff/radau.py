"""Radau IIA collocation on 0 <= tau <= 1: its nodes, and the matrices between values at the nodes
and Chebyshev coefficients in sigma = 2 tau - 1.

The nodes are 1 and where P_N - P_(N-1) vanishes besides (Legendre's polynomials); the last being 1
damps what is fast, as Gauss's nodes do not. Nothing here is rigorous and nothing needs to be: a
polynomial that was made with wrong nodes has a large defect.

Reference: E. Hairer, G. Wanner, Solving Ordinary Differential Equations II, IV.5.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi
from typing import Any

import numpy
from flint import arb, arb_mat

from verify.exact.precision import precision

TABLES = 64  # that are kept
FINER = 8  # places of a grid for each zero


@dataclass(frozen=True, slots=True)
class Tables:
    """For N nodes.

    ``nodes``     in (0, 1], ascending
    ``integral``  A: from the values of g at the nodes to those of the integral of g from 0
    ``primitive`` the same to the N + 1 Chebyshev coefficients of that integral
    ``rounded``   A in doubles
    """

    nodes: tuple[Any, ...]
    integral: Any
    primitive: Any
    rounded: Any


@lru_cache(TABLES)
def radau(n: int, bits: int) -> Tables:
    """The tables, correct to about ``bits`` bits."""
    with precision(2 * bits + 4 * n):
        sigma = _nodes(n)
        values = arb_mat([_chebyshev(x, n + 1) for x in sigma])
        square = arb_mat([row[:n] for row in values.tolist()])
        primitive = (_integration(n) * square.inv()).mid()
        integral = (values * primitive).mid()
    with precision(bits):
        rounded = numpy.array([[float(x) for x in row] for row in integral.tolist()])
        nodes = tuple(((x + 1) / 2).mid() for x in sigma)
        return Tables(nodes, (integral * 1).mid(), (primitive * 1).mid(), rounded)


@lru_cache(TABLES)
def risen(n: int, more: int, bits: int) -> Any:
    """From the values at n nodes of a polynomial that vanishes at 0 to those at the nodes of
    ``more``: no slopes, which multiply what is wrong by h |J|.
    """
    with precision(2 * bits):
        rows = lambda m: arb_mat(
            [
                [t - (-1) ** k for k, t in enumerate(_chebyshev(2 * x - 1, n + 1))][1:]
                for x in radau(m, bits).nodes
            ]
        )
        found = (rows(more) * rows(n).inv()).mid()
    with precision(bits):
        return (found * 1).mid()


def _nodes(n: int) -> list[Any]:
    """Newton's method in sigma, from where P_N - P_(N-1) changes its sign on a grid that is finer
    than its zeros are apart.
    """
    grid = [-cos(pi * k / (FINER * n)) for k in range(FINER * n)]
    signs = [_difference(n, x) > 0 for x in grid]
    turns = [k for k in range(1, len(grid)) if signs[k] != signs[k - 1]]
    return [*(_root(n, arb((grid[k] + grid[k - 1]) / 2)) for k in turns), arb(1)]


def _difference(n: int, x: float) -> float:
    """P_n - P_(n-1) by the recurrence of P."""
    before, last = 1.0, x
    for k in range(1, n):
        before, last = last, ((2 * k + 1) * x * last - k * before) / (k + 1)
    return last - before


def _root(n: int, x: Any) -> Any:
    """Of q = P_n - P_(n-1) near x: (1 - x^2) P_n' = n (P_(n-1) - x P_n)."""
    for _ in range(12):
        p = [arb(1), x]
        for k in range(1, n):
            p.append(((2 * k + 1) * x * p[k] - k * p[k - 1]) / (k + 1))
        turn = n * (p[n - 1] - x * p[n]) - (n - 1) * (p[n - 2] - x * p[n - 1])
        x = (x - (p[n] - p[n - 1]) * (1 - x * x) / turn).mid()
    return x


def _chebyshev(x: Any, length: int) -> list[Any]:
    found = [arb(1), x]
    while len(found) < length:
        found.append(2 * x * found[-1] - found[-2])
    return found


def _integration(n: int) -> Any:
    """From n Chebyshev coefficients in sigma to those of the integral over tau from 0."""
    table = [[arb(0)] * n for _ in range(n + 1)]
    for k in range(n):
        table[k + 1][k] += arb(1) / (4 * (k + 1)) if k else arb(1) / 2
        if k > 1:
            table[k - 1][k] -= arb(1) / (4 * (k - 1))
    for k in range(n):  # the integral vanishes at sigma = -1
        table[0][k] = -sum((table[j][k] * (-1) ** j for j in range(1, n + 1)), arb(0))
    return arb_mat(table)
