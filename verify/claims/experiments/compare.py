"""Compare: the near miss of a conclusion about samples: the same comparison, at the same instances,
must reject it.

How near it has to be: a factor within NEAR of 1, a quantity within NEAR of the size of the
conclusion's second one at every instance, an order within NEAR of the stated one. What is further
away supports nothing, whoever names it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from verify.claims.experiments.base import named
from verify.exact.errors import BadInput
from verify.models.samples import Quantity

NEAR = Fraction(1, 10)  # how far from the expected number a near miss may lie, in its size


@dataclass(frozen=True, slots=True)
class Compare:
    """``near_miss`` stands in for the conclusion's second quantity: a factor of it, or a quantity;
    of an order, another.

    Raises BadInput for anything but a quantity or an exact number.
    """

    conclusion: str
    near_miss: Quantity | int | Fraction
    kind: ClassVar[str] = "compare"
    measures: ClassVar[tuple[str, ...]] = ("agrees", "never-below", "tends-at-order")

    def __post_init__(self) -> None:
        named(self)
        if type(self.near_miss) not in (Quantity, int, Fraction):
            raise BadInput(
                f"Compare({self.conclusion}): near miss {self.near_miss!r:.60}; expected a quantity"
                " of the family or an exact number: write Fraction(101, 100) for a hundredth more"
            )
