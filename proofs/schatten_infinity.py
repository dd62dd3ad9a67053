"""Sums of operator norms on a fibre: the value of lm-schatten is right at p = oo, but minimisers
need not be balanced.
"""

from fractions import Fraction

from proofs.samples.schatten import (
    ATTAINED,
    LARGEST,
    MOMENT,
    OPERATOR_NORMS,
    ZERO,
)
from proofs.schatten import LM_SCHATTEN
from proofs.sources import LM_SCHATTEN_NORMS
from verify.claims.claim import Claim
from verify.claims.conclusions import Agrees
from verify.claims.experiments import Compare
from verify.claims.verdict import Verdict
from verify.models.samples import Samples

LM_SCHATTEN_VALUE_INFINITY = Claim(
    id="lm-schatten-value-infinity",
    title="sums of operator norms",
    setting=Samples(LARGEST, sizes=((2,), (3,)), each=3),
    assuming=(),
    concluding={"attained": Agrees(OPERATOR_NORMS, ATTAINED)},
    experiments=(Compare("attained", near_miss=Fraction(101, 100)),),
    source=LM_SCHATTEN_NORMS,
    expected=Verdict.SUPPORTED,
)

LM_SCHATTEN_INFINITY = LM_SCHATTEN.false_variant(
    id="lm-schatten-infinity",
    title="as one might extend it: balance where operator norms add up",
    setting=Samples(LARGEST, sizes=((2,), (3,)), each=3),
    concluding={"balanced": Agrees(MOMENT, ZERO)},
)
