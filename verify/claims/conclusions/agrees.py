"""Agrees: two ways of computing give the same number at every instance. Refuted by an instance at
which they differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from verify.claims.conclusions.sampled import DRAWN, Sampled
from verify.models.sample_letters import spelt


@dataclass(frozen=True, slots=True)
class Agrees(Sampled):
    """quantity = other."""

    quantity: str
    other: str
    kind: ClassVar[str] = "agrees"

    def render(self) -> str:
        return f"{self.quantity} = {self.other}, {DRAWN}"

    def latex(self) -> str:
        return (
            f"{spelt(self.quantity)} = {spelt(self.other)} \\quad\\text{{at every drawn instance}}"
        )
