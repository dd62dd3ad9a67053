"""Grows and Tends: what a quantity does as t grows without bound. Measured."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from verify.claims.conclusions.along import LATE, LISTED, Along, exact_number, latex_of
from verify.spelling.tex import number


@dataclass(frozen=True, slots=True)
class Grows(Along):
    """t q'/q tends to the exponent: q grows like t^exponent, up to slower factors."""

    quantity: str
    exponent: Fraction
    kind: ClassVar[str] = "grows"

    def __post_init__(self) -> None:
        exact_number(f"Grows({self.quantity})", "exponent", self.exponent)

    def render(self) -> str:
        rate = f"t ({self.quantity})'/({self.quantity}) -> {self.exponent} as t -> oo"
        return f"{self.quantity} grows like t^({self.exponent}): {rate}, {LISTED}"

    def latex(self) -> str:
        q = latex_of(self.quantity)
        return f"t\\,\\frac{{d}}{{dt}} \\log\\left({q}\\right) \\to {number(self.exponent)} {LATE}"

    def wire(self) -> dict:
        return {"kind": self.kind, "quantity": self.quantity, "exponent": str(self.exponent)}


@dataclass(frozen=True, slots=True)
class Tends(Along):
    """q tends to a value."""

    quantity: str
    value: Fraction
    kind: ClassVar[str] = "tends"

    def __post_init__(self) -> None:
        exact_number(f"Tends({self.quantity})", "value", self.value)

    def render(self) -> str:
        return f"{self.quantity} -> {self.value} as t -> oo, {LISTED}"

    def latex(self) -> str:
        return f"{latex_of(self.quantity)} \\to {number(self.value)} {LATE}"

    def wire(self) -> dict:
        return {"kind": self.kind, "quantity": self.quantity, "value": str(self.value)}
