"""LinearLaw: a quantity grows or decays at a constant rate, x' = c x."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from verify.claims.conclusions.base import Conclusion, Failure, Hints
from verify.terms.expr import Expr, const, dot
from verify.terms.order import order_needed
from verify.terms.wire import encode
from verify.terms.words import at_time, bracketed, latex, words

if TYPE_CHECKING:
    from verify.models.point import Motion


@dataclass(frozen=True, slots=True)
class LinearLaw(Conclusion):
    """D(quantity) = rate * quantity with a constant rate, hence quantity(t) = quantity(0) e^(rate
    t).
    """

    quantity: Expr
    rate: Expr
    kind: ClassVar[str] = "linear-law"
    rule: ClassVar[str] = "LINEAR_DECAY"

    def expressions(self) -> tuple[Expr, ...]:
        return (self.quantity, self.rate)

    def obligations(self, hints: Hints) -> tuple[Expr, ...]:
        return (dot(self.quantity) - self.rate * self.quantity, dot(self.rate))

    def order(self) -> int:
        return 1 + order_needed(self.quantity)

    def fails(self, motion: Motion, scope: Mapping[str, int]) -> Failure | None:
        law = dot(self.quantity) - self.rate * self.quantity
        gap = motion.value(law, scope).c[0]
        return (
            Failure(words(law), motion.ring.text(gap), latex(law))
            if motion.ring.sign(gap)
            else None
        )

    def render(self) -> str:
        return (
            f"{bracketed(self.quantity)} at time t is e^({words(self.rate * const('t'))}) times its"
            " value at time 0"
        )

    def latex(self) -> str:
        return (
            f"{at_time(self.quantity, 't')} ="
            f" e^{{{latex(self.rate * const('t'))}}}\\,{at_time(self.quantity, '0')}"
        )

    def wire(self) -> dict:
        return {"kind": self.kind, "quantity": encode(self.quantity), "rate": encode(self.rate)}
