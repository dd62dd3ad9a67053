"""Equation: two expressions agree at every admitted state (and, with D, along the flow; with next,
after a step).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from verify.claims.conclusions.base import Conclusion, Failure, Hints
from verify.exact.errors import NotGeneric
from verify.terms.expr import Expr, dot
from verify.terms.order import order_needed
from verify.terms.wire import encode
from verify.terms.words import latex, words

if TYPE_CHECKING:
    from verify.models.point import Motion


@dataclass(frozen=True, slots=True)
class Equation(Conclusion):
    """left = right."""

    left: Expr
    right: Expr
    kind: ClassVar[str] = "equation"

    def expressions(self) -> tuple[Expr, ...]:
        return (self.left, self.right)

    def obligations(self, hints: Hints) -> tuple[Expr, ...]:
        if hints.through is None:
            return (self.left - self.right,)
        if self.left.head != "D":
            raise NotGeneric("only an equation for a derivative can go through another expression")
        return (self.left.args[0] - hints.through, dot(hints.through) - self.right)

    def order(self) -> int:
        return max(order_needed(self.left), order_needed(self.right))

    def fails(self, motion: Motion, scope: Mapping[str, int]) -> Failure | None:
        gap = (motion.value(self.left, scope) - motion.value(self.right, scope)).c[0]
        if not motion.ring.sign(gap):
            return None
        gone = self.left - self.right
        return Failure(words(gone), motion.ring.text(gap), latex(gone))

    def render(self) -> str:
        return f"{words(self.left)} = {words(self.right)}"

    def latex(self) -> str:
        return f"{latex(self.left)} = {latex(self.right)}"

    def wire(self) -> dict:
        return {"kind": self.kind, "left": encode(self.left), "right": encode(self.right)}
