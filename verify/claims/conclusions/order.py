"""Order: an error shrinks like eta^p when the step eta does. Measured."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from verify.claims.conclusions.base import Conclusion
from verify.exact.errors import require
from verify.terms.expr import Expr


@dataclass(frozen=True)
class Order(Conclusion):
    """After T/eta descent steps, quantity - quantity(0) = O(eta^exponent), and no better."""

    quantity: Expr
    exponent: Fraction
    kind = "order"
    exact = False
    said = "over a fixed time the change of {quantity} has order {exponent} in the step eta"
    tex = (
        r"\Delta\left({quantity}\right) = \Theta(\eta^{{exponent}})"
        r" \quad\text{over a fixed time}"
    )

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
