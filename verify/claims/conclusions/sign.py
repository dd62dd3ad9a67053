"""Sign: a formula is positive, not negative, or not zero, wherever it is defined."""

from __future__ import annotations

from dataclasses import dataclass

from verify.claims.conclusions.base import Conclusion
from verify.exact.errors import BadInput
from verify.terms.expr import Expr
from verify.terms.words import scalars


@dataclass(frozen=True)
class Sign(Conclusion):
    """quantity > 0, quantity >= 0 or quantity != 0. Proved by factors, each of one sign; raises
    BadInput for another relation.
    """

    quantity: Expr
    relation: str
    kind = "sign"
    rule = "FACTORS_OF_ONE_SIGN"
    in_latex = staticmethod(scalars)
    said = tex = "{quantity} {relation} 0"

    def excludes(self, sign: int) -> bool:
        """Is a value of this sign (-1, 0, 1) against the sentence?"""
        return (sign == 0 and self.relation != ">=") or (sign < 0 and self.relation != "!=")

    def __post_init__(self) -> None:
        Conclusion.__post_init__(self)
        if not isinstance(self.relation, str) or self.relation not in (">", ">=", "!="):
            raise BadInput(
                f"Sign: relation {self.relation!r}; expected >, >= or !=: state the negative for <"
                " and <="
            )
