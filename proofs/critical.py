"""Stationary points of the balanced flow: (u_(l,i)')^2 = |w_i|^(2-2/L) g_i^2, so w_i = 0 or g_i = 0 for each i (L >= 2)."""

from proofs.sources import DERIVED
from verify.algebra.expr import J, L, dot, g, q, total, u
from verify.claim import Break, Claim
from verify.conclusions import Equation
from verify.hypotheses import Balanced
from verify.settings import Flow

LDA_CRITICAL_POINTS = Claim(
    id="lda-critical-points",
    title="speed and descent of the balanced flow",
    setting=Flow(),
    assuming=(Balanced(),),
    concluding={
        "speed": Equation(dot(u["l", "i"]) ** 2, q["i"] ** (L - 1) * g["i"] ** 2),
        "descent": Equation(dot(J), -L * total("i", q["i"] ** (L - 1) * g["i"] ** 2)),
    },
    breaks=(Break("balance", loss="linear"),),
    source=DERIVED,
)
