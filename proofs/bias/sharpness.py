"""General shapes of the start at depth 2, and how sharply each depth prefers a vertex. The l1 limit
at the order 1/log survives; with w0_i = alpha^(c_i - 1) the limit is the l1 norm weighted by c_i,
and not the plain one.
"""

from fractions import Fraction

from proofs.bias.sources import DERIVED, EXACT, THEOREM_1
from proofs.samples import expansions as e
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import NeverBelow, TendsAtOrder
from verify.claims.experiments import Compare
from verify.claims.verdict import Verdict
from verify.models.samples import Samples

AFTER_2, AFTER_4, AFTER_1 = Fraction(21, 10), Fraction(41, 10), Fraction(11, 10)
DIAG_D2_SHAPE = Claim(
    id="diag-d2-shape",
    title="depth 2: the shape of the start counts at large scales, at small ones where it scales",
    setting=Samples(e.SHAPE, sizes=((),), each=6),
    assuming=(),
    concluding={
        "kernel": TendsAtOrder(e.FLAT, e.WEIGHTED_L2, 4),
        "rich": TendsAtOrder(e.SCALED, e.REST, 2),
        "scaling-shape": TendsAtOrder(e.SHAPED, e.PLAIN_REST, 2),
    },
    experiments=(
        Compare("kernel", near_miss=AFTER_4),
        Compare("rich", near_miss=AFTER_2),
        Compare("scaling-shape", near_miss=AFTER_2),
    ),
    links=EXACT,
    source=THEOREM_1,
    expected=Verdict.SUPPORTED,
)
DEPTH_SHARPNESS = Claim(
    id="depth-sharpness",
    title="a deeper potential prefers a vertex to the middle of a face more sharply",
    setting=Samples(e.SHARPNESS, sizes=((3,), (4,)), each=5),
    assuming=(),
    concluding={
        "deeper": NeverBelow(e.SHARP, e.SHARPER),
        "kernel": TendsAtOrder(e.KERNEL, e.ONE, 2),
        "rich": TendsAtOrder(e.RICH, e.FACE, 4),
    },
    experiments=(
        Compare("deeper", near_miss=AFTER_1),
        Compare("kernel", near_miss=AFTER_2),
        Compare("rich", near_miss=AFTER_4),
    ),
    source=DERIVED,
    remarks=(Remark("deeper-faster-in-time"),),
    expected=Verdict.SUPPORTED,
)
