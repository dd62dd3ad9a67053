"""Equals: two formulas have the same value wherever both are defined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from verify.claims.conclusions.formula import Formula
from verify.terms.expr import Expr, Number, lift
from verify.terms.wire import encode
from verify.terms.words import scalars, words


@dataclass(frozen=True, slots=True)
class Equals(Formula):
    """left = right, in which D (along the flow) and d/dx (by a letter) may occur."""

    left: Expr
    right: Expr
    kind: ClassVar[str] = "equals"

    @classmethod
    def of(cls, left: Expr, right: Expr | Number) -> Equals:
        return cls(left, lift(right))

    def sides(self) -> tuple[tuple[Expr, Expr], ...]:
        return ((self.left, self.right),)

    def render(self) -> str:
        return f"{words(self.left)} = {words(self.right)}"

    def latex(self) -> str:
        return f"{scalars(self.left)} = {scalars(self.right)}"

    def wire(self) -> dict:
        return {"kind": self.kind, "left": encode(self.left), "right": encode(self.right)}
