"""RateLaw: a formula grows or decays at a constant rate along the flow."""

from __future__ import annotations

from dataclasses import dataclass

from verify.claims.conclusions.formula import Formula
from verify.claims.conclusions.linear_law import Exponential
from verify.terms.expr import Expr, Number, dot, lift, num


@dataclass(frozen=True)
class RateLaw(Formula, Exponential):
    """D(quantity) = rate * quantity, and D(rate) = 0 wherever the quantity is not 0, hence
    quantity(t) = quantity(0) e^(rate t).

    The second pair says that with a factor: where the quantity is 0 it stays 0, whatever the rate
    does.
    """

    quantity: Expr
    rate: Expr
    kind = "rate-law"

    @classmethod
    def of(cls, quantity: Expr, rate: Expr | Number) -> RateLaw:
        return cls(quantity, lift(rate))

    def sides(self) -> tuple[tuple[Expr, Expr], ...]:
        return (
            (dot(self.quantity), self.rate * self.quantity),
            (dot(self.rate) * self.quantity, num(0)),
        )
