"""Symmetry algebras of deep linear networks, found from the product; a width of 1 has more."""

from proofs.sources import HIDDEN_GL
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.of_actions import AlgebraCount, Stabiliser
from verify.models.action import Action, DeepLinear

MOMENT_MAP_FOUND = Claim(
    id="moment-map-found",
    title="symmetry algebras of deep linear networks, found from the product",
    setting=Action(
        (
            DeepLinear((2, 2, 2)),
            DeepLinear((3, 2, 2)),
            DeepLinear((2, 2, 2, 2)),
            DeepLinear((2, 3, 2)),
        )
    ),
    assuming=(),
    concluding={"found": Stabiliser(), "size": AlgebraCount((4, 4, 8, 9), (3, 3, 6, 6))},
    source=HIDDEN_GL,
    remarks=(Remark("moment-map-found-bottleneck"),),
)

MOMENT_MAP_FOUND_BOTTLENECK = MOMENT_MAP_FOUND.false_variant(
    id="moment-map-found-bottleneck",
    title="a misreading: the symmetry algebra with a layer of width 1",
    setting=Action((DeepLinear((2, 3, 1, 2)),)),
    concluding={"found": Stabiliser()},
)
