"""The fibre over an invertible X is one orbit of the hidden group, and how balanced layers are
aligned. That the orbit is free, and its balanced points one orbit: ``orbits``, ``one_orbit``.

The catalogue's printed forms stand beside the corrected ones: the last entry of the orbit is g_1
Lambda Q_0*, and V_(k+1) = U_k.
"""

from proofs.lemmas.on_fibre import ON_FIBRE, F, L, Q, R
from verify.claims.claim import Claim, Remark, Source
from verify.claims.conclusions.matrix_kinds import Aid, Identity, Lemma, Use
from verify.terms.affine import N, affine, k
from verify.terms.matrices import A, W, g
from verify.terms.relation import Equal

ORBIT = Source("2511.01137v2", "le:group-orbit")
_TOP = Lemma(
    "A g",
    Equal(A[k] * g[k], Q * L ** (N - k), 1, 0),
    "down",
    (Use("orbit", k + 1, left=A[k + 1]), Use("A g", k + 1, right=L)),
)
DLN_FIBER_ORBIT = Claim(
    id="dln-fiber-orbit",
    title="the fibre over X in terms of g, L and R",
    setting=ON_FIBRE,
    assuming=(),
    concluding={
        "products": Identity(A[k] * g[k], Q * L ** (N - k), 1, 0),
        "last": Identity(W[1], g[1] * L * R.H),
    },
    hints={
        "products": Aid(lemmas=(_TOP,)),
        "last": Aid(
            lemmas=(_TOP,),
            uses={
                "identity": (
                    Use("inverse", right=-(W[1] - g[1] * L * R.H)),
                    Use("A g", affine(1), left=-F, right=L * R.H),
                )
            },
        ),
    },
    source=ORBIT,
    remarks=(Remark("dln-fiber-free"), Remark("dln-fiber-orbit-singular")),
    also=("err-orbit-entry",),
    as_printed="dln-fiber-orbit-printed",
)
DLN_FIBER_ORBIT_PRINTED = DLN_FIBER_ORBIT.false_variant(
    id="dln-fiber-orbit-printed",
    title="as printed: the last entry of the orbit",
    concluding={"last": Identity(W[1], g[1] * R.H)},
)
