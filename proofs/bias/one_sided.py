"""Without a minus branch, beta = u^2, log(beta/alpha^2) stays in the row space: at small scales the
least l1 norm among beta >= 0, at large ones a divergence to alpha^2 1, and not l2.
"""

from fractions import Fraction

from proofs.bias.sources import DERIVED
from proofs.samples import one_sided as o
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Agrees, TendsAtOrder
from verify.claims.experiments import Compare
from verify.claims.verdict import Verdict
from verify.models.samples import Samples

BIASED_INIT = Claim(
    id="biased-init",
    title="no minus branch: large and small scales for x = (1, 1/2)",
    setting=Samples(o.ONE_SIDED, sizes=((),), each=6),
    assuming=(),
    concluding={
        "large-1": TendsAtOrder(o.LARGE_1, o.ZERO, 2),
        "large-2": TendsAtOrder(o.LARGE_2, o.TWICE, 2),
        "small": TendsAtOrder(o.SMALL_1, o.TARGET, 2),
    },
    experiments=tuple(
        Compare(x, near_miss=Fraction(21, 10)) for x in ("large-1", "large-2", "small")
    ),
    source=DERIVED,
    remarks=(Remark("biased-init-l2"),),
    expected=Verdict.SUPPORTED,
)
BIASED_INIT_L2 = BIASED_INIT.false_variant(
    id="biased-init-l2",
    title="a misreading: without a minus branch large scales give minimal l2",
    concluding={"limit": Agrees(o.FAR_1, o.LEAST_L2)},
)
