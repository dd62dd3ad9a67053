"""The gradient flow of -(m'w)^2/(w'S w), w that of the diagonal network, two inputs.

Quantities: J and w2/w1. The loss is
scale-invariant, and balance keeps w away from 0: |w_1|^(2/L) + |w_2|^(2/L) is constant.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from verify.integrate.system import Moment, Scalar, System
from verify.models.catalogue.diagonal import MODEL
from verify.models.compiled import compiled


def fisher_flow(
    layers: Sequence[tuple[Fraction, Fraction]],
    scatter: tuple[Fraction, Fraction, Fraction],
    means: tuple[Fraction, Fraction],
) -> System:
    """``layers`` u_1, ..., u_L; ``scatter`` S_11, S_12, S_22; ``means`` m."""
    depth, (a, b, c) = len(layers), scatter
    line = compiled(MODEL, {"L": depth, "n": 2})

    def weights(x: Sequence[Scalar]) -> list[Scalar]:
        return line.at(x, Fraction).phi

    def ratio(x: Sequence[Scalar], moment: Moment) -> Scalar:
        w1, w2 = weights(x)
        return -((w1 * means[0] + w2 * means[1]) ** 2) / (
            w1 * w1 * a + w1 * w2 * (2 * b) + w2 * w2 * c
        )

    def slope(x: Sequence[Scalar], moment: Moment) -> Scalar:
        w1, w2 = weights(x)
        return w2 / w1

    names = tuple(f"u_{k}[{i}]" for k in range(1, depth + 1) for i in (1, 2))
    start = tuple(Fraction(x) for u in layers for x in u)
    return System(
        f"Fisher ratio, depth {depth}",
        names,
        start,
        loss=ratio,
        quantities={"J": ratio, "w2/w1": slope},
    )
