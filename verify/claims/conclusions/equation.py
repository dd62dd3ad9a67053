"""Equation: two expressions agree at every admitted state (and, with D, along the flow; with next,
after a step).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify.claims.conclusions.base import Conclusion, Failure, Hints, vanishes
from verify.exact.errors import NotGeneric
from verify.terms.expr import Expr, dot
from verify.terms.order import order_needed

if TYPE_CHECKING:
    from verify.models.jets import Motion


@dataclass(frozen=True)
class Equation(Conclusion):
    """left = right."""

    left: Expr
    right: Expr
    kind = "equation"
    said = tex = "{left} = {right}"

    def obligations(self, hints: Hints) -> tuple[Expr, ...]:
        if hints.through is None:
            return (self.left - self.right,)
        if self.left.head != "D":
            raise NotGeneric("only an equation for a derivative can go through another expression")
        return (self.left.args[0] - hints.through, dot(hints.through) - self.right)

    def order(self) -> int:
        return max(order_needed(self.left), order_needed(self.right))

    def fails(self, motion: Motion, scope: Mapping[str, int]) -> Failure | None:
        return vanishes(motion, scope, self.left - self.right)
