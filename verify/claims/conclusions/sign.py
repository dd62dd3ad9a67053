"""Sign: a formula is positive, not negative, or not zero, wherever it is defined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from verify.claims.conclusions.base import Conclusion, Hints
from verify.exact.errors import BadInput
from verify.terms.expr import Expr
from verify.terms.wire import encode
from verify.terms.words import scalars, words

_LATEX = {">": ">", ">=": "\\ge", "!=": "\\neq"}


@dataclass(frozen=True, slots=True)
class Sign(Conclusion):
    """quantity > 0, quantity >= 0 or quantity != 0. Proved by factors, each of one sign; raises
    BadInput for another relation.
    """

    quantity: Expr
    relation: str
    kind: ClassVar[str] = "sign"
    rule: ClassVar[str] = "FACTORS_OF_ONE_SIGN"

    def __post_init__(self) -> None:
        Conclusion.__post_init__(self)
        if not isinstance(self.relation, str) or self.relation not in _LATEX:
            raise BadInput(
                f"Sign: relation {self.relation!r}; expected >, >= or !=: state the negative for <"
                " and <="
            )

    def expressions(self) -> tuple[Expr, ...]:
        return (self.quantity,)

    def obligations(self, hints: Hints) -> tuple[Expr, ...]:
        raise NotImplementedError("sign: decided by factors, not reduced to an identity")

    def order(self) -> int:
        return 0

    def render(self) -> str:
        return f"{words(self.quantity)} {self.relation} 0"

    def latex(self) -> str:
        return f"{scalars(self.quantity)} {_LATEX[self.relation]} 0"

    def wire(self) -> dict:
        return {"kind": self.kind, "quantity": encode(self.quantity), "relation": self.relation}
