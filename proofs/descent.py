"""Gradient descent: one step adds exactly eta^2 |D_l|^2 to each layer, D_l = P_l * g. Layer norms
never decrease.

Exact balance survives a step (diag-balance-descent: a difference that is 0 stays 0), and then Q =
|u_l|^2 grows by the same amount.
"""

from fractions import Fraction

from proofs.quasi_norm import Q
from proofs.sources import DERIVED
from verify.claims.claim import Break, Claim
from verify.claims.conclusions import Equation, Order
from verify.claims.experiments import Slope
from verify.claims.hypotheses import Homogeneous
from verify.claims.verdict import Verdict
from verify.models import Step
from verify.terms.expr import P, after, eta, g, total, u

LAYER = total("i", u["l", "i"] ** 2)
DEFECT = eta**2 * total("i", P["l", "i"] ** 2 * g["i"] ** 2)

LDA_GD_IDENTITY = Claim(
    id="lda-gd-identity",
    title="layer norms after a descent step",
    setting=Step(),
    assuming=(Homogeneous(),),
    concluding={"layer": Equation(after(LAYER), LAYER + DEFECT)},
    breaks=(Break("euler", loss="norm"),),
    source=DERIVED,
)
LDA_GD_CONSERVES = LDA_GD_IDENTITY.false_variant(
    id="lda-gd-conserves",
    title="a misreading: layer norms after a descent step",
    concluding={"layer": Equation(after(LAYER), LAYER)},
)
QUASI_NORM_DESCENT = LDA_GD_IDENTITY.false_variant(
    id="quasi-norm-descent",
    title="a misreading: the quasi-norm after a descent step",
    concluding={"conserved": Equation(after(Q), Q)},
)
LDA_GD_ORDER = Claim(
    id="lda-gd-order",
    title="layer norms over a fixed time of descent",
    setting=Step(),
    assuming=(Homogeneous(),),
    concluding={"order": Order(LAYER, Fraction(1))},
    experiments=(Slope("order"),),
    breaks=(Break("euler", kind="contrast", loss="linear"),),
    source=DERIVED,
    expected=Verdict.SUPPORTED,
)
