"""One output, two inputs, and a loss that is not linear: N = 2 is no dividing line. E = (w1^2 + 3
w2^2)/2 gives the curl -2 w1 w2/|w| of the field F = -w'.
"""

from proofs.one_output import CURL, NORM, ONE_OUTPUT, RHO, W1, W2, field
from verify.claims.claim import Break, Claim
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.sign import Sign
from verify.claims.hypotheses.formulas import Given
from verify.models.formulas import Formulas, Let, Letter
from verify.terms.expr import num

QUADRATIC = Formulas(
    "field F = -w' of one output and two inputs at depth 2, E = (w1^2 + 3 w2^2)/2",
    (Letter("w1"), Letter("w2")),
    (NORM, Let("p", RHO), *field(num(2), W1, 3 * W2)),
    points=({"w1": 3, "w2": 4}, {"w1": 0, "w2": 1}, {"w1": 1, "w2": 0}),
)

ACH_DEPTH_TWO = Claim(
    id="ach-depth-two",
    title="one output, depth 2, an uneven quadratic loss: the curl of the field",
    setting=QUADRATIC,
    assuming=(Given("off-axis-1", W1), Given("off-axis-2", W2)),
    concluding={"value": Equals(CURL, -2 * W1 * W2 / RHO), "curl": Sign(CURL, "!=")},
    breaks=(Break("off-axis-1"), Break("off-axis-2")),
    source=ONE_OUTPUT,
)

ACH_DEPTH_TWO_POTENTIAL = ACH_DEPTH_TWO.false_variant(
    id="ach-depth-two-potential",
    title="a misreading: a field without curl at depth 2",
    assuming=(),
    concluding={"curl": Equals(CURL, num(0))},
)
