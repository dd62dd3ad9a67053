"""Nearby: a false sentence near a conclusion, which one exact state has to refute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from verify.claims.experiments.drift import Drift


@dataclass(frozen=True, slots=True)
class Nearby(Drift):
    """Where no state refutes the near miss, the experiment is inconclusive and says so. Raises
    BadInput as Drift does.
    """

    kind: ClassVar[str] = "near miss"
    measures: ClassVar[tuple[str, ...]] = (*Drift.measures, "at-most")
