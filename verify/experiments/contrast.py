"""Contrast: the same flow in double precision, as a near miss that the enclosure must reject."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from verify.evidence import Measured

if TYPE_CHECKING:
    from verify.enclosing import Followed
    from verify.evidence import Outcome
    from verify.request import Request
    from verify.settings.trajectories import Trajectories

SAMPLES = 64


@dataclass(frozen=True, slots=True)
class Contrast:
    """A run in doubles at tolerance 10^-digits says the opposite of an enclosed conclusion: it is wrong, and it is shown where.

    What is evaluated is the quantity at the states that the run returns, exactly: no rounding of ours can be blamed.
    """

    conclusion: str
    digits: int = 10
    kind: ClassVar[str] = "contrast"
    measures: ClassVar[tuple[str, ...]] = ("throughout",)

    def along(
        self, outcomes: Mapping[str, Outcome], setting: Trajectories, followed: list[Followed], request: Request
    ) -> list[Measured]:
        return [self._judge(outcomes[self.conclusion].sentence.conclusion, f) for f in followed if f.enclosure is not None]

    def _judge(self, conclusion: Any, f: Followed) -> Measured:
        from verify.enclosing import short
        from verify.integrate.base import FlowStopped
        from verify.integrate.double import Double
        from verify.integrate.evaluate import ends, value

        assert f.enclosure is not None
        who = f"double precision (DOP853, tolerance 1e-{self.digits}) from {f.label}"
        try:
            run = Double().run(f.system, f.enclosure.times[-1], self.digits, samples=SAMPLES)
        except FlowStopped as end:
            return Measured(self.kind, self.conclusion, "inconclusive", f"{who}: {end}")
        for time, state in zip(run.times, run.states, strict=True):
            x = tuple(entry for row in state.exact() for entry in row)
            low, high = ends(value(f.system, f.system.quantities[conclusion.quantity], x, time))
            if time > conclusion.after and conclusion.holds(low, high) is False:
                text = f"{who} says {conclusion.quantity} = {short(low)} at clock {float(time):.4g}: rejected, the enclosure excludes it"
                return Measured(self.kind, self.conclusion, "agrees", text, {"clock": str(time), "double": short(low)})
        return Measured(self.kind, self.conclusion, "inconclusive", f"{who} keeps {conclusion.quantity} {conclusion.relation} {conclusion.bound}")
