"""A predictor w with margins of at least q along the separator v: v.w >= q |v|^2, by the
multipliers of v, as v.w = sum a_n X_n.w and |v|^2 = sum a_n. Of what only
separates this is false.
"""

from proofs.margins.all_data import X, a, i, n, v
from proofs.margins.sources import SEPARABLE_ALL
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions.at_most import AtMost
from verify.claims.experiments import Nearby
from verify.claims.hypotheses.related import Related
from verify.claims.verdict import Verdict
from verify.models.declared import Declared, constant
from verify.terms.indices import Sum

x, q = constant("w", i), constant("q")
ONE = Related.of("between", a[n] * Sum(i, X[n, i] * v[i]), a[n])
REACHED = Related.of("reached", Sum(i, X[n, i] * x[i]), q.here, ">=")
ALONG = AtMost(q.here * Sum(i, v[i] ** 2), Sum(i, v[i] * x[i]))
ANGLE = Claim(
    id="soudry-all-data-angle",
    title="a predictor along the separator, by its least margin",
    setting=Declared((X, x, a, q, v)),
    assuming=(ONE, REACHED),
    concluding={"angle": ALONG},
    experiments=(Nearby("angle", AtMost(2 * ALONG.left, ALONG.right), "twice of it"),),
    breaks=(Break("between"), Break("reached")),
    source=SEPARABLE_ALL,
    remarks=(Remark("soudry-all-data"), Remark("soudry-all-data-direction")),
)
ANY_SEPARATOR = Claim(
    id="soudry-all-data-angle-any",
    title="a misreading: a predictor along a separator, multipliers or not, by its least margin",
    setting=Declared((X, x, a, q, v)),
    assuming=(Related.of("separates", Sum(i, X[n, i] * v[i]), 1, ">="), REACHED),
    concluding={"angle": ALONG},
    source=SEPARABLE_ALL,
    expected=Verdict.REFUTED,
    corrects="soudry-all-data-angle",
)
