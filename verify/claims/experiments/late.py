"""Late: exponent of growth, rate of decay or limit of a quantity along the late flow of a setting,
with a near miss to reject.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from verify.claims.experiments.base import named
from verify.exact.errors import require

DIGITS = 25


@dataclass(frozen=True, slots=True)
class Late:
    """The conclusion's number must lie within the uncertainty of the measured one, and
    ``near_miss`` outside, by the same run.
    """

    conclusion: str
    near_miss: Fraction
    named: str
    kind: ClassVar[str] = "late"
    measures: ClassVar[tuple[str, ...]] = ("grows", "tends", "decays")

    def __post_init__(self) -> None:
        """Raises BadInput for an argument of another kind."""
        named(self)
        what, miss = f"Late({self.conclusion})", self.near_miss
        exact = isinstance(miss, (int, Fraction)) and not isinstance(miss, bool)
        require(
            exact,
            f"{what}: near miss",
            miss,
            "an exact number, an int or Fraction: write Fraction(9, 10) for 0.9",
        )
        require(
            isinstance(self.named, str) and self.named.strip(),
            f"{what}: named",
            self.named,
            "what the near miss is, in words",
        )
