"""Grows and Tends: what a quantity does as t grows without bound. Measured."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from verify.claims.conclusions.along import Along, exact_number


@dataclass(frozen=True)
class Grows(Along):
    """t q'/q tends to the exponent: q grows like t^exponent, up to slower factors."""

    quantity: str
    exponent: Fraction
    kind = "grows"
    said = (
        "{quantity} grows like t^({exponent}): t ({quantity})'/({quantity}) -> {exponent}"
        " as t -> oo, from the listed starts"
    )
    tex = (
        r"t\,\frac{d}{dt} \log\left({quantity}\right) \to {exponent}"
        r" \quad (t \to \infty)\text{ from the listed starts}"
    )

    def __post_init__(self) -> None:
        exact_number(f"Grows({self.quantity})", "exponent", self.exponent)


@dataclass(frozen=True)
class Tends(Along):
    """q tends to a value."""

    quantity: str
    value: Fraction
    kind = "tends"
    said = "{quantity} -> {value} as t -> oo, from the listed starts"
    tex = r"{quantity} \to {value} \quad (t \to \infty)\text{ from the listed starts}"

    def __post_init__(self) -> None:
        exact_number(f"Tends({self.quantity})", "value", self.value)
