"""The moments under weight decay: they decay at twice its rate, where all layers have one."""

from proofs.moments import HALF_NORM, kappa
from proofs.sources import LINDSEY_MENON, LM_DERIVED
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.matrix_kinds import Decays, Identity
from verify.models.matrices import Matrices
from verify.models.motions import GradientFlow
from verify.terms.affine import N, k, p
from verify.terms.matrices import LOSS, G, Sequence, W, dot, norm2, total

DLN_WEIGHT_DECAY = Claim(
    id="dln-weight-decay",
    title="the moments under weight decay",
    setting=Matrices(GradientFlow(LOSS + kappa * HALF_NORM)),
    assuming=(),
    concluding={"moment": Decays(G(k), -2 * kappa)},
    source=LINDSEY_MENON,
    remarks=(Remark("dln-weight-decay-each"), Remark("dln-weight-decay-uneven")),
)
rate = Sequence("rate")
DLN_WEIGHT_DECAY_EACH = Claim(
    id="dln-weight-decay-each",
    title="the moments under decay of inner layers at rates of their own",
    setting=Matrices(
        GradientFlow(LOSS + total(rate[p] * norm2(W[p]), 1, N - 1) / 2), sequences=("rate",)
    ),
    assuming=(),
    concluding={
        "moment": Identity(
            dot(G(k)), -2 * (rate[k] * W[k] * W[k].H - rate[k + 1] * W[k + 1].H * W[k + 1])
        )
    },
    source=LM_DERIVED,
)
DLN_WEIGHT_DECAY_UNEVEN = DLN_WEIGHT_DECAY_EACH.false_variant(
    id="dln-weight-decay-uneven",
    title="a misreading: the moments where the last layer does not decay",
    setting=Matrices(GradientFlow(LOSS + kappa * total(norm2(W[p]), 1, N - 1) / 2), least_depth=2),
    concluding={"moment": Decays(G(k), -2 * kappa)},
)
