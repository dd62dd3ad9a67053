"""Weight decay on a diagonal network: the quasi-norm falls like e^(-2 kappa t), and decay of one
layer alone moves balance itself.

The gradient flow of J(w) + kappa/2 sum_l |u_l|^2: with a scale-invariant J each |u_l|^2 obeys x' =
-2 kappa x from any start, and balanced Q = |u_l|^2. So an explicit penalty and the time at which
training stops fix Q; nothing else does. With decay on layer 1 only the difference u_1^2 - u_2^2
has the derivative -2 kappa u_1^2: an exactly balanced start does not stay balanced.
"""

from proofs.layer_norm import LAYER
from proofs.quasi_norm import Q
from proofs.sources import DERIVED
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions import Conserved, LinearLaw
from verify.claims.conclusions.constant import Constant
from verify.claims.conclusions.equals import Equals
from verify.claims.hypotheses import Balanced, Homogeneous
from verify.models import Flow
from verify.models.formulas import Formulas, Letter, letters
from verify.terms.expr import const, dot

kappa = const("kappa")

LDA_DECAY = Claim(
    id="lda-decay",
    title="layer norms under weight decay",
    setting=Flow(decay="kappa"),
    assuming=(Homogeneous(),),
    concluding={"layer": LinearLaw(LAYER, -2 * kappa)},
    breaks=(Break("euler", loss="norm"),),
    source=DERIVED,
)
QUASI_NORM_DECAY = Claim(
    id="quasi-norm-decay",
    title="the quasi-norm under weight decay",
    setting=Flow(decay="kappa"),
    assuming=(Homogeneous(), Balanced()),
    concluding={"decay": LinearLaw(Q, -2 * kappa)},
    breaks=(Break("euler", loss="norm"), Break("balance", loss="fraction")),
    source=DERIVED,
    remarks=(Remark("lda-decay"), Remark("quasi-norm")),
)
QUASI_NORM_DECAY_KEPT = QUASI_NORM_DECAY.false_variant(
    id="quasi-norm-decay-kept",
    title="a misreading: the quasi-norm beside an explicit penalty",
    concluding={"conserved": Conserved(Q)},
)

U1, U2, R, SLOPE, RATE, KAPPA = letters("u1 u2 R g rho kappa")
ONE_LAYER = Formulas(
    "one coordinate of two layers, R the product of the others, R' = rho any rate, w = u1 u2 R, g ="
    " dJ/dw; weight decay kappa on layer 1 only",
    tuple(Letter(x) for x in ("u1", "u2", "R", "g", "rho", "kappa")),
    rates={"u1": -U2 * R * SLOPE - KAPPA * U1, "u2": -U1 * R * SLOPE, "R": RATE},
)
DIAG_BALANCE_ONE_LAYER = Claim(
    id="diag-balance-one-layer",
    title="differences of squares under weight decay of one layer",
    setting=ONE_LAYER,
    assuming=(),
    concluding={"difference": Equals(dot(U1**2 - U2**2), -2 * KAPPA * U1**2)},
    source=DERIVED,
    remarks=(Remark("diag-balance-decay"),),
)
DIAG_BALANCE_ONE_LAYER_KEPT = DIAG_BALANCE_ONE_LAYER.false_variant(
    id="diag-balance-one-layer-kept",
    title="a misreading: balance under weight decay of one layer",
    concluding={"difference": Constant(U1**2 - U2**2)},
)
