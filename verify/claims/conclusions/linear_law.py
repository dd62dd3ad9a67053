"""LinearLaw: a quantity grows or decays at a constant rate, x' = c x."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from verify.claims.conclusions.base import Conclusion, Failure, Hints, vanishes
from verify.terms.expr import Expr, const, dot, num
from verify.terms.order import order_needed

if TYPE_CHECKING:
    from verify.models.jets import Motion


class Exponential(Conclusion):
    """How every quantity(t) = quantity(0) e^(rate t) is said."""

    rate: Expr
    rule = "LINEAR_DECAY"
    said = "{quantity(t)} is e^({growth}) times its value at time 0"
    tex = r"{quantity(t)} = e^{{growth}}\,{quantity(0)}"

    def named(self) -> dict[str, Any]:
        once = self.rate == num(1)
        return super().named() | {"growth": const("t") if once else self.rate * const("t")}


@dataclass(frozen=True)
class LinearLaw(Exponential):
    """D(quantity) = rate * quantity with a constant rate, hence quantity(t) = quantity(0) e^(rate
    t).
    """

    quantity: Expr
    rate: Expr
    kind = "linear-law"

    def law(self) -> Expr:
        """Zero along the flow."""
        return dot(self.quantity) - self.rate * self.quantity

    def obligations(self, hints: Hints) -> tuple[Expr, ...]:
        return (self.law(), dot(self.rate))

    def order(self) -> int:
        return 1 + order_needed(self.quantity)

    def fails(self, motion: Motion, scope: Mapping[str, int]) -> Failure | None:
        return vanishes(motion, scope, self.law())
