"""Moment maps of linear group actions: balancedness is derived from the action, not guessed.

If theta -> exp(t xi) theta leaves phi unchanged, then <xi theta, theta'> = 0 along theta' =
-dphi(theta)^T g for every g. For symmetric xi this is a conservation law, <theta, xi theta>; for
skew xi it is none. The letters are those of arXiv:2511.01137v2.
"""

from proofs.sources import HIDDEN_GL
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.of_actions import (
    AlgebraCount,
    EveryElement,
    Factor,
    FirstVariation,
    LawCount,
    LieAlgebra,
    MomentConserved,
    MomentIs,
    Preserves,
)
from verify.models.action import Action, DeepLinear


def _w(shift: int, star: bool = False) -> Factor:
    return Factor("W", (shift,), star)


BALANCE = (
    (1, (_w(0), _w(0, True))),
    (-1, (_w(1, True), _w(1))),
)  # G_k = W_k W_k* - W_{k+1}* W_{k+1}
LAYERS = (
    DeepLinear((2, 2, 2)),
    DeepLinear((3, 2, 2)),
    DeepLinear((2, 3, 1, 2)),
    DeepLinear((2, 2, 2, 2)),
)

MOMENT_MAP_LAYERS = Claim(
    id="moment-map-layers",
    title="deep linear networks: the moment map of the hidden GL",
    setting=Action(LAYERS),
    assuming=(),
    concluding={
        "preserves": Preserves(),
        "algebra": LieAlgebra(),
        "moment": MomentIs(BALANCE),
        "first-variation": FirstVariation(BALANCE),
        "conserved": MomentConserved(),
        "every": EveryElement(),
        "size": AlgebraCount((4, 4, 10, 8), (3, 3, 7, 6)),
        "laws": LawCount((3, 3, 7, 6), (3, 3, 7, 6)),
    },
    source=HIDDEN_GL,
    remarks=(Remark("moment-map-shear"),),
)
