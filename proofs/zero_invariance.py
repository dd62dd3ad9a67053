"""For L >= 2 and a balanced start each w_i keeps its sign, and w_i = 0 stays.

Stronger than the form that asks for uniqueness of the flow (grad J locally Lipschitz): (w_i')^2 =
L^2 g_i^2 |w_i|^(2-4/L) w_i^2 with a continuous rate, so Gronwall's inequality suffices and a C^1
loss is enough.

Without balance: (u_l + u_m)' = -R g (u_l + u_m) and (u_l - u_m)' = R g (u_l - u_m), R the product
of the other layers. So both keep their sign, and two layers that vanish together at a coordinate
stay zero there, with w_i. How fast a blocked coordinate tends to 0, g > 0 constant: |w|^(2/L-1)
grows like (L-2) g t, so |w| falls like t^(-L/(L-2)) for L > 2, and exponentially for L = 2.
"""

from proofs.sources import DERIVED
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions import KeepsSign
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.rate_law import RateLaw
from verify.claims.hypotheses import Balanced, DepthAtLeast
from verify.models import Flow
from verify.models.formulas import Formulas, Letter, Power, letters
from verify.terms.expr import L, R, dot, g, q, u, w

LDA_ZERO_INVARIANCE = Claim(
    id="lda-zero-invariance",
    title="signs and zeros of w",
    setting=Flow(),
    assuming=(Balanced(), DepthAtLeast()),
    concluding={"sign": KeepsSign(w["i"], L**2 * g["i"] ** 2 * q["i"] ** (L - 2))},
    breaks=(Break("balance", loss="linear"), Break("depth", loss="linear")),
    source=DERIVED,
    remarks=(Remark("lda-two-layers"), Remark("lda-blocked")),
)

_RATE = R["l", "m", "i"] ** 2 * g["i"] ** 2
LDA_TWO_LAYERS = Claim(
    id="lda-two-layers",
    title="sums and differences of two layers",
    setting=Flow(),
    assuming=(),
    concluding={
        "sum": KeepsSign(u["l", "i"] + u["m", "i"], _RATE),
        "difference": KeepsSign(u["l", "i"] - u["m", "i"], _RATE),
    },
    source=DERIVED,
)

A, DEPTH, SLOPE, Y = letters("a L g y")
LDA_BLOCKED = Claim(
    id="lda-blocked",
    title="a coordinate on its way to 0 under a constant slope",
    setting=Formulas(
        "one coordinate a = |w_i| of the balanced flow at depth L, g > 0 constant: y ="
        " a^(-(L-2)/L)",
        (Letter("a", ">"), Letter("L", ">"), Letter("g", ">")),
        (Power("y", A, 2 / DEPTH - 1),),
        {"a": -DEPTH * A / Y * SLOPE},
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
    setting=Formulas(
        "one coordinate a = |w_i| of the balanced flow at depth 2, g > 0 constant",
        (Letter("a", ">"), Letter("g", ">")),
        rates={"a": -2 * A * SLOPE},
    ),
    assuming=(),
    concluding={"decay": RateLaw.of(A, -2 * SLOPE)},
    source=DERIVED,
)
