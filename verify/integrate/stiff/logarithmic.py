"""An upper bound of the logarithmic 2-norm along a step: M(sigma) = mu I - (J + J^T)/2, as series
that hold it over a tube, is positive definite.

In the eigenvectors V of its middle (any V will do: V^T M V > 0 says the same), L D L^T on series
eliminates the fast directions first, so that what varies in them does not reach the slow ones but
through their Schur complement. Every pivot is a series that stays above 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import isfinite
from typing import Any

import numpy
from flint import arb, arb_mat, arb_poly, ctx

from verify.exact.precision import precision
from verify.integrate.enclosure import NotEnclosed
from verify.integrate.stiff.arc import Arc
from verify.integrate.stiff.chebyshev import Series, at, cut, least, norm, product, restriction
from verify.integrate.stiff.composed import reciprocal
from verify.integrate.stiff.field import number
from verify.integrate.stiff.hessian import jacobian, tube
from verify.integrate.stiff.model import clock_of
from verify.integrate.stiff.rotations import spectrum
from verify.integrate.trace import Program

Matrix = list[list[Series]]
FINE, GUARD = 20, 64  # bits below 1/h of what is left out; bits of precision below that
PLACES = 9  # where eigenvalues are looked at
FIRST_PARTS, MOST_PARTS = 2, 64
MARGINS = (2.0**-9, 2.0**-6, 2.0**-3, 1.0)  # of mu, over the length of a part


def growth(program: Program, arc: Arc, radius: Any) -> list[Fraction]:
    """mu for each of equally long parts of the step, valid within ``radius`` of the polynomials.
    Raises NotEnclosed.
    """
    parts, bits = FIRST_PARTS, max(0, round(arc.stiffness)) + FINE + GUARD
    while True:
        try:
            with precision(bits):
                return [_part(program, arc, radius, k, parts) for k in range(parts)]
        except NotEnclosed:
            if parts >= MOST_PARTS:
                with precision(bits):  # where the step leads to is the cause, if that fails as well
                    _part(program, arc, radius, parts - 1, parts)
                raise
        parts *= 2


def _part(program: Program, arc: Arc, radius: Any, part: int, parts: int) -> Fraction:
    h = number(arc.h) / parts
    fine = (arb(2) ** -FINE / h).mid()
    unit, length = arb(2) ** -arc.bits, len(arc.rows[0])
    whole = arb_mat([[unit * x for x in c] for c in arc.rows])
    rows = (whole * restriction(length, part, parts, ctx.prec + 2 * length)).tolist()
    small = fine * arb(2) ** -GUARD
    states = [cut(tube(c, radius), small) for c in rows]
    clock = clock_of(number(arc.begin) + h * part, h)
    j = jacobian(program, states, clock, fine / len(rows))
    n = range(len(rows))
    half = arb(1) / 2
    symmetric = [[(j[a][b] + j[b][a]) * half for b in n] for a in n]
    return bound(symmetric, float(h), fine)


def bound(a: Matrix, h: float, fine: Any) -> Fraction:
    """mu with mu I - A > 0 for every symmetric matrix that the series hold, little above the
    largest eigenvalue. Raises NotEnclosed.
    """
    top, vectors = _eigen(a)
    turned = congruent(a, vectors, fine)
    gram = vectors.transpose() * vectors
    noise = float(max((norm(x) for row in a for x in row), key=float)) * 2.0**-46
    for margin in MARGINS:
        guess = top + margin / h + noise
        if not isfinite(guess):
            break
        mu = Fraction(guess)
        if is_definite(shifted(turned, gram, number(mu)), fine):
            return mu
        noise *= 4
    raise NotEnclosed("no factorisation bounds the Jacobian")


def _eigen(a: Matrix) -> tuple[float, Any]:
    """About the largest eigenvalue on the interval, and eigenvectors in the middle, the fastest
    first, as an exact matrix.
    """
    places = [arb(2 * k - PLACES + 1) / (PLACES - 1) for k in range(PLACES)]
    stack = numpy.array([[[float(at(x, p)) for x in row] for row in a] for p in places])
    if not numpy.isfinite(stack).all():
        raise NotEnclosed("the Jacobian is not bounded on the tube around the solution")
    values, vectors = spectrum(stack)
    middle = vectors[PLACES // 2].tolist()
    return float(values[:, -1].max()), arb_mat([[arb(x) for x in row] for row in middle])


def congruent(a: Matrix, v: Any, fine: Any) -> Matrix:
    """V^T A V, its lower triangle."""
    n, table = range(len(a)), v.tolist()
    right = [[_combined([(a[i][k], table[k][j]) for k in n]) for j in n] for i in n]
    turned = lambda i, j: _combined([(right[k][j], table[k][i]) for k in n])
    return [[cut(turned(i, j), fine / len(a)) for j in range(i + 1)] for i in n]


def _combined(terms: Sequence[tuple[Series, Any]]) -> Series:
    return sum((x * k for x, k in terms), arb_poly([0]))


def shifted(a: Matrix, gram: Any, mu: Any) -> Matrix:
    """mu V^T V - V^T A V, the lower triangle."""
    table = gram.tolist()
    return [
        [arb_poly([mu * table[i][j]]) - x for j, x in enumerate(row)] for i, row in enumerate(a)
    ]


def is_definite(s: Matrix, fine: Any) -> bool:
    """Whether every symmetric matrix that is held (lower triangle) is positive definite: yes where
    all pivots of L D L^T are shown to be > 0.
    """
    n = len(s)
    s = [list(row) for row in s]
    for k in range(n):
        pivot = s[k][k]
        if not (least(pivot) > 0 and at(pivot, arb(0)) > 0):
            return False
        if k == n - 1:
            break
        try:
            over = reciprocal(pivot)
        except NotEnclosed:
            return False
        for i in range(k + 1, n):
            factor = cut(product(s[i][k], over), fine / (norm(s[i][k]) + fine) / n)
            for j in range(k + 1, i + 1):
                s[i][j] = cut(s[i][j] - product(factor, s[j][k]), fine / (n * n))
    return True
