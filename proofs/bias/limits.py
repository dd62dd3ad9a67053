"""The limit alpha -> 0 at depth 3 and 4, as a chain of links. That the limit point is the argmin of
Q is exact (mirror-identity, diag-depthd-qd); that b1 is feasible and the only minimiser is
certified over Q at each instance; the limit is measured. It is of least l1 norm at every depth, and
not of least sum |b_i|^(2/D).
"""

from fractions import Fraction

from proofs.bias.sources import DEEP, OF_LECTURES, THEOREM_3
from proofs.samples import limits as s
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Agrees, NeverBelow, TendsAtOrder
from verify.claims.experiments import Compare
from verify.claims.verdict import Verdict
from verify.models.samples import Samples

ABOVE = Fraction(11, 10)
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
DEPTH_LIMITS_QUASI_NORM = DEPTH_LIMITS.false_variant(
    id="depth-limits-quasi-norm",
    title="a misreading: small scales give the least quasi-norm of the depth",
    setting=Samples(s.COUNTER, sizes=((3,),), each=2),
    concluding={"limit": Agrees(s.TINY, s.QUASI)},
    source=OF_LECTURES,
)
