"""Two meanings of a norm of index 2: the sum of the layers' norms, and the sum of their squares.

Two scalar layers of one sign, w1 w2 = x. Both are least where w1 = w2, for (w1 + w2)^2 and w1^2 +
w2^2 are (w1 - w2)^2 plus a multiple of x. Their gradient flows on the fibre differ: a flow there is
w1' = -b w1, w2' = b w2, and (w1^2 + w2^2) b is the slope of the function along (w1, -w2). For the
half sum of squares G' = -2 G; for the sum of norms G' = -2 (w1 - w2), no constant rate.
"""

from proofs.sources import LM_DERIVED
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.constant import Constant
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.rate_law import RateLaw
from verify.models.formula_flow import Follows, Weights
from verify.models.formulas import Formulas, Let, Letter, letters
from verify.terms.expr import const, dot

W1, W2 = letters("w1 w2")
G, B = const("G"), const("b")
FLOW = Formulas.following(
    "two scalar layers of one sign: gradient flow of w1 + w2 on the fibre of w1 w2",
    (Letter("w1", ">"), Letter("w2", ">")),
    (Let("G", W1**2 - W2**2), Let("b", (W1 - W2) / (W1**2 + W2**2))),
    Follows(Weights("scalars", (2,), "w1 w2"), W1 + W2, fibre=True),
    ({"w1": 2, "w2": 1},),
)

AMB_NORM = Claim(
    id="amb-norm",
    title="the sum of norms beside the sum of squares, two scalar layers",
    setting=FLOW,
    assuming=(),
    concluding={
        "product": Constant(W1 * W2),
        "flow-1": Equals(dot(W1), -B * W1),
        "flow-2": Equals(dot(W2), B * W2),
        "slope": Equals((W1**2 + W2**2) * B, W1 - W2),
        "moment": Equals(dot(G), -2 * (W1 - W2)),
        "norms": Equals((W1 + W2) ** 2, (W1 - W2) ** 2 + 4 * W1 * W2),
        "squares": Equals(W1**2 + W2**2, (W1 - W2) ** 2 + 2 * W1 * W2),
    },
    source=LM_DERIVED,
    remarks=(Remark("dln-regflow"), Remark("dln-regflow-unhalved")),
)

AMB_NORM_RATE = AMB_NORM.false_variant(
    id="amb-norm-rate",
    title="a misreading: one rate for the sum of norms and for half the sum of squares",
    concluding={"moment": RateLaw.of(G, -2)},
)
