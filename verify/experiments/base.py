"""Numeric experiments: what each kind offers. They illustrate what is proved and support what is not; they never prove."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from verify.enclosing import Followed
    from verify.evidence import Measured, Outcome
    from verify.request import Request
    from verify.settings.point import Point
    from verify.settings.trajectories import Trajectories


class Named(Protocol):
    """``conclusion`` names what is measured; ``measures`` are the kinds of conclusion that it can be."""

    @property
    def kind(self) -> str: ...

    @property
    def measures(self) -> tuple[str, ...]: ...

    @property
    def conclusion(self) -> str: ...


class Experiment(Named, Protocol):
    """Of a claim about networks."""

    def run(self, outcomes: Mapping[str, Outcome], points: Sequence[Point], request: Request) -> list[Measured]:
        """Measure at given starts. Every result names its detection limit, the distance moved and a rejected near miss."""
        ...


class AlongExperiment(Named, Protocol):
    """Of a claim about trajectories."""

    def along(
        self, outcomes: Mapping[str, Outcome], setting: Trajectories, followed: list[Followed], request: Request
    ) -> list[Measured]:
        """Measure along the setting's flows, or hold another answer against what was enclosed."""
        ...
