"""The gradient flow of 1/2 ||G||^2 on tuples of matrices of any sizes: W_k' = 2 (W_k G_(k-1) - G_k
W_k), G_0 = G_N = 0.

It moves along the fibre of X = W_N ... W_1: X is constant. Reference: arXiv:2511.01137v2, section
on the norm of the moment map. It is given by its loss; the gradient is differentiated along the
program.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from proofs.flows.fibre import least_on_fibre, squared
from proofs.flows.matrix_flow import Matrix, entries, fitting, moments, unflatten
from verify.exact.errors import BadInput
from verify.integrate.system import Moment, Quantity, Scalar, System

HALF = Fraction(1, 2)


def kirwan_ness_flow(
    layers: Sequence[Matrix],
    roots: Sequence[Fraction] | None = None,
    pace: Callable[[Moment], Scalar] | None = None,
) -> System:
    """From W_1, ..., W_N, exact, N >= 2. With ``roots`` (sigma^(1/N) of X, checked) the least
    ||W||^2 on the fibre is known. ``pace`` multiplies the energy: the same flow in another unit of
    time.

    Raises BadInput where sizes do not fit, there is one layer only, or the roots are not those of
    X.
    """
    shapes = several(layers)

    def energy(x: Sequence[Scalar], moment: Moment) -> Scalar:
        half = squared(moments(unflatten(x, shapes))) * HALF
        return half * pace(moment) if pace else half

    names, start, layout = entries("W", layers)
    sizes = " x ".join(str(d) for d in [shapes[-1][0], *(s[1] for s in reversed(shapes))])
    times = "a multiple of " if pace else ""
    title = f"gradient flow of {times}||G||^2/2, {len(layers)} layers, {sizes}"
    return System(
        title, names, start, loss=energy, layout=layout, quantities=tuple_quantities(layers, roots)
    )


def several(layers: Sequence[Matrix]) -> list[tuple[int, int]]:
    """The shapes of at least two layers. Raises BadInput where there are fewer, or sizes do not
    fit.
    """
    shapes = fitting(layers)
    if len(shapes) < 2:
        raise BadInput("a tuple of 1 layer has no moments G_k; expected N >= 2 layers")
    return shapes


def tuple_quantities(
    layers: Sequence[Matrix], roots: Sequence[Fraction] | None
) -> dict[str, Quantity]:
    """||G||, ||G||^2 and ||W||^2 of the state, and ||W||^2 - min where the roots of X are given."""
    shapes = several(layers)

    def balance(x: Sequence[Scalar], moment: Moment) -> Scalar:
        return moment.number(Fraction(0)) + squared(moments(unflatten(x, shapes)))

    def size(x: Sequence[Scalar], moment: Moment) -> Scalar:
        return moment.number(Fraction(0)) + squared([[x]])

    found: dict[str, Quantity] = {
        "||G||": lambda x, moment: balance(x, moment).power(HALF),
        "||G||^2": balance,
        "||W||^2": size,
    }
    if roots is not None:
        least = least_on_fibre(layers, roots)
        found["||W||^2 - min"] = lambda x, moment: size(x, moment) - least
    return found
