"""Concrete flows from exact starts, each followed to a horizon: what enclosures and rates speak about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import ClassVar

from verify.settings.system import System


@dataclass(frozen=True)
class Trajectories:
    """``starts`` satisfy every hypothesis; ``contrary`` has, for a hypothesis, a start that violates it and no other.

    Systems are built when they are needed; all of them have the same quantities. ``horizon`` is a reading of their clock.
    """

    flow: str
    starts: Mapping[str, Callable[[], System]]
    horizon: Fraction
    contrary: Mapping[str, tuple[str, Callable[[], System]]] = field(default_factory=dict)
    kind: ClassVar[str] = "trajectories"
    least_depth: ClassVar[int] = 1
    decay: ClassVar[None] = None

    def title(self) -> str:
        return self.flow

    def detail(self) -> str:
        """Starts and horizon."""
        return f"starts: {'; '.join(self.starts)}; clock in [0, {self.horizon}]"

    def wire(self) -> dict:
        starts = {label: build() for label, build in self.starts.items()}
        return {
            "kind": self.kind,
            "flow": self.flow,
            "horizon": str(self.horizon),
            "clock": sorted({system.clock.name for system in starts.values()}),
            "starts": {label: dict(zip(s.names, map(str, s.start), strict=True)) for label, s in starts.items()},
        }
