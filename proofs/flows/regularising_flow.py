"""The gradient flow of 1/2 ||W||^2 on the fibre of X = W_N ... W_1:  W' = -w_b with H(b) = G.

    (w_a)_k = a_k W_k - W_k a_(k-1),   a_0 = a_N = 0
    H(c)_k  = (w_c)_k W_k^T - W_(k+1)^T (w_c)_(k+1)

Reference: arXiv:2511.01137v2, Theorem on the regularising flow: X is constant and G(t) = G(0)
e^(-2t). Where all layers are invertible H is positive definite, so that elimination needs no choice
of pivots and the flow is smooth. H(b) = G has a solution
for every W, and w_b does not depend on which: ``exact_slopes`` finds it at any rank and for any
sizes.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from proofs.flows.fibre import characteristic, least_on_fibre, squared
from proofs.flows.kirwan_ness_flow import several, tuple_quantities
from proofs.flows.matrix_flow import (
    Matrix,
    entries,
    fitting,
    flat,
    group,
    inner,
    moments,
    product,
    unflatten,
)
from verify.exact.errors import BadInput
from verify.integrate.system import Moment, Quantity, Scalar, System

MOST_UNKNOWNS = 12  # of the system that is eliminated in every evaluation of the field


def regularising_flow(layers: Sequence[Matrix], roots: Sequence[Fraction] | None = None) -> System:
    """From W_1, ..., W_N, exact, square and invertible, N >= 2; ``roots`` as for the Kirwan-Ness
    flow.

    Raises BadInput where the layers are not so, or (N - 1) d^2 > 12: larger fields are written once
    and evaluated for ever.
    """
    shapes = several(layers)
    size = shapes[0][0]
    if {n for s in shapes for n in s} != {size} or characteristic(product(layers))[-1] == 0:
        raise BadInput(
            f"layers of shapes {shapes}: expected square, invertible layers of one size: elsewhere"
            " w_b need not be smooth; exact_slopes gives it at one point"
        )
    if (unknowns := (len(layers) - 1) * size**2) > MOST_UNKNOWNS:
        raise BadInput(
            f"{len(layers)} layers of size {size} need {unknowns} unknowns b; expected at most"
            f" {MOST_UNKNOWNS}"
        )

    def field(x: Sequence[Scalar], moment: Moment) -> list[Scalar]:
        w = unflatten(x, shapes)
        rows, right = equations(w)
        b = eliminated(rows, right)
        return [
            -v for layer in generated(w, unflatten(b, inner(shapes))) for row in layer for v in row
        ]

    quantities = tuple_quantities(layers, roots)
    if first := squared(moments(layers)):
        quantities["e^(4t) ||G||^2/||G(0)||^2"] = _scaled(quantities["||G||^2"], 4, first)
    if roots is not None and (first := squared(layers) - least_on_fibre(layers, roots)):
        quantities["e^(2t) m/m(0), m = ||W||^2 - min"] = _scaled(
            quantities["||W||^2 - min"], 2, first
        )
    names, start, layout = entries("W", layers)
    title = f"gradient flow of ||W||^2/2 on the fibre, {len(layers)} layers of size {size}"
    return System(title, names, start, field, layout=layout, quantities=quantities)


def _scaled(quantity: Quantity, rate: int, by: Fraction) -> Quantity:
    return lambda x, moment: quantity(x, moment) * (moment.time * rate).exp() * (1 / Fraction(by))


def generated(w: Sequence[Matrix], a: Sequence[Matrix]) -> list[Matrix]:
    """w_a, the derivative of the action W_k -> g_k W_k g_(k-1)^(-1) in the direction a = (a_1, ...,
    a_(N-1)).
    """
    shapes = fitting(w)
    return list(unflatten(group(shapes).moved(flat(a), flat(w)), shapes))


def equations(w: Sequence[Matrix]) -> tuple[list[list[Scalar]], list[Scalar]]:
    """H as a matrix on the entries of b in a row, and the entries of G: H(c) is the adjoint of a ->
    w_a at w_c.
    """
    acting, theta = group(fitting(w)), flat(w)
    count = len(acting.directions)
    units = ([Fraction(int(i == j)) for i in range(count)] for j in range(count))
    columns = [acting.paired(acting.moved(unit, theta), theta) for unit in units]
    return [list(row) for row in zip(*columns, strict=True)], acting.paired(theta, theta)


def eliminated(rows: list[list[Scalar]], right: list[Scalar]) -> list[Scalar]:
    """The solution of a positive definite system: its pivots are positive in every order."""
    rows, right = [list(row) for row in rows], list(right)
    size = len(right)
    for k in range(size):
        for i in range(k + 1, size):
            factor = rows[i][k] / rows[k][k]
            rows[i] = [x - factor * y for x, y in zip(rows[i], rows[k], strict=True)]
            right[i] = right[i] - factor * right[k]
    found: list[Scalar] = [Fraction(0)] * size
    for k in reversed(range(size)):
        known = sum((rows[k][j] * found[j] for j in range(k + 1, size)), Fraction(0))
        found[k] = (right[k] - known) / rows[k][k]
    return found


def exact_slopes(layers: Sequence[Matrix]) -> list[Matrix]:
    """-w_b at an exact tuple of any sizes and rank, by reduced echelon form over the rationals.
    Raises BadInput for one layer.
    """
    from flint import fmpq, fmpq_mat

    several(layers)
    rows, right = equations(layers)
    size = len(right)
    table = [
        fmpq(x.numerator, x.denominator)
        for row, y in zip(rows, right, strict=True)
        for x in map(Fraction, [*row, y])
    ]
    reduced, rank = fmpq_mat(size, size + 1, table).rref()
    b = [Fraction(0)] * size
    for i in range(rank):
        pivot = next(j for j in range(size + 1) if reduced[i, j] != 0)
        if pivot == size:
            raise ArithmeticError("H(b) = G has no solution: that contradicts G in the range of H")
        b[pivot] = Fraction(int(reduced[i, size].p), int(reduced[i, size].q))
    found = generated(layers, unflatten(b, inner(fitting(layers))))
    return [[[-x for x in row] for row in layer] for layer in found]
