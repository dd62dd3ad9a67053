"""Gradient flow u_l' = -P_l * g of J(w(u)), with optional weight decay, and the descent step of length eta."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from verify.models.diagonal import Diagonal


@dataclass(frozen=True, slots=True)
class Flow:
    """u_l' = -P_l * grad J(w) - kappa u_l, for every depth L >= least_depth and every width n."""

    model: Diagonal = Diagonal()
    least_depth: int = 1
    decay: str | None = None
    kind: ClassVar[str] = "flow"

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
