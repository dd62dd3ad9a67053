"""Constant: a formula does not change along the flow."""

from __future__ import annotations

from dataclasses import dataclass

from verify.claims.conclusions.formula import Formula
from verify.terms.expr import Expr, dot, num


@dataclass(frozen=True)
class Constant(Formula):
    """D(quantity) = 0 at every state of the domain, hence quantity is constant along every
    solution.
    """

    quantity: Expr
    kind = "constant"
    rule = "ZERO_DERIVATIVE_IS_CONSTANT"
    said = "{quantity} is constant along the flow"
    tex = r"\frac{d}{dt}\left({quantity}\right) = 0"

    def sides(self) -> tuple[tuple[Expr, Expr], ...]:
        return ((dot(self.quantity), num(0)),)
