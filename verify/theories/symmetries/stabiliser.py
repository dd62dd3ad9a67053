"""The symmetry algebra of a parametrisation: all matrices xi with dphi(theta) xi theta = 0 for
every theta.

dphi_r(theta) xi theta = sum_ij xi_ij theta_j d phi_r / d theta_i is linear in xi; its coefficients,
monomial by monomial, are equations over Q, solved exactly. The space is a Lie algebra: it is the
stabiliser of the polynomials phi_r in gl_m.
"""

from __future__ import annotations

from collections.abc import Hashable
from fractions import Fraction

from verify.terms.polynomials import Poly, add, derivative, mul
from verify.theories.symmetries.actions import Case, Matrix
from verify.theories.symmetries.linear import kernel


def along(p: Poly, xi: Matrix) -> Poly:
    """Derivative of p along theta' = xi theta."""
    slopes: dict[int, Poly] = {i: derivative(p, i) for i, _ in xi}
    return add(*((x, mul(slopes[i], {(j,): Fraction(1)})) for (i, j), x in xi.items()))


def stabiliser(case: Case) -> list[Matrix]:
    """A basis, in reduced echelon form."""
    m = case.size
    equations: dict[Hashable, dict[int, Fraction]] = {}
    for r, p in enumerate(case.phi):
        for i in range(m):
            slope = derivative(p, i)
            for j in range(m):
                for monomial, x in slope.items():
                    equation = equations.setdefault((r, tuple(sorted((*monomial, j)))), {})
                    equation[m * i + j] = equation.get(m * i + j, Fraction(0)) + x
    return [
        {divmod(n, m): x for n, x in enumerate(row) if x}
        for row in kernel(list(equations.values()), m * m)
    ]
