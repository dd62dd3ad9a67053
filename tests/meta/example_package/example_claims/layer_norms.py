"""For every loss the layers' squared norms change alike: their differences are conserved, the norms
themselves are not.
"""

from verify.claims.claim import Claim, Source
from verify.claims.conclusions import Conserved
from verify.claims.hypotheses import DepthAtLeast
from verify.claims.verdict import Verdict
from verify.models import Flow
from verify.terms.expr import total, u

PAPER = Source(
    "1806.00900v2", note="shown there for homogeneous networks; stated here for the diagonal one"
)

LAYER_NORM_GAP = Claim(
    id="example-layer-norm-gap",
    title="|u_l|^2 - |u_m|^2 is conserved, whatever the loss",
    setting=Flow(),
    assuming=(DepthAtLeast(),),
    concluding={"gap": Conserved(total("i", u["l", "i"] ** 2 - u["m", "i"] ** 2))},
    source=PAPER,
)
LAYER_NORM_OF_ANY_LOSS = Claim(
    id="example-layer-norm-of-any-loss",
    title="a misreading: |u_l|^2 itself is conserved, whatever the loss",
    setting=Flow(),
    assuming=(),
    concluding={"norm": Conserved(total("i", u["l", "i"] ** 2))},
    source=PAPER,
    expected=Verdict.REFUTED,
    corrects="example-layer-norm-gap",
)
