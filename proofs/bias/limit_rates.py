"""How fast the limits alpha -> 0 and alpha -> oo are reached, at every depth: at D >= 3 the
distance is of order kappa, at D = 2 of order kappa^(1-rho), rho the largest |X_j.nu| off the
support; at the kernel end of order kappa^(-2) with coefficient c_D. That the limit point is the
argmin of Q is exact (the links).
"""

from fractions import Fraction

from proofs.bias.sources import DERIVED, EVERY, RICH_RATE
from proofs.samples import limits as s
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import TendsAtOrder
from verify.claims.experiments import Compare
from verify.claims.verdict import Verdict
from verify.models.samples import Samples

DEPTH_RICH_RATE = Claim(
    id="depth-rich-rate",
    title="small scales: the rate at depth two and that of larger depths, with the prefactor",
    setting=Samples(s.TOY, sizes=((2,), (3,), (6,)), each=3),
    assuming=(),
    concluding={
        "order": TendsAtOrder(s.SECOND, s.ZERO, 12),
        "prefactor": TendsAtOrder(s.PREFACTOR, s.SLOPE, 4),
    },
    experiments=(
        Compare("order", near_miss=Fraction(121, 10)),
        Compare("prefactor", near_miss=Fraction(41, 10)),
    ),
    source=RICH_RATE,
    links=EVERY,
    remarks=(Remark("depth-limits"),),
    expected=Verdict.SUPPORTED,
)
DEPTH_KERNEL_RATE = Claim(
    id="depth-kernel-rate",
    title="large scales: the limit in the kernel regime, with the order and its coefficient",
    setting=Samples(s.KERNEL_END, sizes=((2,), (3,), (5,)), each=3),
    assuming=(),
    concluding={
        "limit": TendsAtOrder(s.SECOND, s.FIRST_L2, 2),
        "coefficient": TendsAtOrder(s.FAR, s.CUBES, 2),
    },
    experiments=(
        Compare("limit", near_miss=Fraction(21, 10)),
        Compare("coefficient", near_miss=Fraction(21, 10)),
    ),
    source=DERIVED,
    links=EVERY,
    remarks=(Remark("depth-rich-rate"),),
    expected=Verdict.SUPPORTED,
)
