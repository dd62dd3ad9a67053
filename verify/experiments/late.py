"""Late: exponent of growth, rate of decay or limit of a quantity along the late flow of a setting, with a near miss to reject."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from verify.conclusions import Decays, Grows
from verify.errors import require
from verify.evidence import Measured
from verify.experiments.base import named

if TYPE_CHECKING:
    from verify.enclosing import Followed
    from verify.evidence import Outcome
    from verify.experiments.rates import Rate
    from verify.request import Request
    from verify.settings.system import System
    from verify.settings.trajectories import Trajectories

DIGITS = 25
SAMPLES = (16, 23)  # without a common factor: what turns between the samples of the one is seen by the other


@dataclass(frozen=True, slots=True)
class Late:
    """The conclusion's number must lie within the uncertainty of the measured one, and ``near_miss`` outside, by the same run."""

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
        require(exact, f"{what}: near miss", miss, "an exact number, an int or Fraction: write Fraction(9, 10) for 0.9")
        require(isinstance(self.named, str) and self.named.strip(), f"{what}: named", self.named, "what the near miss is, in words")

    def along(
        self, outcomes: Mapping[str, Outcome], setting: Trajectories, followed: list[Followed], request: Request
    ) -> list[Measured]:
        conclusion, horizon = outcomes[self.conclusion].sentence.conclusion, request.horizon or setting.horizon
        digits = request.digits_or(DIGITS)
        return [self._measured(conclusion, label, build, horizon, digits) for label, build in setting.starts.items()]

    def _measured(self, conclusion: Any, label: str, build: Callable[[], System], horizon: Fraction, digits: int) -> Measured:
        from verify.experiments.rates import judged, together
        from verify.integrate.base import FlowStopped

        expected, shown = _number_of(conclusion)
        try:
            rates = [_read(build(), conclusion, horizon, count, digits) for count in SAMPLES]
        except FlowStopped as end:
            return Measured(self.kind, self.conclusion, "inconclusive", f"from {label}: {end}")
        rate = together(*rates)
        what = f"{label}, {digits} digits, {shown} for q = {conclusion.quantity}"
        found = judged(
            rate,
            expected,
            self.near_miss,
            what=what,
            named=self.named,
            conclusion=self.conclusion,
            kind=self.kind,
            unit=_unit(conclusion, rate),
        )
        found.numbers["scope"] = f"{label}, up to t = {horizon}"
        return found


def _unit(conclusion: Any, rate: Rate) -> float:
    """What a near miss is measured by where the stated number is small: see ``is_near``."""
    return 1 if isinstance(conclusion, Grows) else 0 if isinstance(conclusion, Decays) else rate.moved


def _number_of(conclusion: Any) -> tuple[Fraction, str]:
    """What the conclusion states, and of what."""
    if isinstance(conclusion, Grows):
        return conclusion.exponent, "t q'/q"
    if isinstance(conclusion, Decays):
        return conclusion.rate, "-q'/q"
    return conclusion.value, "q"


def _read(system: System, conclusion: Any, horizon: Fraction, count: int, digits: int) -> Rate:
    from verify.experiments.late_slope import EXPONENTIAL, POWER, late_slope_along
    from verify.experiments.limit_value import limit_value_along

    if isinstance(conclusion, (Grows, Decays)):
        law = POWER if isinstance(conclusion, Grows) else EXPONENTIAL
        return late_slope_along(system, conclusion.quantity, horizon, digits, law=law, samples=count)
    return limit_value_along(system, conclusion.quantity, horizon, digits, samples=count)
