"""What the conclusions about samples share: they name quantities of a family, and comparisons at
instances decide them.
"""

from __future__ import annotations

from typing import ClassVar

from verify.claims.conclusions.base import Conclusion, Hints
from verify.exact.errors import BadInput
from verify.terms.expr import Expr

DRAWN = "at every drawn instance"


class Sampled(Conclusion):
    """``quantity`` and ``other`` are names of quantities of the setting's family."""

    quantity: str
    other: str
    exact: ClassVar[bool] = False

    def __post_init__(self) -> None:
        """Raises BadInput unless both are names."""
        for name in (self.quantity, self.other):
            if not isinstance(name, str) or not name:
                raise BadInput(
                    f"{type(self).__name__}: {name!r}; expected the name of a quantity of the"
                    " setting's family, in quotes"
                )

    def expressions(self) -> tuple[Expr, ...]:
        return ()

    def obligations(self, hints: Hints) -> tuple[Expr, ...]:
        raise NotImplementedError(f"{self.kind}: compared at samples, not reduced to an identity")

    def order(self) -> int:
        return 0

    def wire(self) -> dict:
        return {"kind": self.kind, "quantity": self.quantity, "other": self.other}
