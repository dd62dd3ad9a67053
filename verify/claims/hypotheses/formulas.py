"""Given: a hypothesis about letters, that an expression is positive or not zero."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from verify.claims.hypotheses import Hypothesis
from verify.exact.errors import BadInput, require
from verify.spelling.tex import RELATIONS, inline
from verify.terms.expr import Expr
from verify.terms.wire import encode
from verify.terms.words import scalars, words


@dataclass(frozen=True, slots=True)
class Given(Hypothesis):
    """expr > 0 or expr != 0, always. Raises BadInput for another sign."""

    id: str
    expr: Expr
    sign: str = "!="
    kind = "given"

    def __post_init__(self) -> None:
        Hypothesis.__post_init__(self)
        require(
            isinstance(self.expr, Expr),
            f"Given({self.id}): expr",
            self.expr,
            "an expression in the letters of the setting",
        )
        if self.sign not in (">", "!="):
            raise BadInput(
                f"Given({self.id}): sign {self.sign!r}; expected > or !=: state the negative for <"
            )

    def prose(self) -> str:
        return f"{words(self.expr)} {self.sign} 0"

    def latex(self) -> str:
        return inline(f"{scalars(self.expr)} {RELATIONS[self.sign]} 0")

    def wire(self) -> dict:
        return {"id": self.id, "kind": self.kind, "expr": encode(self.expr), "sign": self.sign}

    def violated(self, point: Any) -> str | None:
        """None if the values of the letters satisfy it, otherwise the expression's value there."""
        value = point.value(self.expr)
        holds = value.sign() > 0 if self.sign == ">" else value.sign() != 0
        return None if holds else f"{words(self.expr)} = {value.text()}"
