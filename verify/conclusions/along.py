"""What the conclusions about trajectories share: they name quantities of a system, and enclosures or measurements decide them."""

from __future__ import annotations

from typing import ClassVar

from verify.algebra.expr import Expr
from verify.conclusions.base import Conclusion, Hints


class Along(Conclusion):
    """``quantity`` is the name of a quantity of the systems in the setting, written as people read it."""

    quantity: str
    exact: ClassVar[bool] = False

    def expressions(self) -> tuple[Expr, ...]:
        return ()

    def obligations(self, hints: Hints) -> tuple[Expr, ...]:
        raise NotImplementedError(f"{self.kind}: decided along trajectories, not reduced to an identity")

    def order(self) -> int:
        return 0


def latex_of(text: str) -> str:
    """A quantity's name in LaTeX, upright; nothing in it is interpreted."""
    escapes = {
        "\\": "\\backslash{}",
        "_": "\\_",
        "^": "\\hat{}",
        "{": "\\{",
        "}": "\\}",
        "%": "\\%",
        "#": "\\#",
        "&": "\\&",
        "$": "\\$",
    }
    return "\\mathrm{" + "".join(escapes.get(c, "\\ " if c == " " else c) for c in text) + "}"
