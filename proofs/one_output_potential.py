"""One output, two inputs, constant gradient: at depth N > 2 the field F = -w' has a curl and so no
potential, unless w and g are parallel.
"""

from proofs.one_output import CONSTANT, CURL, G1, G2, ONE_OUTPUT, W1, W2, N
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions.sign import Sign
from verify.claims.hypotheses.formulas import Given

ACH_NO_POTENTIAL = Claim(
    id="ach-no-potential",
    title="one output, constant gradient, depth above 2: a curl that is not 0",
    setting=CONSTANT,
    assuming=(Given("depth", N - 2, ">"), Given("parallel", W1 * G2 - W2 * G1)),
    concluding={"curl": Sign(CURL, "!=")},
    breaks=(Break("depth"), Break("parallel")),
    remarks=(Remark("ach-no-potential-any-depth"),),
    source=ONE_OUTPUT,
)

ACH_NO_POTENTIAL_ANY_DEPTH = ACH_NO_POTENTIAL.false_variant(
    id="ach-no-potential-any-depth",
    title="a misreading: the curl without the condition on N",
    assuming=(Given("parallel", W1 * G2 - W2 * G1),),
    concluding={"curl": Sign(CURL, "!=")},
)
