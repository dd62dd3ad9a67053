"""The Rademacher complexity of the unit balls of l1 and l2, computed over all signs at small
samples, beside bounds that some of them meet: of l1 the largest l1 norm of a column over n (n
rows), of l2 |X|_F/n, and at least that over sqrt 2. The l1 ball lies in that of l2, so its
complexity is no larger.

The usual bound of l1, the largest l2 norm of a column times sqrt(2 log 2d)/n (d columns), is met by
none of them: it is tested, and supports no claim. Without the logarithm it is false.
"""

from fractions import Fraction

from proofs.bias.sources import OF_LECTURES
from proofs.samples import complexity as s
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import NeverBelow
from verify.claims.experiments import Compare
from verify.claims.verdict import Verdict
from verify.models.samples import Samples

SETTING = Samples(s.SAMPLE, sizes=((),), each=18)

RADEMACHER_BALLS = Claim(
    id="rademacher-balls",
    title="the Rademacher complexity of two balls at small samples, and their bounds",
    setting=SETTING,
    assuming=(),
    concluding={
        "column": NeverBelow(s.COLUMN, s.L1),
        "jensen": NeverBelow(s.JENSEN, s.L2),
        "kahane": NeverBelow(s.L2, s.KAHANE),
        "inside": NeverBelow(s.L2, s.L1),
    },
    experiments=(
        Compare("column", near_miss=Fraction(101, 100)),
        Compare("jensen", near_miss=Fraction(101, 100)),
        Compare("kahane", near_miss=Fraction(101, 100)),
        Compare("inside", near_miss=Fraction(101, 100)),
    ),
    source=OF_LECTURES,
    remarks=(Remark("rademacher-no-logarithm"),),
    expected=Verdict.SUPPORTED,
)
RADEMACHER_NO_LOGARITHM = RADEMACHER_BALLS.false_variant(
    id="rademacher-no-logarithm",
    title="a misreading: the bound of the ball of l1 without its logarithm",
    concluding={"bound": NeverBelow(s.NO_LOGARITHM, s.L1)},
)
