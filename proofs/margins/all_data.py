"""Linear predictors on data of any number and dimension: what is exact, of which soudry-main is the
limit. X_n is a sample times its label.

v = sum_n a_n X_n with a_n >= 0, and with the margin g at each sample where a_n > 0, a_n X_n.v = a_n
g (Karush, Kuhn, Tucker), is the shortest of all b with margins of at least g, and the only one:
with b = v + c, |b|^2 = |v|^2 + |c|^2 + 2 sum a_n (X_n.b - g). Along gradient flow of a loss of the
margins, u.w has the rate sum_n r_n X_n.u, r_n = -l' at sample n: at least sum_n r_n where u
separates with margins of 1 and the loss falls; across the data w stays. That w/|w| tends to v/|v|
under exponential loss, and by when: all_data_direction; constants at instances: soudry-main.
"""

from proofs.margins.sources import SEPARABLE_ALL
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions import Conserved, Equation
from verify.claims.conclusions.at_most import AtMost
from verify.claims.experiments import Nearby
from verify.claims.hypotheses.related import Related
from verify.models.declared import Declared, constant, let, loss, parameter
from verify.terms.expr import dot
from verify.terms.indices import Index, Sum

i, n, m = Index("i", "coordinates"), Index("n", "data"), Index("m", "null")
X, rest = constant("X", n, i), constant("c", i)
a, g = constant("a", n, sign=">="), constant("g")
v = let("v", i, of=Sum(n, a[n] * X[n, i]))
b = let("b", i, of=v[i] + rest[i])
OTHERS = Sum(i, X[n, i] * b[i])
BETWEEN = Related.of("between", a[n] * Sum(i, X[n, i] * v[i]), a[n] * g.here)
REACHED = Related.of("reached", OTHERS, g.here, ">=")
OWN, LENGTH = Sum(i, v[i] ** 2), Sum(i, b[i] ** 2)
COST = Sum(i, rest[i] ** 2) + 2 * Sum(n, a[n] * (OTHERS - g.here))
SETTING = Declared((X, rest, a, g, v, b))

SEPARATOR_COST = Claim(
    id="soudry-all-data-cost",
    title="the separator of least length: what another predictor costs",
    setting=SETTING,
    assuming=(BETWEEN,),
    concluding={"cost": Equation(LENGTH - OWN, COST)},
    experiments=(Nearby("cost", Equation(LENGTH - OWN, 2 * COST), "twice of it"),),
    breaks=(Break("between"),),
    source=SEPARABLE_ALL,
    remarks=(Remark("soudry-all-data"), Remark("soudry-separator")),
)
SEPARATOR = Claim(
    id="soudry-all-data",
    title="the separator of least length by its multipliers, beside another predictor",
    setting=SETTING,
    assuming=(BETWEEN, REACHED),
    concluding={"least": AtMost(OWN, LENGTH)},
    experiments=(Nearby("least", AtMost(2 * OWN, LENGTH), "twice of it"),),
    breaks=(Break("between"), Break("reached")),
    source=SEPARABLE_ALL,
    remarks=tuple(map(Remark, (
        "soudry-all-data-cost", "soudry-all-data-flow", "soudry-all-data-rate",
        "soudry-all-data-direction", "soudry-main",
    ))),
)  # fmt: skip
ANY_MULTIPLIERS = SEPARATOR.false_variant(
    id="soudry-all-data-slack",
    title="a misreading: a combination of samples is the shortest of its margins",
    assuming=(REACHED,),
    concluding={"least": AtMost(OWN, LENGTH)},
)

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
