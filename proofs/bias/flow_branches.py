"""A slip of print beside its right form: the squared residual and a sign in the rates of both
branches. The letters are those of this library, not those of the print.
"""

from proofs.bias.sources import APPENDIX_C, PRINTED
from proofs.bregman_rate import y
from proofs.signed_powers import X, i, n, wm, wp
from verify.claims.claim import Claim
from verify.claims.conclusions import Equation
from verify.claims.experiments import Nearby
from verify.models.declared import Declared
from verify.terms.expr import Expr, dot
from verify.terms.indices import Index, Sum

k = Index("k", "coordinates")
RESIDUAL = Sum(k, X[n, k] * (wp[k] ** 2 - wm[k] ** 2)) - y[n]
SQUARED = Declared((wp, wm, X, y), flow=Sum(n, RESIDUAL**2))


def rate(power: int) -> Expr:
    """4 X^T r, or with the squared residual in the place of r."""
    return 4 * Sum(n, X[n, i] * RESIDUAL**power)


FLOW_BRANCHES = Claim(
    id="flow-branches",
    title="squared loss, depth two: the residual and the signs in the rates of both branches",
    setting=SQUARED,
    assuming=(),
    concluding={
        "plus": Equation(dot(wp[i]), -wp[i] * rate(1)),
        "minus": Equation(dot(wm[i]), wm[i] * rate(1)),
    },
    experiments=(Nearby("plus", Equation(dot(wp[i]), -2 * wp[i] * rate(1)), "twice of it"),),
    source=APPENDIX_C,
    as_printed="flow-branches-printed",
)
FLOW_BRANCHES_PRINTED = FLOW_BRANCHES.false_variant(
    id="flow-branches-printed",
    title="as printed: the squared residual, and a minus sign for the second branch",
    concluding={
        "residual": Equation(dot(wp[i]), -wp[i] * rate(2)),
        "sign": Equation(dot(wm[i]), -wm[i] * rate(1)),
    },
    source=PRINTED,
)
