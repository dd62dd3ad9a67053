"""Gradient flow of x = u v against the lasso path. From u, v of order sqrt(eps) and at t = s
log(1/eps)/2 the last term of lasso-path tends to sign(x)/s where x is not small: the lasso with
penalty 1/s for the average of x.

It is the average that follows the lasso; x itself jumps. Where the path is not monotone the average
follows it approximately: verify experiment lasso-path.
"""

from fractions import Fraction

from proofs.bias.sources import LASSO
from proofs.samples import lasso as o
from verify.claims.claim import Claim
from verify.claims.conclusions import Agrees, TendsAtOrder
from verify.claims.experiments import Compare
from verify.claims.verdict import Verdict
from verify.models.samples import Samples

LASSO_PATH_LIMIT = Claim(
    id="lasso-path-limit",
    title="one product of two factors: the average over time tends to the lasso",
    setting=Samples(o.ONE_FACTOR, sizes=((),), each=5),
    assuming=(),
    concluding={"average": TendsAtOrder(o.AVERAGE, o.LASSO, 1)},
    experiments=(Compare("average", near_miss=Fraction(11, 10)),),
    source=LASSO,
    links=("lasso-path",),
    expected=Verdict.SUPPORTED,
)
LASSO_PATH_NOW = LASSO_PATH_LIMIT.false_variant(
    id="lasso-path-now",
    title="a loose sentence: the output itself follows the lasso path",
    setting=Samples(o.ONE_FACTOR, sizes=((),), each=3),
    concluding={"output": Agrees(o.NOW, o.AT_ONCE)},
)
