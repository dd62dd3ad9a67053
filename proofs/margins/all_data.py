"""Linear predictors on data of any number and dimension: what is exact, of which soudry-main is the
limit. X_n is a sample times its label.

v = sum_n a_n X_n with a_n >= 0, and with the margin g at each sample where a_n > 0, a_n X_n.v = a_n
g (Karush, Kuhn, Tucker), is the shortest of all b with margins of at least g, and the only one:
with b = v + c, |b|^2 = |v|^2 + |c|^2 + 2 sum a_n (X_n.b - g).
"""

from proofs.margins.sources import SEPARABLE_ALL
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions import Equation
from verify.claims.conclusions.at_most import AtMost
from verify.claims.experiments import Nearby
from verify.claims.hypotheses.related import Related
from verify.models.declared import Declared, constant, let
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
BESIDE = ("all-data-cost", "all-data-flow", "all-data-rate", "all-data-direction", "main")

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
    remarks=tuple(Remark(f"soudry-{x}") for x in BESIDE),
)
ANY_MULTIPLIERS = SEPARATOR.false_variant(
    id="soudry-all-data-slack",
    title="a misreading: a combination of samples is the shortest of its margins",
    assuming=(REACHED,),
    concluding={"least": AtMost(OWN, LENGTH)},
)
