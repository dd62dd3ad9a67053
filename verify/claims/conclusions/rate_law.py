"""RateLaw: a formula grows or decays at a constant rate along the flow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from verify.claims.conclusions.formula import Formula
from verify.terms.expr import Expr, Number, const, dot, lift, num
from verify.terms.wire import encode
from verify.terms.words import at_time, bracketed, scalars, words


@dataclass(frozen=True, slots=True)
class RateLaw(Formula):
    """D(quantity) = rate * quantity, and D(rate) = 0 wherever the quantity is not 0, hence
    quantity(t) = quantity(0) e^(rate t).

    The second pair says that with a factor: where the quantity is 0 it stays 0, whatever the rate
    does.
    """

    quantity: Expr
    rate: Expr
    kind: ClassVar[str] = "rate-law"
    rule: ClassVar[str] = "LINEAR_DECAY"

    @classmethod
    def of(cls, quantity: Expr, rate: Expr | Number) -> RateLaw:
        return cls(quantity, lift(rate))

    def sides(self) -> tuple[tuple[Expr, Expr], ...]:
        return (
            (dot(self.quantity), self.rate * self.quantity),
            (dot(self.rate) * self.quantity, num(0)),
        )

    def render(self) -> str:
        return (
            f"{bracketed(self.quantity)} at time t is e^({words(self.rate * const('t'))}) times its"
            " value at time 0"
        )

    def latex(self) -> str:
        later, first = (at_time(self.quantity, moment, scalars) for moment in ("t", "0"))
        return f"{later} = e^{{{scalars(self.rate * const('t'))}}}\\,{first}"

    def wire(self) -> dict:
        return {"kind": self.kind, "quantity": encode(self.quantity), "rate": encode(self.rate)}
