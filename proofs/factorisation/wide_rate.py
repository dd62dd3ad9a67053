"""Wide factors and diagonal measurements (wide-parallel) from Gaussian entries with alpha^2 k = 2
mu^2: delta(0)/Delta(0) is of the size of k^(-1/2).

As k grows the start becomes unbiased, and the limit is the argmin of mu^2 sum q(s_i/mu^2), of
Theorem 4, with an error of that order. At a fixed width it is another point.
"""

from fractions import Fraction

from proofs.bias.sources import LECTURES
from proofs.samples import wide as sampled
from verify.claims.claim import Claim, Remark, Source
from verify.claims.conclusions import Agrees, TendsAtOrder
from verify.claims.experiments import Compare
from verify.claims.verdict import Verdict
from verify.models.samples import Samples

DERIVED_4 = Source("2002.09277v3", note=f"derived for Theorem 4; {LECTURES}")
WIDE_PARALLEL_RATE = Claim(
    id="wide-parallel-rate",
    title="two factors of growing width: the error of the limit",
    setting=Samples(sampled.WIDTHS, sizes=((),), each=6),
    assuming=(),
    concluding={"limit": TendsAtOrder(sampled.WIDE, sampled.ARGMIN, 1)},
    experiments=(Compare("limit", near_miss=Fraction(11, 10)),),
    source=DERIVED_4,
    links=("wide-parallel",),
    remarks=(Remark("wide-parallel"),),
    expected=Verdict.SUPPORTED,
)
WIDE_PARALLEL_FIXED = WIDE_PARALLEL_RATE.false_variant(
    id="wide-parallel-fixed",
    title="a misreading: the limit at a fixed width as the argmin",
    concluding={"limit": Agrees(sampled.NARROW, sampled.ARGMIN_TOO)},
)
