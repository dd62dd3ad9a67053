"""Decays: -q'/q tends to a number as t grows without bound. Measured."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from verify.claims.conclusions.along import LATE, LISTED, Along, exact_number, latex_of
from verify.exact.errors import BadInput
from verify.spelling.tex import number


@dataclass(frozen=True, slots=True)
class Decays(Along):
    """q decays like e^(-rate t), up to slower factors: the rate itself is stated, not a bound for
    it.

    Raises BadInput unless the rate is exact and > 0.
    """

    quantity: str
    rate: Fraction
    kind: ClassVar[str] = "decays"

    def __post_init__(self) -> None:
        exact_number(f"Decays({self.quantity})", "rate", self.rate)
        if not self.rate > 0:
            raise BadInput(
                f"Decays({self.quantity}): rate {self.rate}; expected a rate > 0: Grows states an"
                " algebraic decay"
            )

    def render(self) -> str:
        return (
            f"{self.quantity} decays at the rate {self.rate}: -({self.quantity})'/({self.quantity})"
            f" -> {self.rate} as t -> oo, {LISTED}"
        )

    def latex(self) -> str:
        return (
            f"-\\frac{{d}}{{dt}} \\log\\left({latex_of(self.quantity)}\\right) \\to"
            f" {number(self.rate)} {LATE}"
        )

    def wire(self) -> dict:
        return {"kind": self.kind, "quantity": self.quantity, "rate": str(self.rate)}
