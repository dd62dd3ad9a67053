"""Equals: two formulas have the same value wherever both are defined."""

from __future__ import annotations

from dataclasses import dataclass

from verify.claims.conclusions.formula import Formula
from verify.terms.expr import Expr, Number, lift


@dataclass(frozen=True)
class Equals(Formula):
    """left = right, in which D (along the flow) and d/dx (by a letter) may occur."""

    left: Expr
    right: Expr
    kind = "equals"
    said = tex = "{left} = {right}"

    @classmethod
    def of(cls, left: Expr, right: Expr | Number) -> Equals:
        return cls(left, lift(right))

    def sides(self) -> tuple[tuple[Expr, Expr], ...]:
        return ((self.left, self.right),)
