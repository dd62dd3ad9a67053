"""Decays: -q'/q tends to a number as t grows without bound. Measured."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from verify.claims.conclusions.along import Along, exact_number
from verify.exact.errors import BadInput


@dataclass(frozen=True)
class Decays(Along):
    """q decays like e^(-rate t), up to slower factors: the rate itself is stated, not a bound for
    it.

    Raises BadInput unless the rate is exact and > 0.
    """

    quantity: str
    rate: Fraction
    kind = "decays"
    said = (
        "{quantity} decays at the rate {rate}: -({quantity})'/({quantity}) -> {rate} as t -> oo,"
        " from the listed starts"
    )
    tex = (
        r"-\frac{d}{dt} \log\left({quantity}\right) \to {rate}"
        r" \quad (t \to \infty)\text{ from the listed starts}"
    )

    def __post_init__(self) -> None:
        exact_number(f"Decays({self.quantity})", "rate", self.rate)
        if not self.rate > 0:
            raise BadInput(
                f"Decays({self.quantity}): rate {self.rate}; expected a rate > 0: Grows states an"
                " algebraic decay"
            )
