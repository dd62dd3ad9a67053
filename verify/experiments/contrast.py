"""Contrast: the same flow as a notebook runs it, in double precision: a near miss that the enclosure must reject."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from verify.errors import BadInput
from verify.evidence import Measured
from verify.experiments.base import named

if TYPE_CHECKING:
    from verify.enclosing import Followed
    from verify.evidence import Outcome
    from verify.request import Request
    from verify.settings.trajectories import Trajectories

SAMPLES = 64
METHODS = ("DOP853", "RK45", "LSODA", "Radau", "BDF")


@dataclass(frozen=True, slots=True)
class Contrast:
    """SciPy's ``method`` in doubles, both tolerances 10^-digits, says the opposite of what is enclosed: wrong, and it is shown where.

    The quantity is evaluated exactly at the states that the run returns: no rounding of ours can be blamed. Raises BadInput for a
    method that SciPy does not have.
    """

    conclusion: str
    method: str = "DOP853"
    digits: int = 10
    kind: ClassVar[str] = "contrast"
    measures: ClassVar[tuple[str, ...]] = ("throughout",)

    def __post_init__(self) -> None:
        named(self)
        if type(self.digits) is not int or not 1 <= self.digits <= 14:
            raise BadInput(f"Contrast({self.conclusion}): digits {self.digits!r}; expected a whole number from 1 to 14")
        if self.method not in METHODS:
            raise BadInput(f"Contrast({self.conclusion}): method {self.method!r}; expected one of: {', '.join(METHODS)}")

    def along(
        self, outcomes: Mapping[str, Outcome], setting: Trajectories, followed: list[Followed], request: Request
    ) -> list[Measured]:
        conclusion = outcomes[self.conclusion].sentence.conclusion
        return [self._judge(conclusion, f) for f in followed if f.decided[self.conclusion].holds]

    def _judge(self, conclusion: Any, f: Followed) -> Measured:
        from verify.enclosing import short
        from verify.integrate.base import FlowStopped
        from verify.integrate.evaluate import ends, value
        from verify.integrate.notebook import notebook

        assert f.enclosure is not None
        who = f"doubles ({self.method}, tolerance 1e-{self.digits}) from {f.label}"
        try:
            run = notebook(f.system, f.enclosure.times[-1], 10.0**-self.digits, self.method, SAMPLES)
        except FlowStopped as end:
            return Measured(self.kind, self.conclusion, "inconclusive", f"{who}: {end}")
        for time, x in reversed(run):
            low, high = ends(value(f.system, f.system.quantities[conclusion.quantity], x, time))
            if time > conclusion.after and conclusion.holds(low, high) is False:
                said = f"{conclusion.quantity} = {short(low)} at clock {float(time):.4g}"
                text = f"near miss, {who}: {said}; rejected, the enclosure excludes it"
                return Measured(self.kind, self.conclusion, "agrees", text, {"clock": str(time), "double": short(low)})
        text = f"{who} keeps {conclusion.quantity} {conclusion.relation} {conclusion.bound}"
        return Measured(self.kind, self.conclusion, "inconclusive", text)
