"""TendsAtOrder: a sequence in N tends to a limit, and the error falls like N^(-order). Measured on
a geometric sequence of N.
"""

from __future__ import annotations

from dataclasses import dataclass

from verify.claims.conclusions.sampled import Sampled
from verify.exact.errors import BadInput
from verify.models.samples import Quantity


@dataclass(frozen=True)
class TendsAtOrder(Sampled):
    """quantity(N) -> other, with an error of exact order N^(-degree). Raises BadInput unless degree
    is a whole number >= 1.
    """

    quantity: Quantity
    other: Quantity
    degree: int
    kind = "tends-at-order"
    said = (
        "{quantity} -> {other} as N -> oo, with an error of order exactly N^(-{degree}),"
        " as their author computes them, at every drawn instance"
    )
    tex = (
        r"{quantity} = {other} + \Theta(N^{-{degree}})"
        r" \quad (N \to \infty)\text{ as their author computes them, at every drawn instance}"
    )

    def __post_init__(self) -> None:
        Sampled.__post_init__(self)
        if type(self.degree) is not int or self.degree < 1:
            raise BadInput(
                f"TendsAtOrder({self.quantity}): degree {self.degree!r}; expected a whole number"
                " >= 1"
            )
