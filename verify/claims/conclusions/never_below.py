"""NeverBelow: a number is at least another at every instance. Refuted by an instance that lies
below.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from verify.claims.conclusions.sampled import DRAWN, Sampled
from verify.models.sample_letters import spelt


@dataclass(frozen=True, slots=True)
class NeverBelow(Sampled):
    """quantity >= other."""

    quantity: str
    other: str
    kind: ClassVar[str] = "never-below"

    def render(self) -> str:
        return f"{self.quantity} >= {self.other}, {DRAWN}"

    def latex(self) -> str:
        return (
            f"{spelt(self.quantity)} \\ge {spelt(self.other)} \\quad\\text{{at every drawn"
            " instance}"
        )
