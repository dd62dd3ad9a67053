"""What an experiment of a claim measures, by its kind. Every result names its detection limit, what
moved and a rejected near miss.

Engines are loaded when they measure: a proof alone does not pay for them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from verify.claims.evidence import Followed, Measured, Outcome
from verify.claims.request import Request
from verify.models.point import Point
from verify.models.trajectories import Trajectories


def run(
    experiment: Any, outcomes: Mapping[str, Outcome], points: Sequence[Point], request: Request
) -> list[Measured]:
    """Of a claim about networks: measure at given starts. An author's own kind measures itself, by
    its ``run``.
    """
    if (own := getattr(experiment, "run", None)) is not None:
        return own(outcomes, points, request)
    from verify.theories.measure import drift, limit, slope

    kinds: dict[str, Any] = {"drift": drift, "slope": slope, "limit": limit}
    return kinds[experiment.kind].run(experiment, outcomes, points, request)


def alone(
    experiment: Any, outcomes: Mapping[str, Outcome], points: Sequence[Point], request: Request
) -> list[Measured]:
    """The same at these starts alone: what a contrast needs. One start that fails is enough."""
    if experiment.kind != "slope":
        return run(experiment, outcomes, points, request)
    from verify.theories.measure import slope

    return slope.at(
        experiment, outcomes[experiment.conclusion].sentence.conclusion, points, request.digits_or()
    )


def along(
    experiment: Any,
    outcomes: Mapping[str, Outcome],
    setting: Trajectories,
    followed: list[Followed],
    request: Request,
) -> list[Measured]:
    """Of a claim about trajectories: measure along the setting's flows, or hold another answer
    against what was enclosed.
    """
    from verify.theories.measure import contrast, late

    kinds: dict[str, Any] = {"contrast": contrast, "late": late}
    return kinds[experiment.kind].along(experiment, outcomes, setting, followed, request)
