"""Compare: the named near miss of a conclusion about samples: the same comparison must reject it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Compare:
    """``near_miss`` is the name of a quantity that stands in for the conclusion's second one; of an order, another degree."""

    conclusion: str
    near_miss: str | int
    kind: ClassVar[str] = "compare"
    measures: ClassVar[tuple[str, ...]] = ("agrees", "never-below", "tends-at-order")
