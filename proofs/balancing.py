"""Balancing flows: the gradient flow of half the sum of squares on a fibre, and that of half the
squared moments.

Not judged, for no language here speaks of the length of a path: that the first exists for all time
over an invertible X and converges to a balanced point. (||W||^2 falls, by its energy; on that
compact part of the fibre H is bounded below, so ||W'|| = ||w_b|| falls like ||G||.) That it does
not move a sum of Schatten norms at one rate: amb-norm.

Both keep X. The first has b from H(b) = G, derived from <w_b, w_a> = d f(w_a) for every a; the
second is W' = -w_(2G).
"""

from fractions import Fraction

from proofs.moments import HALF_NORM
from proofs.sources import LINDSEY_MENON, LM_DERIVED
from verify.claims.claim import Claim, Remark, Source
from verify.claims.conclusions.matrix_kinds import (
    Aid,
    Decays,
    Identity,
    Settles,
    Square,
    Unchanged,
    Use,
)
from verify.models.matrices import Matrices
from verify.models.motions import FibreFlow, GradientFlow
from verify.terms.affine import N, k, p
from verify.terms.matrices import Family, G, H, W, X, dot, norm2, num, total, w

b = Family("b")
MOMENTS = total(norm2(G(p)), 1, N - 1)
REGULARISING = Matrices(FibreFlow(HALF_NORM))
KIRWAN_NESS = Matrices(GradientFlow(MOMENTS / 2))
DISSIPATION = Source("2511.01137v2", "eq:ness-flow7")

DLN_REGFLOW = Claim(
    id="dln-regflow",
    title="the regularising flow: moments, product, energy",
    setting=REGULARISING,
    assuming=(),
    concluding={
        "moment": Decays(G(k), num(-2)),
        "product": Unchanged(X),
        "metric": Identity(H("b", k), G(k)),
        "energy": Identity(dot(HALF_NORM), -total(norm2(w("b", p)))),
    },
    hints={
        "energy": Aid(uses={"identity": (Use("fibre", p, left=b[p].H, trace=True, over=(1, 1)),)})
    },
    source=LINDSEY_MENON,
    remarks=(Remark("dln-regflow-unhalved"),),
    unstated="that the flow converges to a point: it needs a lower bound of H along the whole flow,"
    " a lemma of analysis that is not among the theorems that proofs cite",
)
DLN_REGFLOW_UNHALVED = Claim(
    id="dln-regflow-unhalved",
    title="the rate with the whole sum of squares",
    setting=Matrices(FibreFlow(2 * HALF_NORM)),
    assuming=(),
    concluding={"moment": Decays(G(k), num(-4))},
    source=LM_DERIVED,
    remarks=(Remark("amb-norm"),),
)
DLN_REGFLOW_RATE_TWO = DLN_REGFLOW_UNHALVED.false_variant(
    id="dln-regflow-rate-misread",
    title="a misreading: the rate with the whole sum of squares",
    concluding={"moment": Decays(G(k), num(-2))},
)
DLN_REGFLOW_HERMITIAN = Claim(
    id="dln-regflow-hermitian",
    title="H(b) for H(b) = G",
    setting=REGULARISING,
    assuming=(),
    concluding={"metric": Identity(H("b", k).H, H("b", k))},
    source=Source("2511.01137v2", "eq:def-grad12a"),
)
DLN_REGFLOW_B_HERMITIAN = DLN_REGFLOW_HERMITIAN.false_variant(
    id="dln-regflow-b-hermitian",
    title="a misreading of eq:def-grad12a: b Hermitian",
    concluding={"direction": Identity(b[k].H, b[k])},
)
DLN_KIRWAN_NESS = Claim(
    id="dln-kirwan-ness",
    title="the gradient flow of half the squared moments",
    setting=KIRWAN_NESS,
    assuming=(),
    concluding={
        "field": Identity(dot(W[k]), 2 * (W[k] * G(k - 1) - G(k) * W[k]), 1, 0),
        "action": Identity(dot(W[k]), -2 * w("G", k), 1, 0),
        "product": Unchanged(X),
        "moment": Identity(dot(G(k)), -2 * (H("G", k) + H("G", k).H)),
    },
    source=LINDSEY_MENON,
)
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
