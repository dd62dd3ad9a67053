"""The learning flow with weight decay: the gradient flow of E(X) + kappa/2 ||W||^2, X = W_N ...
W_1, E = 1/2 ||X - Y||^2.

Its moments obey G(t) = G(0) e^(-2 kappa t) whatever E is. Reference: arXiv:2511.01137v2, the
fast-slow picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from proofs.flows.fibre import squared
from proofs.flows.kirwan_ness_flow import several, tuple_quantities
from proofs.flows.matrix_flow import Matrix, entries, moments, product, subtract, unflatten
from verify.exact.errors import BadInput
from verify.integrate.system import Moment, Scalar, System

HALF = Fraction(1, 2)


def regularised_flow(layers: Sequence[Matrix], target: Matrix, kappa: Fraction) -> System:
    """From W_1, ..., W_N, exact; ``target`` is Y. Quantities: E, ||W||^2, ||G||, ||G||^2 and
    ||G||^2/||G(0)||^2.

    Raises BadInput where sizes do not fit, kappa is not exact or < 0.
    """
    shapes = several(layers)
    if (len(target), len(target[0])) != (shapes[-1][0], shapes[0][1]):
        raise BadInput(
            f"Y is {len(target)} x {len(target[0])}, X is {shapes[-1][0]} x {shapes[0][1]};"
            " expected the same size"
        )
    if not isinstance(kappa, (int, Fraction)) or kappa < 0:
        raise BadInput(f"kappa = {kappa!r}; expected an exact number >= 0, such as Fraction(1, 10)")

    def error(x: Sequence[Scalar], moment: Moment) -> Scalar:
        return squared([subtract(product(unflatten(x, shapes)), target)]) * HALF

    def loss(x: Sequence[Scalar], moment: Moment) -> Scalar:
        return error(x, moment) + squared([[x]]) * (kappa * HALF) if kappa else error(x, moment)

    quantities = tuple_quantities(layers, None) | {"E": error}
    balance, first = quantities["||G||^2"], squared(moments(layers))
    if first:
        quantities["||G||^2/||G(0)||^2"] = lambda x, moment: balance(x, moment) * (1 / first)
    names, start, layout = entries("W", layers)
    return System(
        f"learning flow, weight decay {kappa}",
        names,
        start,
        loss=loss,
        layout=layout,
        quantities=quantities,
    )
