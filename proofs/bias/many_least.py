"""Where many interpolators share the least l1 norm, small scales choose the one in the middle of
them, and no corner.
"""

from fractions import Fraction

from proofs.bias.sources import DEEP, DERIVED, SEED
from proofs.samples import limits as s
from proofs.samples.faces import CORNER, FACES, MIDDLE, NEAR
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Agrees, TendsAtOrder
from verify.claims.experiments import Compare
from verify.claims.verdict import Verdict
from verify.models.samples import Samples

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
L1_CORNER = L1_NOT_ALONE.false_variant(
    id="l1-corner",
    title="a loose sentence: small scales give a sparse interpolator of minimal l1 norm",
    setting=Samples(FACES, sizes=((3,),), each=2),
    concluding={"limit": Agrees(NEAR, CORNER)},
    source=SEED,
)
