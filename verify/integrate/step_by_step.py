"""Engines that go step by step: what is handed back is read off their steps."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

from verify.integrate.base import (
    HIGH_PRECISION,
    Engine,
    Integrator,
    Progress,
    State,
    Told,
    Trajectory,
    arranged,
    sample_times,
)

if TYPE_CHECKING:
    from verify.integrate.system import System


class Step(Protocol):
    """What an engine that goes step by step knows of one: dense output and its own estimates."""

    @property
    def end(self) -> Fraction: ...

    @property
    def bits(self) -> int: ...

    @property
    def order(self) -> int: ...

    @property
    def truncation(self) -> Fraction: ...

    @property
    def rounding(self) -> Fraction: ...

    def at(self, time: Fraction) -> Sequence[int]:
        """The states there, in units of 2^-bits."""
        ...


@dataclass(frozen=True, slots=True)
class StepByStep(Engine[Trajectory]):
    """An engine that supplies ``steps``: what it hands back is read off them. See ``Integrator``
    for the contract: high precision, not validated.
    """

    name: str = ""
    kind: str = HIGH_PRECISION

    @abstractmethod
    def steps(self, system: System, horizon: Fraction, digits: int) -> Iterator[Step]:
        """Dense output, step by step; the last one ends at the horizon. Raises what ``run``
        raises.
        """

    def follow(
        self, system: System, horizon: Fraction, digits: int, samples: int, progress: Told
    ) -> Trajectory:
        """See ``Integrator``."""
        steps = self.steps(system, horizon, digits)
        return trajectory(self, system, (horizon, digits, samples), steps, progress)


def trajectory(
    engine: Integrator,
    system: System,
    request: tuple[Fraction, int, int],
    steps: Iterable[Step],
    progress: Progress | None,
) -> Trajectory:
    """What an engine hands back that goes step by step, for a horizon, digits and samples: a step
    is read before the next one is asked for. Raises what ``steps`` raise.
    """
    horizon, digits, samples = request
    times, states = sample_times(horizon, samples), list[State]()
    count, order, truncation, rounding = 0, 0, Fraction(0), Fraction(0)
    for step in steps:
        while len(states) < len(times) and times[len(states)] <= step.end:
            states.append(arranged(system, step.at(times[len(states)]), step.bits))
        count, order = count + 1, step.order
        truncation, rounding = truncation + step.truncation, rounding + step.rounding
        if progress is not None:
            progress(step.end)
    return Trajectory(
        times, tuple(states), digits, order, count, truncation, rounding, engine.name, engine.kind
    )
