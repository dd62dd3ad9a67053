"""Each layer's norm |u_l|^2 is conserved separately, from any start: stronger than the quasi-norm,
and without balance.
"""

from fractions import Fraction

from proofs.sources import DERIVED
from verify.claims.claim import Break, Claim
from verify.claims.conclusions import Conserved, Equation
from verify.claims.experiments import Drift
from verify.claims.hypotheses import Homogeneous
from verify.models import Flow
from verify.terms.expr import J, dot, k, total, u, w

LAYER = total("i", u["l", "i"] ** 2)
_OFF = LAYER + total("i", w["i"] ** 2) / 10

LDA_LAYER_NORM = Claim(
    id="lda-layer-norm",
    title="layer norms along the flow of a scale-invariant loss",
    setting=Flow(),
    assuming=(Homogeneous(),),
    concluding={"layer": Conserved(LAYER)},
    experiments=(Drift("layer", Conserved(_OFF), named="a tenth of |w|^2 added"),),
    breaks=(Break("euler", loss="norm"),),
    source=DERIVED,
)
LAYER_NORM_DEGREE_K = Claim(
    id="lda-layer-norm-degree-k",
    title="layer norms along the flow of a loss of degree k",
    setting=Flow(),
    assuming=(Homogeneous.of(k),),
    concluding={"slope": Equation(dot(LAYER), -2 * k * J)},
    experiments=(
        Drift(
            "slope", Equation(dot(LAYER), -Fraction(21, 10) * k * J), named="rate 2.1 instead of 2"
        ),
    ),
    breaks=(Break("euler", loss="shifted"),),
    loss="difference",
    source=DERIVED,
)
