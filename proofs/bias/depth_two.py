"""What depth 2 has of its own: it is the limit of larger depths after z is divided by p = D/(D-2),
with an error of first order in D - 2; its kernel is the worse conditioned at small scales the
further the second coordinate is from the first, as alpha^(-2 (1 - rho)).
"""

from fractions import Fraction

from proofs.bias.sources import DERIVED
from proofs.samples import depth_two as two
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import TendsAtOrder
from verify.claims.experiments import Compare
from verify.claims.verdict import Verdict
from verify.models.samples import Samples

DEPTH_TO_TWO = Claim(
    id="depth-to-two",
    title="the potential of depth two is the limit of those of larger depths",
    setting=Samples(two.TOWARDS, sizes=((),), each=5),
    assuming=(),
    concluding={"slope": TendsAtOrder(two.SLOPE, two.SINH, 1)},
    experiments=(Compare("slope", near_miss=Fraction(11, 10)),),
    source=DERIVED,
    links=("diag-d2-qalpha", "diag-depthd-qd"),
    expected=Verdict.SUPPORTED,
)
COND_JACOBIAN_TWO = Claim(
    id="cond-jacobian-two",
    title="depth two, small scales: how the condition number of the kernel grows",
    setting=Samples(two.CONDITION, sizes=((2,), (3,), (4,)), each=2),
    assuming=(),
    concluding={"growth": TendsAtOrder(two.INVERSE, two.ZERO, 2)},
    experiments=(Compare("growth", near_miss=Fraction(21, 10)),),
    source=DERIVED,
    remarks=(Remark("cond-jacobian"),),
    expected=Verdict.SUPPORTED,
)
