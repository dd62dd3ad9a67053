"""Conserved: a quantity is constant along the flow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from verify.claims.conclusions.base import Conclusion, Failure, Hints
from verify.terms.expr import Expr, dot
from verify.terms.order import order_needed
from verify.terms.wire import encode
from verify.terms.words import at_time, latex, words

if TYPE_CHECKING:
    from verify.models.point import Motion


@dataclass(frozen=True, slots=True)
class Conserved(Conclusion):
    """D(quantity) = 0, hence quantity(t) = quantity(0) for as long as the flow exists."""

    quantity: Expr
    kind: ClassVar[str] = "conserved"
    rule: ClassVar[str] = "ZERO_DERIVATIVE_IS_CONSTANT"

    def expressions(self) -> tuple[Expr, ...]:
        return (self.quantity,)

    def obligations(self, hints: Hints) -> tuple[Expr, ...]:
        return (dot(self.quantity),)

    def order(self) -> int:
        return 1 + order_needed(self.quantity)

    def fails(self, motion: Motion, scope: Mapping[str, int]) -> Failure | None:
        slope = motion.value(dot(self.quantity), scope).c[0]
        moved = dot(self.quantity)
        return (
            Failure(words(moved), motion.ring.text(slope), latex(moved))
            if motion.ring.sign(slope)
            else None
        )

    def render(self) -> str:
        return f"{words(self.quantity)} is constant for as long as the flow exists"

    def latex(self) -> str:
        return f"{at_time(self.quantity, 't')} = {at_time(self.quantity, '0')}"

    def wire(self) -> dict:
        return {"kind": self.kind, "quantity": encode(self.quantity)}
