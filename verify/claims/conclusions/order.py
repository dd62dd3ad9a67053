"""Order: an error shrinks like eta^p when the step eta does. Measured."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from verify.claims.conclusions.base import Conclusion, Hints
from verify.exact.errors import require
from verify.terms.expr import Expr
from verify.terms.words import latex, words


@dataclass(frozen=True, slots=True)
class Order(Conclusion):
    """After T/eta descent steps, quantity - quantity(0) = O(eta^exponent), and no better."""

    quantity: Expr
    exponent: Fraction
    kind: ClassVar[str] = "order"
    exact: ClassVar[bool] = False

    def __post_init__(self) -> None:
        Conclusion.__post_init__(self)
        exact = (
            isinstance(self.exponent, (int, Fraction))
            and not isinstance(self.exponent, bool)
            and self.exponent > 0
        )
        require(
            exact,
            "Order: exponent",
            self.exponent,
            "an exact number > 0: write an int or a Fraction",
        )

    def expressions(self) -> tuple[Expr, ...]:
        return (self.quantity,)

    def obligations(self, hints: Hints) -> tuple[Expr, ...]:
        raise NotImplementedError("an order is measured, not reduced to an identity")

    def order(self) -> int:
        return 0

    def render(self) -> str:
        return (
            f"over a fixed time the change of {words(self.quantity)} has order {self.exponent} in"
            " the step eta"
        )

    def latex(self) -> str:
        return (
            f"\\Delta\\left({latex(self.quantity)}\\right) = \\Theta(\\eta^{{{self.exponent}}})"
            " \\quad\\text{over a fixed time}"
        )

    def wire(self) -> dict:
        return {"kind": self.kind, "exponent": str(self.exponent)}
