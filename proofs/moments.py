"""The moments G_k = W_k W_k* - W_(k+1)* W_(k+1) of a deep linear network, for every depth, every
size, every C^1 loss of the product.

G is the moment map of W_k -> g_k W_k g_(k-1)^(-1): half the derivative of the sum of squares along
w_a is sum_k <G_k, a_k>.
"""

from proofs.sources import LINDSEY_MENON
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.matrix_kinds import Unchanged
from verify.models.matrices import Matrices
from verify.models.motions import ActionFlow, GradientFlow
from verify.terms.affine import k, p
from verify.terms.letters import Letter
from verify.terms.matrices import LOSS, Family, G, W, const, norm2, total

a, b, c = Family("a"), Family("b"), Family("c")
kappa, eta = const("kappa"), const("eta")
HALF_NORM = total(norm2(W[p])) / 2
LEARNING = Matrices(GradientFlow(LOSS))
ALONG_A = Matrices(ActionFlow("a"), letters=(Letter("a", "k", "k", "inner", about="any matrices"),))

DLN_MOMENTS_CONSERVED = Claim(
    id="dln-moments-conserved",
    title="the moments along the learning flow",
    setting=LEARNING,
    assuming=(),
    concluding={"moment": Unchanged(G(k))},
    source=LINDSEY_MENON,
    remarks=(Remark("dln-descent-defect"),),
)
DHL_LAYER_NORM = Claim(
    id="dhl-layer-norm",
    title="differences of squared layer norms",
    setting=LEARNING,
    assuming=(),
    concluding={"norms": Unchanged(norm2(W[k + 1]) - norm2(W[k]))},
    source=LINDSEY_MENON,
)
