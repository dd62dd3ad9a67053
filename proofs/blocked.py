"""How fast a blocked coordinate tends to 0, g > 0 constant: |w|^(2/L-1) grows like (L-2) g t, so
|w| falls like t^(-L/(L-2)) for L > 2, and exponentially for L = 2.
"""

from proofs.sources import DERIVED
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.rate_law import RateLaw
from verify.models.formula_flow import Follows, Weights
from verify.models.formulas import Formulas, Letter, Power, letters
from verify.terms.expr import dot, num

A, DEPTH, SLOPE, Y = letters("a L g y")
# a = |w_i| of the balanced flow: all layers are a^(1/L); g is the slope of the loss in a
NET, NET_2 = (Weights("diagonal", (1, 1), "s", {1: depth}) for depth in (DEPTH, num(2)))
FLOW, FLOW_2 = (
    Follows(x, SLOPE * x.phi[0], along={"a": x.phi[0]}, put={"s": A ** (1 / x.times[1])})
    for x in (NET, NET_2)
)
LDA_BLOCKED = Claim(
    id="lda-blocked",
    title="a coordinate on its way to 0 under a constant slope",
    setting=Formulas.following(
        "one coordinate a = |w_i| of the balanced flow at depth L, g > 0 constant: y ="
        " a^(-(L-2)/L)",
        (Letter("a", ">"), Letter("L", ">"), Letter("g", ">")),
        (Power("y", A, 2 / DEPTH - 1),),
        FLOW,
        ({"a": 1, "L": 3, "g": 1},),
    ),
    assuming=(),
    concluding={"line": Equals(dot(Y), (DEPTH - 2) * SLOPE)},
    source=DERIVED,
    remarks=(Remark("lda-blocked-depth-two"),),
)
LDA_BLOCKED_TWO = Claim(
    id="lda-blocked-depth-two",
    title="a coordinate on its way to 0 under a constant slope, depth 2",
    setting=Formulas.following(
        "one coordinate a = |w_i| of the balanced flow at depth 2, g > 0 constant",
        (Letter("a", ">"), Letter("g", ">")),
        (),
        FLOW_2,
    ),
    assuming=(),
    concluding={"decay": RateLaw.of(A, -2 * SLOPE)},
    source=DERIVED,
)
