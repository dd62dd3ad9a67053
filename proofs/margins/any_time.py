"""Classification at any time, beta = w_+^D - w_-^D from an unbiased start: beta(t) minimises Q
among all b with x_n.b >= x_n.beta(t), n = 1..N, as the conditions of Karush, Kuhn and Tucker of
this convex problem hold at every t.

grad Q(beta) = X^T nu with nu_n' = -4 s_n at D = 2 (mirror-identity-logarithms) and -D (D-2)
alpha^(D-2) s_n at D > 2 (mirror-identity), s_n the slope of the loss at sample n: nu_n is not
negative where the loss falls. x_n.b = x_n.beta + h_n^2 says that b is feasible. y_i and z_i are the
potential at beta_i and b_i; what it exceeds its tangent by is c_i^2 (diag-anytime-gap).
"""

from proofs.margins.sources import LECTURES
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions import Equation
from verify.claims.conclusions.at_most import AtMost
from verify.claims.experiments import Nearby
from verify.claims.hypotheses.related import Related
from verify.models.declared import Declared, constant, let
from verify.terms.expr import Expr
from verify.terms.indices import Index, Sum

i, n = Index("i", "coordinates"), Index("n", "data")
X, h = constant("X", n, i), constant("h", n)
b, beta, base, rest = (constant(x, i) for x in ("b", "beta", "y", "c"))
FEASIBLE = Related.of("feasible", Sum(i, X[n, i] * b[i]), Sum(i, X[n, i] * beta[i]) + h[n] ** 2)
HERE, SQUARES = Sum(i, base[i]), Sum(i, rest[i] ** 2)


def predictors(sign: str) -> tuple[Declared, Expr, Expr]:
    """With multipliers of a sign: the setting, Q(b), and sum nu_n h_n^2."""
    nu = constant("nu", n, sign=sign)
    g = let("G", i, of=Sum(n, X[n, i] * nu[n]))
    z = let("z", i, of=base[i] + g[i] * (b[i] - beta[i]) + rest[i] ** 2)
    return Declared((X, nu, h, b, beta, base, rest, g, z)), Sum(i, z[i]), Sum(n, nu[n] * h[n] ** 2)


FALLING, THERE, SLACK = predictors(">=")
ANY_SIGN, ANYWHERE, _ = predictors("")
BESIDE = ("diag-anytime-gap", "diag-anytime-any-loss")
CONVEX_KKT = Claim(
    id="diag-anytime-classification",
    title="classification, before the limit: what another predictor of the same margins costs",
    setting=FALLING,
    assuming=(FEASIBLE,),
    concluding={"argmin": AtMost(HERE, THERE), "cost": Equation(THERE - HERE, SQUARES + SLACK)},
    experiments=(
        Nearby("argmin", AtMost(HERE + 2 * SQUARES, THERE), "twice the squares"),
        Nearby("cost", Equation(THERE - HERE, 2 * SQUARES + SLACK), "twice the squares"),
    ),
    breaks=(Break("feasible"),),
    source=LECTURES,
    remarks=tuple(map(Remark, (*BESIDE, "mirror-identity-logarithms", "mirror-identity"))),
)
ANY_LOSS = CONVEX_KKT.false_variant(
    id="diag-anytime-any-loss",
    title="a misreading: the same where a loss rises, so that a multiplier is negative",
    setting=ANY_SIGN,
    concluding={"argmin": AtMost(HERE, ANYWHERE)},
)
