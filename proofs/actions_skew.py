"""Skew elements of the hidden algebra: along the flow they say nothing."""

from proofs.sources import HIDDEN_GL
from verify.claims.claim import Claim
from verify.claims.conclusions.of_actions import Integrates, Orthogonal, SkewEmpty
from verify.models.action import Action, DeepLinear

MOMENT_MAP_SKEW = Claim(
    id="moment-map-skew",
    title="skew elements of the hidden algebra",
    setting=Action((DeepLinear((2, 2, 2)), DeepLinear((2, 3, 2)))),
    assuming=(),
    concluding={"orthogonal": Orthogonal(), "empty": SkewEmpty()},
    source=HIDDEN_GL,
)

MOMENT_MAP_SKEW_LAW = MOMENT_MAP_SKEW.false_variant(
    id="moment-map-skew-law",
    title="a misreading: a law from a skew element",
    setting=Action((DeepLinear((2, 2, 2)),)),
    concluding={"law": Integrates()},
)
