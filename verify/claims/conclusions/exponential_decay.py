"""ExponentialDecay: a formula falls at least like an exponential along every solution. Refuted by a
solution in closed form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from verify.claims.conclusions.base import Conclusion, Hints
from verify.terms.expr import Expr
from verify.terms.wire import encode
from verify.terms.words import scalars, words


@dataclass(frozen=True, slots=True)
class ExponentialDecay(Conclusion):
    """|quantity(t)| <= C e^(-c t) with some C and c > 0 for every solution that exists for all t >=
    0; both may depend on it.
    """

    quantity: Expr
    kind: ClassVar[str] = "exponential-decay"
    rule: ClassVar[str] = "RATIONAL_IS_NOT_EXPONENTIAL"

    def expressions(self) -> tuple[Expr, ...]:
        return (self.quantity,)

    def obligations(self, hints: Hints) -> tuple[Expr, ...]:
        raise NotImplementedError("exponential-decay: only refuted, by a solution")

    def order(self) -> int:
        return 0

    def render(self) -> str:
        return f"from every start |{words(self.quantity)}| <= C e^(-c t) with some C and some c > 0"

    def latex(self) -> str:
        return (
            f"\\left|{scalars(self.quantity)}\\right| \\le C e^{{-c t}} \\quad\\text{{from every"
            " start, for some } C, c > 0"
        )

    def wire(self) -> dict:
        return {"kind": self.kind, "quantity": encode(self.quantity)}
