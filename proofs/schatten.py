"""Sums of Schatten norms on a fibre have the least value N ||X||_(S_(p/N))^(1/N), attained at
balanced tuples; p = oo is different (lm-schatten-infinity).

Not judged: that these tuples alone attain it, for p other than 2; for two scalar layers amb-norm
shows it at every p, and for the sum of squares dln-kempf-ness. Whether the nuclear norm is strictly
plurisubharmonic, which the paper leaves open at p = 1: open-p1.

The value is derived. For p = 2 read as sum_k ||W_k||_F; the companion for ||W||^2 is exact
(dln-kempf-ness).
"""

from fractions import Fraction

from proofs.samples.schatten import (
    BALANCED,
    LEAST,
    NORMS,
    SCHATTEN,
)
from proofs.sources import LM_SCHATTEN_NORMS
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Agrees, NeverBelow
from verify.claims.experiments import Compare
from verify.claims.verdict import Verdict
from verify.models.samples import Samples

EXPONENTS = (Fraction(1, 2), Fraction(1), Fraction(3, 2), Fraction(2), Fraction(3))

LM_SCHATTEN = Claim(
    id="lm-schatten",
    title="sums of Schatten norms on a fibre",
    setting=Samples(
        SCHATTEN,
        sizes=tuple((d, n, p) for d, n in ((2, 2), (3, 2), (2, 3)) for p in EXPONENTS),
        each=12,
    ),
    assuming=(),
    concluding={
        "bound": NeverBelow(NORMS, LEAST),
        "attained": Agrees(BALANCED, LEAST),
    },
    experiments=(
        Compare("bound", near_miss=Fraction(101, 100)),
        Compare("attained", near_miss=Fraction(101, 100)),
    ),
    source=LM_SCHATTEN_NORMS,
    remarks=(Remark("lm-schatten-infinity"),),
    unstated="that only balanced tuples attain the bound: it is the case of equality in"
    " inequalities of Horn and of the means, which no proof here cites; what was drawn"
    " unbalanced lies strictly above",
    expected=Verdict.SUPPORTED,
)
