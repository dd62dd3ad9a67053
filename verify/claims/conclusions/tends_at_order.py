"""TendsAtOrder: a sequence in N tends to a limit, and the error falls like N^(-order). Measured on
a geometric sequence of N.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from verify.claims.conclusions.sampled import DRAWN, Sampled
from verify.exact.errors import BadInput
from verify.models.sample_letters import spelt


@dataclass(frozen=True, slots=True)
class TendsAtOrder(Sampled):
    """quantity(N) -> other, with an error of exact order N^(-degree). Raises BadInput unless degree
    is a whole number >= 1.
    """

    quantity: str
    other: str
    degree: int
    kind: ClassVar[str] = "tends-at-order"

    def __post_init__(self) -> None:
        Sampled.__post_init__(self)
        if type(self.degree) is not int or self.degree < 1:
            raise BadInput(
                f"TendsAtOrder({self.quantity}): degree {self.degree!r}; expected a whole number"
                " >= 1"
            )

    def render(self) -> str:
        return (
            f"{self.quantity} -> {self.other} as N -> oo, with an error of order exactly"
            f" N^(-{self.degree}), {DRAWN}"
        )

    def latex(self) -> str:
        return (
            f"{spelt(self.quantity)} = {spelt(self.other)} + \\Theta(N^{{-{self.degree}}})"
            " \\quad (N \\to \\infty)\\text{ at every drawn instance}"
        )

    def wire(self) -> dict:
        return {
            "kind": self.kind,
            "quantity": self.quantity,
            "other": self.other,
            "degree": self.degree,
        }
