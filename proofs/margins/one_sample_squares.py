"""One sample x > 0 at D = 2: in the clock s = int -l' dt w_i = w_i(0) e^(2 x_i s), and the largest
x_i wins from every start w(0) > 0.
"""

from proofs.margins.one_sample import i, j, w, x
from proofs.margins.sources import LECTURES
from verify.claims.claim import Claim
from verify.claims.conclusions import Conserved, Equation
from verify.claims.experiments import Nearby
from verify.models.declared import Declared, log, loss
from verify.terms.expr import dot
from verify.terms.indices import Sum

squares = loss("E", Sum(i, x[i] * w[i] ** 2), gradient="s")
ell = log("m", i, of=w[i])
SQUARES = Claim(
    id="logistic-one-sample-squares",
    title="one sample, squares of weights: what two coordinates keep",
    setting=Declared((w, x, squares, ell), flow=squares.here),
    assuming=(),
    concluding={
        "kept": Conserved(x[j] * ell[i] - x[i] * ell[j]),
        "rate": Equation(dot(ell[i]), -2 * x[i] * squares.partner.here),
    },
    experiments=(Nearby("kept", Conserved(x[j] * ell[j] - x[i] * ell[i]), "indices turned"),),
    source=LECTURES,
)
