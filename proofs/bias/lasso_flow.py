"""Gradient flow of x = u v, entry by entry, on x'M x/2 - r'x, M = [[1, k], [k, 1]]: exact at every
time. log((u + v)/(u - v)) rises by 2 (r t - M T), T = int_0^t x, so the average T/t satisfies M
(T/t) = r - (1/(2t)) log(...).
"""

from proofs.bias.sources import LASSO
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.constant import Constant
from verify.models.formulas import Exp, Formulas, Letter, letters
from verify.terms.expr import const, num

U, V, P, Q, S, T, TIME, K, R1, R2 = letters("u v p q S T t k a b")
FIRST, SECOND = R1 - U * V - K * P * Q, R2 - K * U * V - P * Q
FLOW = Formulas(
    "x = (u v, p q), r = (a, b); S and T are the integrals of x_1 and x_2",
    tuple(Letter(x, ">" if x == "t" else "") for x in "u v p q S T t k a b".split()),
    (Exp("f", -2 * (R1 * TIME - S - K * T)),),
    {"u": V * FIRST, "v": U * FIRST, "p": Q * SECOND, "q": P * SECOND,
     "S": U * V, "T": P * Q, "t": num(1)},
)  # fmt: skip
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
