"""Balancing flows: the gradient flow of half the sum of squares on a fibre, and that of half the
squared moments.

Not judged, for no language here speaks of the length of a path: that the first exists for all time
over an invertible X and converges to a balanced point. (||W||^2 falls, by its energy; on that
compact part of the fibre H is bounded below, so ||W'|| = ||w_b|| falls like ||G||.) That it does
not move a sum of Schatten norms at one rate: amb-norm.

Both keep X. The first has b from H(b) = G, derived from <w_b, w_a> = d f(w_a) for every a; the
second is W' = -w_(2G).
"""

from proofs.moments import HALF_NORM
from proofs.sources import LINDSEY_MENON, LM_DERIVED
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.matrix_kinds import Aid, Decays, Identity, Unchanged, Use
from verify.models.matrices import Matrices
from verify.models.motions import FibreFlow, GradientFlow
from verify.terms.affine import N, k, p
from verify.terms.matrices import Family, G, H, X, dot, norm2, num, total, w

b = Family("b")
MOMENTS = total(norm2(G(p)), 1, N - 1)
REGULARISING = Matrices(FibreFlow(HALF_NORM))
KIRWAN_NESS = Matrices(GradientFlow(MOMENTS / 2))

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
