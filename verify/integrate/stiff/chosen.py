"""The explicit engine, and where settled directions bind its steps the stiff one."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from verify.integrate.base import HIGH_PRECISION, Progress, Trajectory
from verify.integrate.stiff.engine import Stiff
from verify.integrate.stops import STIFF, FlowStopped, counted
from verify.integrate.taylor import Taylor

if TYPE_CHECKING:
    from verify.integrate.system import System


@dataclass(frozen=True, slots=True)
class Chosen:
    """``Taylor``, and ``Stiff`` from the start where that stops because the flow is stiff (stops of
    another kind are passed on). ``engine`` of what is returned says which ran. Each of them has as
    many steps as ``counted`` allows. See ``Integrator`` for the contract: not validated.
    """

    name: str = "taylor, or stiff"
    kind: str = HIGH_PRECISION

    def run(
        self,
        system: System,
        horizon: Fraction,
        digits: int,
        *,
        samples: int,
        progress: Progress | None = None,
    ) -> Trajectory:
        try:
            first = counted(progress)
            return Taylor().run(system, horizon, digits, samples=samples, progress=first)
        except FlowStopped as stop:
            if STIFF not in stop.reason:
                raise
        second = counted(progress)
        return Stiff().run(system, horizon, digits, samples=samples, progress=second)
