"""The balancing flow of a linear system in its intrinsic metric: P' = W_o - P W_c P, P symmetric
and 2 x 2.

W_c and W_o are the Gramians, h_i = sqrt(eig(W_c W_o)). At the limit P W_c has the eigenvalues h_i,
so the flow converges at the rate 2 h_min; where a Gramian is singular, h_min = 0 and it is
algebraic. Reference: U. Helmke, J. B. Moore, Optimization and Dynamical Systems, Springer 1994; the
rate is derived.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from proofs.flows.fibre import characteristic
from proofs.flows.matrix_flow import Matrix, determinant, entries, multiply, subtract, unflatten
from verify.exact.errors import BadInput
from verify.integrate.system import Moment, Scalar, System

SHAPE = [(2, 2)]
HALF = Fraction(1, 2)


def riccati_flow(
    controllability: Matrix, observability: Matrix, start: Matrix, squares: Sequence[Fraction]
) -> System:
    """W_c, W_o and P(0), exact and symmetric, P(0) > 0; ``squares`` are the h_i^2, which are
    checked.

    Raises BadInput where the matrices are not so, a Gramian is not >= 0, or the squares are not the
    eigenvalues of W_c W_o.
    """
    for name, m in (("W_c", controllability), ("W_o", observability), ("P(0)", start)):
        _check(name, m, strict=name == "P(0)")

    first_square, second_square = squares
    if characteristic(multiply(controllability, observability)) != [
        1,
        -first_square - second_square,
        first_square * second_square,
    ]:
        raise BadInput(
            f"h^2 = {first_square}, {second_square} are not the eigenvalues of W_c W_o; the rate is"
            " 2 h_min: give them"
        )

    def slopes(x: Sequence[Scalar]) -> Matrix:
        p = unflatten(x, SHAPE)[0]
        return subtract(observability, multiply(multiply(p, controllability), p))

    def field(x: Sequence[Scalar], moment: Moment) -> list[Scalar]:
        return [moment.number(Fraction(0)) + v for row in slopes(x) for v in row]

    names, first, layout = entries("P", [start])
    residual = lambda x, moment: sum(
        (v * v for row in slopes(x) for v in row), moment.number(Fraction(0))
    )
    quantities = {
        "||W_o - P W_c P||": lambda x, moment: residual(x, moment).power(HALF),
        "det P": lambda x, moment: determinant(unflatten(x, SHAPE)[0]),
    }
    return System(
        "Riccati flow P' = W_o - P W_c P, 2 x 2",
        names,
        first,
        field,
        layout=layout,
        quantities=quantities,
    )


def _check(name: str, m: Matrix, strict: bool) -> None:
    if [len(row) for row in m] != [2, 2] or m[0][1] != m[1][0]:
        raise BadInput(f"{name} = {m!r}; expected a symmetric 2 x 2 matrix")
    ends = (m[0][0], m[1][1], determinant(m))
    if any(v < 0 or (strict and not v) for v in ends):
        raise BadInput(
            f"{name} = {m!r} has diagonal and determinant {ends}; expected"
            f" {'> 0' if strict else '>= 0'}"
        )
