"""Contrast: the same flow as a notebook runs it, in double precision: a near miss that the
enclosure must reject.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from verify.claims.experiments.base import named
from verify.exact.errors import BadInput

METHODS = ("DOP853", "RK45", "LSODA", "Radau", "BDF")


@dataclass(frozen=True, slots=True)
class Contrast:
    """SciPy's ``method`` in doubles, both tolerances 10^-digits, says the opposite of what is
    enclosed: wrong, and it is shown where.

    The quantity is evaluated exactly at the states that the run returns: no rounding of ours can be
    blamed. Raises BadInput for a method that SciPy does not have.
    """

    conclusion: str
    method: str = "DOP853"
    digits: int = 10
    kind: ClassVar[str] = "contrast"
    measures: ClassVar[tuple[str, ...]] = ("throughout",)

    def __post_init__(self) -> None:
        named(self)
        if type(self.digits) is not int or not 1 <= self.digits <= 14:
            raise BadInput(
                f"Contrast({self.conclusion}): digits {self.digits!r}; expected a whole number from"
                " 1 to 14"
            )
        if self.method not in METHODS:
            raise BadInput(
                f"Contrast({self.conclusion}): method {self.method!r}; expected one of:"
                f" {', '.join(METHODS)}"
            )
