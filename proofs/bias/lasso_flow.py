"""Gradient flow of x = u v, entry by entry, on x'M x/2 - r'x, M = [[1, k], [k, 1]]: exact at every
time. log((u + v)/(u - v)) rises by 2 (r t - M T), T = int_0^t x, so the average T/t satisfies M
(T/t) = r - (1/(2t)) log(...).
"""

from proofs.bias.sources import LASSO
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.constant import Constant
from verify.models.formula_flow import Follows, Weights
from verify.models.formulas import Exp, Formulas, Letter, letters
from verify.terms.expr import const, num

U, V, S, T, TIME, K, R1, R2 = letters("u v S T t k a b")
NET = Weights("diagonal", (2, 2), "u p v q")
X, Y = NET.phi
FLOW = Formulas.following(
    "x = (u v, p q), r = (a, b); S and T are the integrals of x_1 and x_2",
    tuple(Letter(x, ">" if x == "t" else "") for x in "u v p q S T t k a b".split()),
    (Exp("f", -2 * (R1 * TIME - S - K * T)),),
    Follows(
        NET,
        X**2 / 2 + K * X * Y + Y**2 / 2 - R1 * X - R2 * Y,
        own={"S": X, "T": Y, "t": num(1)},
    ),
)
LASSO_PATH = Claim(
    id="lasso-path",
    title="products of two factors: the average over time in the optimality condition of the lasso",
    setting=FLOW,
    assuming=(),
    concluding={
        "average": Constant((U + V) / (U - V) * const("f")),
        "imbalance": Constant(U**2 - V**2),
    },
    source=LASSO,
    remarks=(Remark("lasso-path-limit"), Remark("lasso-path-now")),
)
