"""KeepsSign: a quantity keeps its sign, and stays zero where it starts at zero."""

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
class KeepsSign(Conclusion):
    """(x')^2 = rate * x^2 with a continuous rate. GRONWALL: no uniqueness theorem for the flow is
    needed.
    """

    quantity: Expr
    rate: Expr
    kind: ClassVar[str] = "keeps-sign"
    rule: ClassVar[str] = "GRONWALL"

    def expressions(self) -> tuple[Expr, ...]:
        return (self.quantity, self.rate)

    def obligations(self, hints: Hints) -> tuple[Expr, ...]:
        return (dot(self.quantity) ** 2 - self.rate * self.quantity**2,)

    def order(self) -> int:
        return 1 + order_needed(self.quantity)

    def fails(self, motion: Motion, scope: Mapping[str, int]) -> Failure | None:
        """Only where the quantity is exactly zero and leaves zero at a non-zero speed."""
        if motion.ring.sign(motion.value(self.quantity, scope).c[0]) != 0:
            return None
        speed = motion.value(dot(self.quantity), scope).c[0]
        if not motion.ring.sign(speed):
            return None
        tex = f"{latex(self.quantity)} = 0 \\text{{ and }} {latex(dot(self.quantity))}"
        return Failure(
            f"{words(self.quantity)} = 0 and its derivative", motion.ring.text(speed), tex
        )

    def render(self) -> str:
        q = words(self.quantity)
        return (
            f"{q} keeps its sign, and {q} = 0 at the start implies {q} = 0 for as long as the flow"
            " exists"
        )

    def latex(self) -> str:
        before, after = at_time(self.quantity, "0"), at_time(self.quantity, "t")
        return f"\\operatorname{{sign}} {after} = \\operatorname{{sign}} {before}"

    def wire(self) -> dict:
        return {"kind": self.kind, "quantity": encode(self.quantity), "rate": encode(self.rate)}
