"""The integral for the inverse of A_(N,X): both sides enclosed at exact instances, d = 2, 3 and N =
2, 3, 5.

The integral: Bah, Rauhut, Terstiege, Westdickenberg, arXiv:1910.05505.
"""

from fractions import Fraction

from proofs.samples.integral import INTEGRAL, INVERSE, RESOLVENTS
from proofs.sources import LM_BACKGROUND
from verify.claims.claim import Claim
from verify.claims.conclusions import Agrees
from verify.claims.experiments import Compare
from verify.claims.verdict import Verdict
from verify.models.samples import Samples

BAH_INTEGRAL = Claim(
    id="bah-integral",
    title="the inverse of the kernel and an integral of resolvents",
    setting=Samples(RESOLVENTS, sizes=((2, 2), (2, 3), (3, 3), (2, 5), (3, 5)), each=3),
    assuming=(),
    concluding={"inverse": Agrees(INTEGRAL, INVERSE)},
    experiments=(Compare("inverse", near_miss=Fraction(101, 100)),),
    source=LM_BACKGROUND,
    expected=Verdict.SUPPORTED,
)
