"""Weights that are both zero at the start stay so at D = 2: how fast the loss falls depends on
them, and no rate holds for every start.
"""

from proofs.bias.sources import DERIVED, SEED
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.sign import Sign
from verify.claims.hypotheses.formulas import Given
from verify.models.formula_flow import Follows, Weights
from verify.models.formulas import Formulas, Let, Letter, letters
from verify.terms.expr import const, dot

P, M = letters("p m")
X0, Y0 = letters("x y")
RES, LOSS = const("r"), const("loss")
NET = Weights("signed-power", (2, 1), "p m")
ZEROS = Formulas.following(
    "one sample of one coordinate at depth 2, weights of any sign",
    (Letter("p"), Letter("m"), Letter("x", "!="), Letter("y")),
    (Let("r", X0 * NET.phi[0] - Y0), Let("loss", RES**2)),
    Follows(NET, LOSS),
)
ZERO_START = Claim(
    id="zero-start",
    title="how fast the loss of one coordinate falls: at a start with both weights zero not at all",
    setting=ZEROS,
    assuming=(),
    concluding={"falls": Equals(dot(LOSS), -16 * X0**2 * RES**2 * (P**2 + M**2))},
    source=DERIVED,
    remarks=(Remark("zero-start-falls"),),
)
ZERO_START_FALLS = ZERO_START.false_variant(
    id="zero-start-falls",
    title="a loose sentence: the loss of one coordinate falls at a rate that no start slows down",
    assuming=(Given("wrong", RES**2, ">"),),
    concluding={"falls": Sign(-dot(LOSS) - 16 * X0**2 * LOSS, ">=")},
    source=SEED,
)
