"""For L >= 2 and a balanced start each w_i keeps its sign, and w_i = 0 stays.

Stronger than the form that asks for uniqueness of the flow (grad J locally Lipschitz): (w_i')^2 =
L^2 g_i^2 |w_i|^(2-4/L) w_i^2 with a continuous rate, so Gronwall's inequality suffices and a C^1
loss is enough.
"""

from proofs.sources import DERIVED
from verify.claims.claim import Break, Claim
from verify.claims.conclusions import KeepsSign
from verify.claims.hypotheses import Balanced, DepthAtLeast
from verify.models import Flow
from verify.terms.expr import L, g, q, w

LDA_ZERO_INVARIANCE = Claim(
    id="lda-zero-invariance",
    title="signs and zeros of w",
    setting=Flow(),
    assuming=(Balanced(), DepthAtLeast()),
    concluding={"sign": KeepsSign(w["i"], L**2 * g["i"] ** 2 * q["i"] ** (L - 2))},
    breaks=(Break("balance", loss="linear"), Break("depth", loss="linear")),
    source=DERIVED,
)
