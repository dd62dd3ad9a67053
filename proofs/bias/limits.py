"""The limits alpha -> 0 and alpha -> oo at every depth, and how fast: as a chain of links. That the
limit point is the argmin of Q is exact (mirror-identity, diag-d2-qalpha, diag-depthd-qd); that b1
is feasible and the only minimiser is certified over Q at each instance; the limit is measured.

At D >= 3 the distance is of order kappa, at D = 2 of order kappa^(1-rho), rho the largest |X_j.nu|
off the support; at the kernel end of order kappa^(-2) with coefficient c_D. The limit as alpha -> 0
is of least l1 norm at every depth, and not of least sum |b_i|^(2/D).
"""

from fractions import Fraction

from proofs.bias.sources import DERIVED, EXACT, OF_LECTURES, RICH_RATE, SEED, THEOREM_3
from proofs.samples import limits as s
from proofs.samples.faces import CORNER, FACES, MIDDLE, NEAR
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Agrees, NeverBelow, TendsAtOrder
from verify.claims.experiments import Compare
from verify.claims.verdict import Verdict
from verify.models.samples import Samples

ABOVE = Fraction(11, 10)
DEEP = ("mirror-identity", "diag-depthd-qd")  # exact links: conserved, and the least of Q
EVERY = (*EXACT, *DEEP)

DEPTH_LIMITS = Claim(
    id="depth-limits",
    title="small scales, depth 3 and 4: the limit is the interpolator of least l1 norm",
    setting=Samples(s.DATA, sizes=((3,), (4,)), each=3),
    assuming=(),
    concluding={
        "feasibility": Agrees(s.FITTED, s.SEEN),
        "uniqueness": NeverBelow(s.OTHER, s.APART),
        "limit": TendsAtOrder(s.FIRST, s.LEAST, 6),
        "norm": TendsAtOrder(s.NORM, s.LEAST_NORM, 6),
    },
    experiments=(
        Compare("feasibility", near_miss=Fraction(101, 100)),
        Compare("uniqueness", near_miss=ABOVE),
        Compare("limit", near_miss=Fraction(61, 10)),
        Compare("norm", near_miss=Fraction(61, 10)),
    ),
    source=THEOREM_3,
    links=DEEP,
    remarks=(Remark("depth-limits-quasi-norm"),),
    expected=Verdict.SUPPORTED,
)

DEPTH_LIMITS_QUASI_NORM = Claim(
    id="depth-limits-quasi-norm",
    title="a misreading: small scales give the least quasi-norm of the depth",
    setting=Samples(s.COUNTER, sizes=((3,),), each=2),
    assuming=(),
    concluding={"limit": Agrees(s.TINY, s.QUASI)},
    source=OF_LECTURES,
    expected=Verdict.REFUTED,
    corrects="depth-limits",
)

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

L1_NOT_ALONE = Claim(
    id="l1-not-alone",
    title="small scales where many interpolators share the minimal l1 norm: norm and middle",
    setting=Samples(FACES, sizes=((3,), (4,)), each=3),
    assuming=(),
    concluding={
        "norm": TendsAtOrder(s.NORM, s.LEAST_NORM, 6),
        "middle": TendsAtOrder(s.FIRST, MIDDLE, 6),
    },
    experiments=(
        Compare("norm", near_miss=Fraction(61, 10)),
        Compare("middle", near_miss=Fraction(61, 10)),
    ),
    source=DERIVED,
    links=DEEP,
    remarks=(Remark("depth-limits"), Remark("l1-corner")),
    expected=Verdict.SUPPORTED,
)

L1_CORNER = Claim(
    id="l1-corner",
    title="a loose sentence: small scales give a sparse interpolator of minimal l1 norm",
    setting=Samples(FACES, sizes=((3,),), each=2),
    assuming=(),
    concluding={"limit": Agrees(NEAR, CORNER)},
    source=SEED,
    expected=Verdict.REFUTED,
    corrects="l1-not-alone",
)
