"""Conserved: a quantity is constant along the flow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify.claims.conclusions.base import Conclusion, Failure, Hints, vanishes
from verify.terms.expr import Expr, dot
from verify.terms.order import order_needed

if TYPE_CHECKING:
    from verify.models.jets import Motion


@dataclass(frozen=True)
class Conserved(Conclusion):
    """D(quantity) = 0, hence quantity(t) = quantity(0) for as long as the flow exists."""

    quantity: Expr
    kind = "conserved"
    rule = "ZERO_DERIVATIVE_IS_CONSTANT"
    said = "{quantity} is constant for as long as the flow exists"
    tex = "{quantity(t)} = {quantity(0)}"

    def obligations(self, hints: Hints) -> tuple[Expr, ...]:
        return (dot(self.quantity),)

    def order(self) -> int:
        return 1 + order_needed(self.quantity)

    def fails(self, motion: Motion, scope: Mapping[str, int]) -> Failure | None:
        return vanishes(motion, scope, dot(self.quantity))
