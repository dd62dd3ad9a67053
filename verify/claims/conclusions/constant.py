"""Constant: a formula does not change along the flow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from verify.claims.conclusions.formula import Formula
from verify.terms.expr import Expr, dot, num
from verify.terms.wire import encode
from verify.terms.words import scalars, words


@dataclass(frozen=True, slots=True)
class Constant(Formula):
    """D(quantity) = 0 at every state of the domain, hence quantity is constant along every
    solution.
    """

    quantity: Expr
    kind: ClassVar[str] = "constant"
    rule: ClassVar[str] = "ZERO_DERIVATIVE_IS_CONSTANT"

    def sides(self) -> tuple[tuple[Expr, Expr], ...]:
        return ((dot(self.quantity), num(0)),)

    def render(self) -> str:
        return f"{words(self.quantity)} is constant along the flow"

    def latex(self) -> str:
        return f"\\frac{{d}}{{dt}}\\left({scalars(self.quantity)}\\right) = 0"

    def wire(self) -> dict:
        return {"kind": self.kind, "quantity": encode(self.quantity)}
