"""Euler's identity <w, grad J> = k J, abstractly and for the named objectives of linear
discriminant analysis.

Needs nothing of the network, no balance and no invertible S_W: only w'S_W w != 0 where it is
divided by.
"""

from proofs.sources import DERIVED
from verify.claims.claim import Break, Claim
from verify.claims.conclusions import Equation
from verify.claims.experiments import Drift
from verify.claims.hypotheses import Homogeneous
from verify.models import Flow
from verify.terms.expr import J, const, euler, g, k, log, num, quad, total, w

B, W, N, lam = quad("S_B"), quad("S_W"), quad("I"), const("lambda")
INNER = total("i", w["i"] * g["i"])

LDA_EULER = Claim(
    id="lda-euler",
    title="Euler's identity for a homogeneous loss",
    setting=Flow(),
    assuming=(Homogeneous.of(k),),
    concluding={"identity": Equation(INNER, k * J)},
    experiments=(
        Drift(
            "identity", near_miss=Equation(INNER, (k + num(1) / 10) * J), named="degree k + 1/10"
        ),
    ),
    breaks=(Break("euler", loss="ratio-output-regularised"),),
    source=DERIVED,
)
LDA_EULER_OBJECTIVES = Claim(
    id="lda-euler-objectives",
    title="degrees of the objectives",
    setting=Flow(),
    assuming=(),
    concluding={
        "ratio": Equation(euler(-B / W), num(0)),
        "log-ratio": Equation(euler(-log(B / W)), num(0)),
        "input-space": Equation(euler(-B / (W + lam * N)), num(0)),
        "trace-ratio-diag": Equation(euler(-quad("diag_B") / quad("diag_W")), num(0)),
        "difference": Equation(euler(lam * W - B), 2 * (lam * W - B)),
        "output-space": Equation(euler(-B / (W + lam)), -2 * lam * B / (W + lam) ** 2),
    },
    source=DERIVED,
)
LDA_EULER_OUTPUT_SPACE = LDA_EULER_OBJECTIVES.false_variant(
    id="lda-euler-output-space",
    title="a misreading: the ratio with a constant added to its divisor",
    concluding={"invariant": Equation(euler(-B / (W + lam)), num(0))},
)
