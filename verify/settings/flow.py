"""Gradient flow u_l' = -P_l * g of J(w(u)), with optional weight decay, and the descent step of length eta."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from verify.errors import require
from verify.models.diagonal import Diagonal


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
        require(type(self.least_depth) is int and self.least_depth >= 1, f"{made}: least_depth", self.least_depth, "a number from 1 on")
        require(self.decay in (None, "kappa"), f"{made}: decay", self.decay, "None, or 'kappa', as weight decay is called")

    def title(self) -> str:
        field = "gradient flow u_l' = -P_l*g"
        if self.decay:
            field = f"gradient flow with weight decay u_l' = -P_l*g - {self.decay} u_l"
        return f"{field}, {self.model.title()}"

    def detail(self) -> str:
        """What else a reader must know of the letters."""
        return "g = grad J(w)"

    def wire(self) -> dict:
        return {"kind": self.kind, "model": self.model.name, "least_depth": self.least_depth, "decay": self.decay}


@dataclass(frozen=True, slots=True)
class Step(Flow):
    """One descent step u_l^+ = u_l - eta P_l * g, eta any real number."""

    kind: ClassVar[str] = "step"

    def title(self) -> str:
        return f"one descent step u_l^+ = u_l - eta P_l*g, {self.model.title()}"
