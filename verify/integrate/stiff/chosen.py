"""The explicit engine, and where settled directions bind its steps the stiff one."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from verify.integrate.base import HIGH_PRECISION, VALIDATED, Engine, Told, Trajectory
from verify.integrate.enclosure import Enclosure, Unenclosed
from verify.integrate.stiff.engine import Stiff
from verify.integrate.stiff.validated import StiffValidated
from verify.integrate.stops import STIFF, FlowStopped, counted, shown
from verify.integrate.taylor import Taylor
from verify.integrate.validated import Validated

if TYPE_CHECKING:
    from verify.integrate.base import Integrator
    from verify.integrate.system import System


def ran(found: Trajectory | Enclosure) -> str:
    """Words for a screen, where it was not the explicit engine: after a place, or a number of
    digits.
    """
    steps = len(found.links) if isinstance(found, Enclosure) else found.steps
    is_stiff = found.engine in (Stiff().name, StiffValidated().name)
    return f" ({steps} steps of the stiff engine)" if is_stiff else ""


def again(engine: Integrator, run: Trajectory) -> Integrator:
    """What follows a flow once more that ``engine`` has followed by ``run``: nothing is tried out
    twice.
    """
    return Stiff() if run.engine == Stiff().name else engine  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Chosen(Engine[Trajectory]):
    """``Taylor``, and ``Stiff`` from the start where that stops because the flow is stiff (stops of
    another kind are passed on). ``engine`` of what is returned says which ran. Each of them has as
    many steps as ``counted`` allows. See ``Integrator`` for the contract: not validated.
    """

    name: str = "taylor, or stiff"
    kind: str = HIGH_PRECISION

    def follow(
        self, system: System, horizon: Fraction, digits: int, samples: int, progress: Told
    ) -> Trajectory:
        try:
            first = counted(progress)
            return Taylor().run(system, horizon, digits, samples=samples, progress=first)
        except FlowStopped as stop:
            if STIFF not in stop.reason:
                raise
        second = counted(progress)
        return Stiff().run(system, horizon, digits, samples=samples, progress=second)


@dataclass(frozen=True, slots=True)
class ChosenValidated(Engine[Enclosure]):
    """``Validated``, and ``StiffValidated`` from the start where that stops because the flow is
    stiff. Contract and stops as there; ``engine`` of what is returned says which ran.
    """

    name: str = "validated, or stiff"
    kind: str = VALIDATED

    def follow(
        self, system: System, horizon: Fraction, digits: int, samples: int, progress: Told
    ) -> Enclosure:
        try:
            first = counted(progress)
            return Validated().run(system, horizon, digits, samples=samples, progress=first)
        except FlowStopped as stop:
            if STIFF not in stop.reason:
                raise
            before = f"the stiff engine, as the explicit one was bound at t = {shown(stop.time)}"
        try:
            return StiffValidated().run(
                system, horizon, digits, samples=samples, progress=counted(progress)
            )
        except FlowStopped as stop:
            raise Unenclosed(stop.time, f"{stop.reason} ({before})") from None
