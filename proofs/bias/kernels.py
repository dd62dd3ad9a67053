"""Lazy training and the rich regime, seen from the tangent kernel: at large scales weights change
by kappa^(-1) = alpha^(-D) and the kernel only by kappa^(-2), as first orders of w_+ and w_- cancel;
at small ones cond(J J^T) grows like alpha^(-2(D-1)) (D > 2). That is the signature of the rich
regime, not its breakdown.
"""

from fractions import Fraction

from proofs.bias.sources import DERIVED, LAZY, SEED
from proofs.samples import kernels as k
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import NeverBelow, TendsAtOrder
from verify.claims.experiments import Compare
from verify.claims.verdict import Verdict
from verify.models.samples import Samples

SETTING = Samples(k.KERNELS, sizes=((3,), (4,)), each=3)

LAZY_RATES = Claim(
    id="lazy-rates",
    title="large scales: the orders at which weights and kernel change",
    setting=Samples(k.KERNELS, sizes=((2,), (3,), (4,)), each=3),
    assuming=(),
    concluding={
        "weights": TendsAtOrder(k.WEIGHTS, k.ZERO, 1),
        "kernel": TendsAtOrder(k.KERNEL, k.ZERO, 2),
    },
    experiments=(
        Compare("weights", near_miss=Fraction(11, 10)),
        Compare("kernel", near_miss=Fraction(21, 10)),
    ),
    source=LAZY,
    expected=Verdict.SUPPORTED,
)

COND_JACOBIAN = Claim(
    id="cond-jacobian",
    title="small scales: how the condition number of the kernel grows",
    setting=SETTING,
    assuming=(),
    concluding={"growth": TendsAtOrder(k.INVERSE, k.ZERO, 12)},
    experiments=(Compare("growth", near_miss=Fraction(121, 10)),),
    source=DERIVED,
    remarks=(Remark("ill-conditioned-breaks"), Remark("cond-jacobian-two")),
    expected=Verdict.SUPPORTED,
)

ILL_CONDITIONED = COND_JACOBIAN.false_variant(
    id="ill-conditioned-breaks",
    title="a loose sentence: an ill-conditioned Jacobian keeps the limit from minimal l1",
    concluding={"norm": NeverBelow(k.NORM, k.TENTH)},
    source=SEED,
)
