"""What falls along the Kirwan-Ness flow, at which rate, and that the moments settle."""

from fractions import Fraction

from proofs.balancing import KIRWAN_NESS, MOMENTS
from proofs.moments import HALF_NORM
from proofs.sources import LINDSEY_MENON, LM_DERIVED
from verify.claims.claim import Claim, Remark, Source
from verify.claims.conclusions.matrix_kinds import Aid, Identity, Settles, Square
from verify.terms.affine import p
from verify.terms.matrices import G, W, dot, norm2, total, w

DISSIPATION = Source("2511.01137v2", "eq:ness-flow7")
DLN_KN_DISSIPATION = Claim(
    id="dln-kn-dissipation",
    title="the dissipation of the Kirwan-Ness flow",
    setting=KIRWAN_NESS,
    assuming=(),
    concluding={
        "dissipation": Identity(dot(MOMENTS / 2), -4 * total(norm2(w("G", p)))),
        "field": Identity(dot(MOMENTS / 2), -total(norm2(dot(W[p])))),
    },
    source=DISSIPATION,
    also=("kn-dissipation", "err-kn-constant"),
    as_printed="dln-kn-dissipation-printed",
)
DLN_KN_DISSIPATION_PRINTED = DLN_KN_DISSIPATION.false_variant(
    id="dln-kn-dissipation-printed",
    title="as printed: the dissipation of the Kirwan-Ness flow",
    concluding={"dissipation": Identity(dot(MOMENTS / 2), -2 * total(norm2(w("G", p))))},
)
DLN_KN_NORM = Claim(
    id="dln-kn-norm",
    title="half the sum of squares along the Kirwan-Ness flow",
    setting=KIRWAN_NESS,
    assuming=(),
    concluding={"norm": Identity(dot(HALF_NORM), -2 * MOMENTS)},
    source=LM_DERIVED,
)
DLN_KN_LIMIT = Claim(
    id="dln-kn-limit",
    title="the limit of the Kirwan-Ness flow",
    setting=KIRWAN_NESS,
    assuming=(),
    concluding={"limit": Settles(MOMENTS)},
    hints={"limit": Aid(squares=(Square(Fraction(4), G(p), (1, 1)),), factor=Fraction(2))},
    source=LINDSEY_MENON,
    remarks=(Remark("kn-exponential"),),
)
