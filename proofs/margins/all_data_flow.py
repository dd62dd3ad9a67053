"""Along gradient flow of a loss of the margins u.w has the rate sum_n r_n X_n.u, r_n = -l' at
sample n: at least sum_n r_n where u separates with margins of 1 and the loss falls; across the data
w stays.

That w/|w| tends to v/|v| under exponential loss, and by when: all_data_direction; constants at
instances: soudry-main.
"""

from proofs.margins.all_data import X, i, m, n
from proofs.margins.sources import SEPARABLE_ALL
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions import Conserved, Equation
from verify.claims.conclusions.at_most import AtMost
from verify.claims.experiments import Nearby
from verify.claims.hypotheses.related import Related
from verify.models.declared import Declared, constant, loss, parameter
from verify.terms.expr import dot
from verify.terms.indices import Sum

w, u, B = parameter("w", i), constant("u", i), constant("B", i, m)
E = loss("E", Sum(i, X[n, i] * w[i]), gradient="s")
NULL = Related.of("null", Sum(i, X[n, i] * B[i, m]), 0)
ALONG, MARGIN = Sum(i, u[i] * w[i]), Sum(i, X[n, i] * u[i])
RATE = -Sum(n, E.partner[n] * MARGIN)

FLOW = Claim(
    id="soudry-all-data-flow",
    title="linear predictors: the rate along another predictor, and across the data",
    setting=Declared((w, X, u, B, E), flow=E.here),
    assuming=(NULL,),
    concluding={
        "along": Equation(dot(ALONG), RATE),
        "across": Conserved(Sum(i, B[i, m] * w[i])),
    },
    experiments=(Nearby("along", Equation(dot(ALONG), 2 * RATE), "twice the rate"),),
    breaks=(Break("null"),),
    source=SEPARABLE_ALL,
    remarks=(Remark("soudry-all-data"), Remark("soudry-all-data-rate")),
)
r = constant("r", n, sign=">=")
SEPARATES = Related.of("separates", MARGIN, 1, ">=")
PUSH = Sum(n, r[n] * MARGIN)
FASTER = Claim(
    id="soudry-all-data-rate",
    title="slopes of a loss that falls: their sum, and what a separator makes of it",
    setting=Declared((X, u, r)),
    assuming=(SEPARATES,),
    concluding={"rate": AtMost(Sum(n, r[n]), PUSH)},
    experiments=(Nearby("rate", AtMost(2 * Sum(n, r[n]), PUSH), "twice of it"),),
    breaks=(Break("separates"),),
    source=SEPARABLE_ALL,
    remarks=(Remark("soudry-all-data-flow"),),
)
