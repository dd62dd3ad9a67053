"""Stationary points of the balanced flow: (u_(l,i)')^2 = |w_i|^(2-2/L) g_i^2, so w_i = 0 or g_i = 0
for each i (L >= 2).
"""

from proofs.sources import DERIVED
from verify.claims.claim import Break, Claim
from verify.claims.conclusions import Equation
from verify.claims.hypotheses import Balanced
from verify.models import Flow
from verify.terms.expr import J, L, dot, g, q, total, u

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
