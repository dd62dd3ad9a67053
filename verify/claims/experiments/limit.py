"""Limit: does the direction of w tend to +-S_W^-1 m? Sampled starts, a horizon that grows until the
angle stops mattering.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from verify.claims.experiments.base import named
from verify.exact.errors import BadInput

_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Limit:
    """Every sampled start must come within the limit of +-v, and stay away from the named wrong
    direction.
    """

    conclusion: str
    starts: int = 3
    named: str = "direction of v with its first entry times 11/10"
    kind: ClassVar[str] = "limit"
    measures: ClassVar[tuple[str, ...]] = ("limit-direction",)

    def __post_init__(self) -> None:
        named(self)
        if type(self.starts) is not int or self.starts < _FEWEST:
            raise BadInput(
                f"Limit: starts = {self.starts!r}; a limit is sampled from at least {_FEWEST}"
                " starts, a whole number"
            )
