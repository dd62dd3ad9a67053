"""Given the product x = w1 w2 of two scalar layers, the stationary density relative to the balanced
point of the fibre is exp(-beta kappa (w1 - w2)^2/2): away from balance it falls at the rate kappa
(w1 - w2)^2/2 in beta.

That the laws themselves converge to the uniform law on O_X is not stated: no language here speaks
of laws. On O_X the density is constant, for it depends on the sum of squares alone.
"""

from proofs.ornstein_uhlenbeck import BETA, KAPPA
from proofs.sources import LM_DERIVED
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.sign import Sign
from verify.claims.hypotheses.formulas import Given
from verify.models.formulas import Exp, Formulas, Letter, letters
from verify.terms.expr import dot, num

W1, W2, Q = letters("w1 w2 q")

OU_BAYES = Claim(
    id="ou-bayes",
    also=("dln-ou-bayes",),
    title="two scalar layers: the stationary density on a fibre at low temperature",
    setting=Formulas(
        "stationary density on the fibre of w1 w2, relative to its balanced point; beta runs",
        (Letter("beta", ">"), Letter("kappa", ">"), Letter("w1", ">"), Letter("w2", ">")),
        (Exp("q", -BETA * KAPPA * (W1**2 + W2**2) / 2 + BETA * KAPPA * W1 * W2),),
        {"beta": num(1)},
        ({"beta": 1, "kappa": 1, "w1": 1, "w2": 1},),
    ),
    assuming=(Given("unbalanced", W1 - W2),),
    concluding={
        "exponent": Equals(dot(Q), -KAPPA * (W1 - W2) ** 2 / 2 * Q),
        "falls": Sign(-dot(Q), ">"),
    },
    breaks=(Break("unbalanced"),),
    source=LM_DERIVED,
    remarks=(Remark("ou-density"), Remark("coarea-weight")),
)
