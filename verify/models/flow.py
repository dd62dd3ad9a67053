"""Gradient flow of J(w) for a diagonal network w, with optional weight decay, and the descent step
of length eta. What they do to a layer is the model's to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from verify.exact.errors import require
from verify.models.diagonal import Diagonal
from verify.spelling.tex import inline, sentence
from verify.terms.array_words import LATEX
from verify.terms.expr import Expr

_DATA = {"S_B", "S_W", "V"}
_MEANINGS = {
    "P": (
        "P_l = product of the other layers",
        "\\(P_\\ell\\) the product of the layers other than \\(u_\\ell\\)",
    ),
    "R": (
        "R_(l,m) = product of the layers other than l and m",
        "\\(R_{\\ell,m}\\) the product of the layers other than \\(u_\\ell\\) and \\(u_m\\)",
    ),
    "data": (
        "matrices and vectors beside w: those of the loss",
        "matrices and vectors beside \\(w\\): those of the loss",
    ),
}


@dataclass(frozen=True, slots=True)
class Flow:
    """The model's flow, for every depth L >= least_depth and every width n; ``decay`` names the
    constant of weight decay.
    """

    model: Diagonal = Diagonal()
    least_depth: int = 1
    decay: str | None = None
    kind: ClassVar[str] = "flow"

    def __post_init__(self) -> None:
        """Raises BadInput naming the field, its value and what was expected."""
        made = type(self).__name__
        require(isinstance(self.model, Diagonal), f"{made}: model", self.model, "Diagonal()")
        require(
            type(self.least_depth) is int and self.least_depth >= 1,
            f"{made}: least_depth",
            self.least_depth,
            "a number from 1 on",
        )
        require(
            self.decay in (None, "kappa"),
            f"{made}: decay",
            self.decay,
            "None, or 'kappa', as weight decay is called",
        )

    def title(self) -> str:
        how = "gradient flow with weight decay" if self.decay else "gradient flow"
        equation = self.model.equation(decay=self.decay is not None)
        return f"{how} {equation}, {self.model.title()}"

    def detail(self) -> str:
        """What else a reader must know of the letters."""
        return "g = grad J(w)"

    def meanings(self, *parts: Expr) -> dict[str, tuple[str, str]]:
        """The letters that the ``parts`` and the field use: in words, and in LaTeX."""
        used = {"P"}.union(*(e.atoms() for e in parts))
        used |= {"data"} if any(e.has("form") for e in parts) or used & _DATA else set()
        return {name: said for name, said in _MEANINGS.items() if name in used}

    def latex(self, *parts: Expr) -> str:
        how = "gradient flow with weight decay" if self.decay else "gradient flow"
        equation = self.model.equation(LATEX, decay=self.decay is not None)
        return self._latex(f"the {how} {inline(equation)}", parts)

    def _latex(self, field: str, parts: tuple[Expr, ...]) -> str:
        product = inline(self.model.latex()) + ", \\(g = \\nabla J(w)\\)"
        return sentence(
            (f"{field}, {product}", *(latex for _, latex in self.meanings(*parts).values()))
        )

    def wire(self) -> dict:
        return {
            "kind": self.kind,
            "model": self.model.name,
            "least_depth": self.least_depth,
            "decay": self.decay,
        }


@dataclass(frozen=True, slots=True)
class Step(Flow):
    """One descent step, eta any real number."""

    kind: ClassVar[str] = "step"

    def title(self) -> str:
        return f"one descent step {self.model.equation(descent=True)}, {self.model.title()}"

    def latex(self, *parts: Expr) -> str:
        equation = self.model.equation(LATEX, descent=True)
        return self._latex(f"one descent step {inline(equation)}", parts)
