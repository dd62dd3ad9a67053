"""Radau IIA collocation on 0 <= tau <= 1: its nodes, and the matrices between values at the nodes
and Chebyshev coefficients in sigma = 2 tau - 1.

The nodes are 1 and where P_N - P_(N-1) vanishes besides (Legendre's polynomials); the last being 1
damps what is fast, as Gauss's nodes do not. Nothing here is rigorous and nothing needs to be: a
polynomial that was made with wrong nodes has a large defect.

Reference: E. Hairer, G. Wanner, Solving Ordinary Differential Equations II, IV.5.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy
from flint import arb, arb_mat

from verify.exact.precision import precision


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


@cache
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


@cache
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
    """Newton's method in sigma, from the eigenvalues of a Jacobi matrix."""
    k = numpy.arange(1.0, n)
    beta = k / numpy.sqrt(4 * k * k - 1)
    last = numpy.zeros(n)
    last[-1] = _last_entry(beta)
    guesses = numpy.linalg.eigvalsh(numpy.diag(last) + numpy.diag(beta, 1) + numpy.diag(beta, -1))
    return [*(_root(n, arb(float(x))) for x in guesses[:-1]), arb(1)]


def _last_entry(beta: Sequence[float]) -> float:
    """That gives the Jacobi matrix the eigenvalue 1: the last pivot of I - J vanishes."""
    pivot = 1.0
    for b in beta[:-1]:
        pivot = 1 - b * b / pivot
    return float(1 - beta[-1] ** 2 / pivot)


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
