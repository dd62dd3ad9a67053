"""Which claims have a picture, and the picture of one that was decided."""

from __future__ import annotations

from typing import Any

from verify.claims.claim import Claim
from verify.claims.evidence import Report
from verify.claims.request import Request
from verify.exact.errors import BadInput
from verify.library.registry import claims
from verify.models.matrices import Matrices
from verify.models.trajectories import Trajectories
from verify.report.pictures import matrices as matrices
from verify.report.pictures import network as network
from verify.report.pictures import trajectories as trajectories
from verify.report.pictures.picture import Picture, Progress

NETWORKS = ("flow", "step")


def check(claim: Claim, request: Request, wanted: str | None = None) -> None:
    """Raises BadInput, before anything is decided, where there is nothing to draw, no such axis, or
    numbers are not wanted.
    """
    if not request.numeric:
        raise BadInput(
            "--plot with --no-numeric: a picture is made of numbers; leave one of the two out"
        )
    if isinstance(claim.setting, Trajectories):
        return
    if isinstance(claim.setting, Matrices):
        return matrices.check(claim, wanted, which_have)
    if claim.setting.kind not in NETWORKS:
        raise BadInput(
            f"--plot: there is no picture of {claim.id}, a claim about {claim.setting.kind};"
            f" {which_have()}"
        )
    network.check(claim, request)


def drawable(claim: Claim) -> bool:
    """Whether there is a picture of a claim that is judged with default options."""
    if isinstance(claim.setting, Matrices):
        return matrices.has_plane(claim)
    if claim.setting.kind not in NETWORKS:
        return isinstance(claim.setting, Trajectories)
    try:
        network.check(claim, Request())
    except BadInput:
        return False
    return True


def which_have() -> str:
    """Which claims have a picture, in words."""
    planes = [
        name
        for name, found in claims().items()
        if isinstance(found.claim.setting, Matrices) and matrices.has_plane(found.claim)
    ]
    return (
        f"claims about flows of networks and about trajectories have one, and {', '.join(planes)}"
    )


def picture(
    claim: Claim,
    request: Request,
    report: Report,
    wanted: str | None,
    progress: Progress = lambda text: None,
) -> Picture:
    """The trajectories of a claim that was decided; ``wanted`` is linear, log or None. Raises
    BadInput where none can be followed.
    """
    of: Any = (
        trajectories
        if isinstance(claim.setting, Trajectories)
        else matrices
        if isinstance(claim.setting, Matrices)
        else network
    )
    return of.drawn(claim, request, report, wanted, progress)
