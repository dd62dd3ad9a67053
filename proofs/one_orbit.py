"""Two balanced tuples over one invertible X differ by hidden unitary matrices: one orbit.

Balanced W and V over one X have the same S = W_1* W_1 = V_1* V_1 = (X* X)^(1/N)
(dln-balanced-roots, PSD_ROOT_UNIQUE), and B_k* B_k = S^(k-1) = C_k* C_k for both partial products.
So U_k = C_(k+1) B_(k+1)^(-1) is unitary, U_0 = U_N = 1, and V_k = U_k W_k U_(k-1)^(-1). At low rank
the same holds with partial isometries: that is not stated here.
"""

from proofs.lemmas.balanced import RIGHT
from proofs.lemmas.second_tuple import (
    FIRST,
    HIGHEST,
    LOWEST,
    POWERS,
    PULL,
    TURNED,
    TWO_TUPLES,
    UNITARY,
    V,
)
from proofs.sources import LINDSEY_MENON
from verify.claims.claim import Break, Claim
from verify.claims.conclusions.matrix_kinds import Aid, Identity
from verify.claims.hypotheses.matrices import balanced
from verify.terms.affine import N, k
from verify.terms.matrices import U, W, num

DLN_ONE_ORBIT = Claim(
    id="dln-one-orbit",
    title="two balanced tuples with one invertible product",
    setting=TWO_TUPLES,
    assuming=(balanced(),),
    concluding={
        "first": Identity(U[0], num(1)),
        "last": Identity(U[N], num(1)),
        "unitary": Identity(U[k].H * U[k], num(1), 0, 0),
        "turned": Identity(U[k] * W[k], V[k] * U[k - 1], 1, 0),
    },
    hints={
        "first": Aid(uses={"identity": LOWEST}),
        "last": Aid(uses={"identity": HIGHEST}),
        "unitary": Aid(lemmas=(*RIGHT, FIRST, PULL, POWERS), uses={"identity": UNITARY}),
        "turned": Aid(uses={"identity": TURNED}),
    },
    breaks=(Break("balance"),),
    source=LINDSEY_MENON,
)
