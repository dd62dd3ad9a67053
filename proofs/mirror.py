"""On a fixed orthant the balanced flow is mirror flow: (grad phi(w))' = -g with phi'' =
|w|^(2/L-2)/L.

For L != 2, grad phi = (|w|^(2/L)/w)/(2-L) up to a constant, and Q = (2(2-L)/L) phi; for L = 2 it is
sign(w) log|w|/2.
"""

from fractions import Fraction

from proofs.sources import DERIVED
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions import Equation
from verify.claims.experiments import Drift
from verify.claims.hypotheses import Balanced, NonZero
from verify.models import Flow
from verify.terms.expr import L, dot, g, q, w

METRIC = q["i"] ** (1 - L) / L

LDA_MIRROR = Claim(
    id="lda-mirror",
    title="the balanced flow as a mirror flow",
    setting=Flow(),
    assuming=(Balanced(), NonZero()),
    concluding={
        "metric": Equation(METRIC * dot(w["i"]), -g["i"]),
        "potential": Equation(dot(q["i"] / w["i"]), (L - 2) * g["i"]),
    },
    experiments=(
        Drift(
            "metric",
            Equation(q["i"] ** (1 - Fraction(11, 10) * L) / L * dot(w["i"]), -g["i"]),
            named="metric |w|^(2/L-2.2)",
        ),
    ),
    breaks=(
        Break("balance", loss="linear"),
        Break(
            "nonzero",
            not_needed=(
                "at w_i = 0 the potential has no second derivative, so the statement has no meaning"
                " there"
            ),
        ),
    ),
    remarks=(Remark("quasi-norm"), Remark("lda-mirror-potential")),
    source=DERIVED,
)
