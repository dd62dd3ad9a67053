"""For L >= 2 and a balanced start each w_i keeps its sign, and w_i = 0 stays.

Stronger than the form that asks for uniqueness of the flow (grad J locally Lipschitz): (w_i')^2 =
L^2 g_i^2 |w_i|^(2-4/L) w_i^2 with a continuous rate, so Gronwall's inequality suffices and a C^1
loss is enough.

Without balance: (u_l + u_m)' = -R g (u_l + u_m) and (u_l - u_m)' = R g (u_l - u_m), R the product
of the other layers. So both keep their sign, and two layers that vanish together at a coordinate
stay zero there, with w_i.
"""

from proofs.sources import DERIVED
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions import KeepsSign
from verify.claims.hypotheses import Balanced, DepthAtLeast
from verify.models import Flow
from verify.terms.expr import L, R, g, q, u, w

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
