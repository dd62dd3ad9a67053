"""Settles: every trajectory of a gradient flow converges to one point, and a quantity vanishes
there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify.claims.conclusions.matrix_help import Aid
from verify.claims.conclusions.matrix_minimum import NORM
from verify.claims.conclusions.of_matrices import Obligation, OfMatrices
from verify.exact.errors import NotGeneric
from verify.models.motions import GradientFlow
from verify.terms.affine import p
from verify.terms.matrices import Mat, W, dot, inner, num, total

if TYPE_CHECKING:
    from verify.models.matrices import Matrices


@dataclass(frozen=True)
class Settles(OfMatrices):
    """From every start the flow exists for ever and converges to one point, where quantity = 0.

    Why: d/dt sum_k ||W_k||^2 = -(sum of squares), so the trajectory is bounded; the objective is a
    polynomial, so a bounded trajectory of its gradient flow converges to a critical point
    (LOJASIEWICZ); there sum_k <W_k, gradient_k> = factor * quantity = 0.
    """

    quantity: Mat
    kind = "matrix-settles"
    rule = "BOUNDED_BY_A_DECREASING_NORM"
    cited = ("LOJASIEWICZ",)
    said = "from every start the flow converges to one point, and {quantity} = 0 there"
    tex = r"W(t) \to W_\infty \text{ from every start}, \quad {quantity} = 0 \text{ at } W_\infty"

    def demands(self, setting: Matrices, aid: Aid) -> Iterator[Obligation]:
        if not isinstance(setting.motion, GradientFlow) or setting.motion.objective.has(
            "loss", "const"
        ):
            raise NotGeneric(
                "only the gradient flow of a polynomial without parameters settles by this rule"
            )
        gap = dot(NORM)
        for square in aid.squares:
            gap = gap + square.value()
        yield Obligation("bounded", gap)
        if not aid.factor:
            raise NotGeneric("the factor of the quantity at a critical point is zero")
        yield Obligation(
            "critical", total(inner(W[p], dot(W[p]))) + num(aid.factor) * self.quantity
        )

    def doubtful(self, setting: Matrices) -> Iterator[tuple[Obligation, str]]:
        return iter(())
