"""Which potential it is matters: for one measurement x the limit of mirror descent from 0 with Q =
|b|^2/2 is a multiple of x, with Q = sum b^4/4 its cubes are.
"""

from proofs.bias.sources import OF_LECTURES
from verify.claims.claim import Claim
from verify.claims.conclusions.equals import Equals
from verify.models.formulas import Formulas, Let, Letter, letters
from verify.terms.expr import const

S = letters("s")[0]
B1, B2 = const("b1"), const("b2")
FOURTH = Formulas(
    "Q = (b1^4 + b2^4)/4 with gradient (b1^3, b2^3); one measurement x = (1, 8), b1 + 8 b2 = 17 s",
    (Letter("s", ">"),),
    (Let("b1", S), Let("b2", 2 * S)),
)
BREGMAN_FOURTH_POWER = Claim(
    id="bregman-fourth-power",
    title="the sum of fourth powers as a potential: the limit for the measurement (1, 8)",
    setting=FOURTH,
    assuming=(),
    concluding={"rows": Equals(B2**3, 8 * B1**3), "fits": Equals(B1 + 8 * B2, 17 * S)},
    source=OF_LECTURES,
)
BREGMAN_ANY_POTENTIAL = BREGMAN_FOURTH_POWER.false_variant(
    id="bregman-any-potential",
    title="a misreading: the limit as a multiple of the measurement, from fourth powers",
    concluding={"multiple": Equals(B2, 8 * B1)},
)
