"""Gradient flow u_l' = -P_l * g of J(w(u)), with optional weight decay, and the descent step of
length eta.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from verify.exact.errors import require
from verify.models.diagonal import Diagonal
from verify.spelling.tex import sentence
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
    """u_l' = -P_l * grad J(w) - kappa u_l, for every depth L >= least_depth and every width n."""

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
        field = "gradient flow u_l' = -P_l*g"
        if self.decay:
            field = f"gradient flow with weight decay u_l' = -P_l*g - {self.decay} u_l"
        return f"{field}, {self.model.title()}"

    def detail(self) -> str:
        """What else a reader must know of the letters."""
        return "g = grad J(w)"

    def meanings(self, *parts: Expr) -> dict[str, tuple[str, str]]:
        """The letters that the ``parts`` and the field use: in words, and in LaTeX."""
        used = {"P"}.union(*(e.atoms() for e in parts))
        used |= {"data"} if any(e.has("form") for e in parts) or used & _DATA else set()
        return {name: said for name, said in _MEANINGS.items() if name in used}

    def latex(self, *parts: Expr) -> str:
        decay = f" - \\{self.decay}\\,u_\\ell" if self.decay else ""
        how = "gradient flow with weight decay" if self.decay else "gradient flow"
        return self._latex(f"the {how} \\(\\dot u_\\ell = -P_\\ell \\odot g{decay}\\)", parts)

    def _latex(self, field: str, parts: tuple[Expr, ...]) -> str:
        product = "\\(w = u_1 \\odot \\cdots \\odot u_L\\), \\(g = \\nabla J(w)\\)"
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
    """One descent step u_l^+ = u_l - eta P_l * g, eta any real number."""

    kind: ClassVar[str] = "step"

    def title(self) -> str:
        return f"one descent step u_l^+ = u_l - eta P_l*g, {self.model.title()}"

    def latex(self, *parts: Expr) -> str:
        return self._latex(
            "one descent step \\(u_\\ell^{+} = u_\\ell - \\eta\\,P_\\ell \\odot g\\)", parts
        )
