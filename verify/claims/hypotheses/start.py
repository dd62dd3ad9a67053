"""What concrete trajectories assume of their start: a sign of a quantity, decided exactly or in
balls.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from verify.claims.hypotheses import Hypothesis
from verify.exact.errors import BadInput, require
from verify.spelling.called import called
from verify.spelling.notation import name
from verify.spelling.tex import inline, number

if TYPE_CHECKING:
    from verify.models.point import Point


@dataclass(frozen=True, slots=True)
class AtStart(Hypothesis):
    """quantity > bound (or <) at time 0. Dropping it: the setting's contrary start."""

    id: str
    quantity: str
    sign: str
    bound: Fraction = Fraction(0)
    kind = "at-start"
    when = "at the start"

    def __post_init__(self) -> None:
        Hypothesis.__post_init__(self)
        require(
            isinstance(self.quantity, str),
            f"AtStart({self.id}): quantity",
            self.quantity,
            "the name of a quantity, in quotes",
        )
        if self.sign not in (">", "<"):
            raise BadInput(
                f"AtStart({self.id}): sign {self.sign!r}; expected > or <: a start satisfies a"
                " strict inequality or not"
            )
        if not isinstance(self.bound, (int, Fraction)) or isinstance(self.bound, bool):
            raise BadInput(
                f"AtStart({self.id}): bound {self.bound!r} is not exact; expected an int or"
                " Fraction"
            )

    def prose(self) -> str:
        return f"{called(self.quantity)} {self.sign} {self.bound}"

    def latex(self) -> str:
        return inline(f"{name(self.quantity)} {self.sign} {number(self.bound)}")

    def wire(self) -> dict:
        return {
            "id": self.id,
            "kind": self.kind,
            "quantity": self.quantity,
            "relation": self.sign,
            "bound": str(self.bound),
        }

    def violated(self, point: Point) -> str | None:
        raise BadInput(
            f"hypothesis {self.id}: it speaks of the start of a trajectory; use it with a setting"
            " of trajectories"
        )

    def admits(self, value: Fraction) -> bool:
        """Of the quantity's exact value at the start."""
        return value > self.bound if self.sign == ">" else value < self.bound
