"""Diagonal networks: the moment map of the torus that scales their coordinates."""

from proofs.sources import LAWS_COUNTED
from verify.claims.claim import Claim
from verify.claims.conclusions.of_actions import (
    Factor,
    LawCount,
    MomentConserved,
    MomentIs,
    Preserves,
    Stabiliser,
)
from verify.models.action import Action, Diagonal


def _u(shift: int) -> Factor:
    return Factor("u", (shift, 0))


MOMENT_MAP_TORUS = Claim(
    id="moment-map-torus",
    title="diagonal networks: the moment map of the torus",
    setting=Action((Diagonal(2, 3), Diagonal(3, 2))),
    assuming=(),
    concluding={
        "preserves": Preserves(),
        "moment": MomentIs(((1, (_u(0), _u(0))), (-1, (_u(1), _u(1))))),
        "conserved": MomentConserved(),
        "found": Stabiliser(),
        "laws": LawCount((3, 4), (3, 4)),
    },
    source=LAWS_COUNTED,
)
