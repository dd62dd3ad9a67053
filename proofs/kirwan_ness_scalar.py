"""The Kirwan-Ness flow of two scalar layers: the gradient flow of (w1^2 - w2^2)^2/2.

G = w1^2 - w2^2 and w1' = -d/dw1 (G^2/2) = -2 w1 G, w2' = 2 w2 G. From w1 = 0 there is no
exponential rate (kn-scalar-solution). Over x = w1 w2 the rate -G'/G is 4 sqrt(G^2 + 4 x^2), at
least 8 |x|, and 8 |x| where G = 0: the rate of dln-kn-rate at d = 1, N = 2.
"""

from verify.claims.claim import Claim, Remark, Source
from verify.claims.conclusions.constant import Constant
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.exponential_decay import ExponentialDecay
from verify.models.formula_flow import Follows, Weights
from verify.models.formulas import Formulas, Let, Letter, Root, Solution, letters, partial
from verify.terms.expr import const, dot, num

KIRWAN_NESS = Source("2511.01137v2", note="the flow is stated; rate and closed form are derived")
W1, W2, A, T = letters("w1 w2 a t")
G, S = const("G"), const("s")
FLOW = Formulas.following(
    "Kirwan-Ness flow of two scalar layers",
    (Letter("w1"), Letter("w2")),
    (Let("G", W1**2 - W2**2),),
    Follows(Weights("scalars", (2,), "w1 w2"), G**2 / 2),
)
CLOSED = Solution(
    Formulas("t > 0", (Letter("t", ">"),), (Root("s", 1 + 4 * T),), {"t": num(1)}),
    {"w1": num(0), "w2": 1 / S},
)

KN_SCALAR = Claim(
    id="kn-scalar",
    title="the Kirwan-Ness flow of two scalar layers",
    setting=FLOW,
    assuming=(),
    concluding={
        "gradient-1": Equals(dot(W1), -partial("w1", G**2 / 2)),
        "gradient-2": Equals(dot(W2), -partial("w2", G**2 / 2)),
        "product": Constant(W1 * W2),
        "moment": Equals(dot(G), -4 * (W1**2 + W2**2) * G),
        "speed": Equals(dot(G) ** 2, 16 * (G**2 + 4 * (W1 * W2) ** 2) * G**2),
    },
    remarks=(Remark("kn-exponential"),),
    source=KIRWAN_NESS,
)

KN_EXPONENTIAL = KN_SCALAR.false_variant(
    id="kn-exponential",
    title="a misreading: exponential decay of the Kirwan-Ness flow",
    concluding={"decay": ExponentialDecay(G)},
    hints={"decay": CLOSED},
)
