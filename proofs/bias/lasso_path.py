"""Gradient flow of x = u v, entry by entry, on x'M x/2 - r'x, M = [[1, k], [k, 1]], against the
lasso path. Exact at every time: log((u + v)/(u - v)) rises by 2 (r t - M T), T = int_0^t x, so the
average T/t satisfies M (T/t) = r - (1/(2t)) log(...). From u, v of order sqrt(eps) and at t = s
log(1/eps)/2 the last term tends to sign(x)/s where x is not small: the lasso with penalty 1/s.

It is the average that follows the lasso; x itself jumps. Where the path is not monotone the
average follows it approximately: verify experiment lasso-path.
"""

from fractions import Fraction

from proofs.bias.sources import LASSO
from proofs.samples import lasso as o
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Agrees, TendsAtOrder
from verify.claims.conclusions.constant import Constant
from verify.claims.experiments import Compare
from verify.claims.verdict import Verdict
from verify.models.formulas import Exp, Formulas, Letter, letters
from verify.models.samples import Samples
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
LASSO_PATH_LIMIT = Claim(
    id="lasso-path-limit",
    title="one product of two factors: the average over time tends to the lasso",
    setting=Samples(o.ONE_FACTOR, sizes=((),), each=5),
    assuming=(),
    concluding={"average": TendsAtOrder(o.AVERAGE, o.LASSO, 1)},
    experiments=(Compare("average", near_miss=Fraction(11, 10)),),
    source=LASSO,
    links=("lasso-path",),
    expected=Verdict.SUPPORTED,
)
LASSO_PATH_NOW = Claim(
    id="lasso-path-now",
    title="a loose sentence: the output itself follows the lasso path",
    setting=Samples(o.ONE_FACTOR, sizes=((),), each=3),
    assuming=(),
    concluding={"output": Agrees(o.NOW, o.AT_ONCE)},
    source=LASSO,
    expected=Verdict.REFUTED,
    corrects="lasso-path-limit",
)
