"""One input and one output: quadratic laws beyond those of the moment map."""

from proofs.sources import LAWS_COUNTED
from verify.claims.claim import Claim
from verify.claims.conclusions.of_actions import AlgebraCount, LawCount
from verify.models.action import Action, DeepLinear

MOMENT_MAP_BOTTLENECK = Claim(
    id="moment-map-bottleneck",
    title="one input and one output: quadratic laws",
    setting=Action((DeepLinear((1, 2, 1)), DeepLinear((1, 2, 2, 1)))),
    assuming=(),
    concluding={"size": AlgebraCount((4, 8), (3, 6)), "laws": LawCount((4, 6), (3, 6))},
    source=LAWS_COUNTED,
)
