"""Balance makes the updates of w multiplicative, w_i' = -L |w_i|^(2-2/L) g_i, for any C^1 loss: the
architecture does it.
"""

from fractions import Fraction

from proofs.sources import DEEP_LDA, DERIVED
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions import Equation
from verify.claims.experiments import Drift
from verify.claims.hypotheses import Balanced
from verify.models import Flow
from verify.terms.expr import L, P, dot, g, over_layers, q, w

FIELD = -L * q["i"] ** (L - 1) * g["i"]
_OFF = -L * q["i"] ** (Fraction(11, 10) * L - 1) * g["i"]

LDA_MULT = Claim(
    id="lda-mult",
    title="the motion of w at balance",
    setting=Flow(),
    assuming=(Balanced(),),
    concluding={
        "balanced": Equation(dot(w["i"]), FIELD),
    },
    experiments=(Drift("balanced", Equation(dot(w["i"]), _OFF), named="exponent 2 + 1/5 - 2/L"),),
    breaks=(Break("balance", loss="linear"),),
    source=DEEP_LDA,
    remarks=(Remark("lda-motion"),),
)

LDA_MOTION = Claim(
    id="lda-motion",
    title="the motion of w",
    setting=Flow(),
    assuming=(),
    concluding={
        "any-start": Equation(dot(w["i"]), -g["i"] * over_layers("sum", "l", P["l", "i"] ** 2))
    },
    source=DERIVED,
)
