"""KeepsSign: a quantity keeps its sign, and stays zero where it starts at zero."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify.claims.conclusions.base import Conclusion, Failure, Hints
from verify.terms.expr import Expr, dot
from verify.terms.order import order_needed
from verify.terms.words import latex, words

if TYPE_CHECKING:
    from verify.models.jets import Motion


@dataclass(frozen=True)
class KeepsSign(Conclusion):
    """(x')^2 = rate * x^2 with a continuous rate. GRONWALL: no uniqueness theorem for the flow is
    needed.
    """

    quantity: Expr
    rate: Expr
    kind = "keeps-sign"
    rule = "GRONWALL"
    said = (
        "{quantity} keeps its sign, and {quantity} = 0 at the start implies {quantity} = 0 for as"
        " long as the flow exists"
    )
    tex = r"\operatorname{sign} {quantity(t)} = \operatorname{sign} {quantity(0)}"

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
