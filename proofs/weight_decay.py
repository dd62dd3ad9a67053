"""Weight decay on a diagonal network: the quasi-norm falls like e^(-2 kappa t).

The gradient flow of J(w) + kappa/2 sum_l |u_l|^2: with a scale-invariant J each |u_l|^2 obeys x' =
-2 kappa x from any start, and balanced Q = |u_l|^2. So an explicit penalty and the time at which
training stops fix Q; nothing else does.
"""

from proofs.layer_norm import LAYER
from proofs.quasi_norm import Q
from proofs.sources import DERIVED
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions import Conserved, LinearLaw
from verify.claims.hypotheses import Balanced, Homogeneous
from verify.models import Flow
from verify.terms.expr import const

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
