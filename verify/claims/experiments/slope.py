"""Slope: the order in eta of what descent adds over a fixed time, from a sequence of halved
steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from verify.claims.experiments.base import named


@dataclass(frozen=True, slots=True)
class Slope:
    """The order of the changes at eta, eta/2, ..., see ``orders``, at every loss and start that
    ``independent`` gives.
    """

    conclusion: str
    kind: ClassVar[str] = "slope"
    measures: ClassVar[tuple[str, ...]] = ("order",)

    def __post_init__(self) -> None:
        named(self)
