"""Stabilisers: the action of the hidden group on a fibre of invertible products is free, and its
derivative too, so that the metric of the fibre is definite.

If h W = W then A_k h_k = A_k from the top down, so h_k = 1 where A_k is invertible; in the same way
w_a = w_b gives a = b. As <H(b), b> = ||w_b||^2, that is H > 0. Without it: W_1 = W_2 = diag(1, 0)
is balanced of rank 1, and H is singular. A low rank of X alone is no reason: w_a = w_b for W_1 = 0,
W_2 = 1 gives a = b as well.
"""

from proofs.lemmas.inverses import INVERSES, INVERTIBLE, SIXTH, Z, h
from verify.claims.claim import Break, Claim, Source
from verify.claims.conclusions.matrix_kinds import Aid, Identity, Lemma, Use
from verify.models.matrices import Example, Matrices
from verify.terms.affine import N, k
from verify.terms.letters import Letter
from verify.terms.matrices import A, W, num
from verify.terms.relation import Equal

_STABLE = Lemma(
    "A h",
    Equal(A[k] * h[k], A[k], 0, 0),
    "down",
    (Use("fixes", k + 1, left=A[k + 1]), Use("A h", k + 1, right=W[k + 1])),
)
DLN_FIBER_FREE = Claim(
    id="dln-fiber-free",
    title="elements of the hidden group that fix a tuple",
    setting=Matrices(
        letters=(Letter("h", "k", "k", "ends", about="an element of the group"), INVERSES),
        definitions={
            "ends": (Equal(h[N], num(1)),),
            "fixes": (Equal(h[k] * W[k], W[k] * h[k - 1], 1, 0),),
        },
        square=True,
        examples=(
            Example(depth=2, dims=(1, 1, 1), values={**SIXTH, "h": ([[1]], [[1]], [[1]])}),
            Example(
                depth=2,
                dims=(1, 1, 1),
                values={
                    "W": ([[0]], [[0]]),
                    "P": [[0]],
                    "h": ([[2]], [[2]], [[1]]),
                    "Z": ([[1]], [[1]], [[1]]),
                },
            ),
        ),
    ),
    assuming=(INVERTIBLE,),
    concluding={"free": Identity(h[k], num(1), 0, 0)},
    hints={
        "free": Aid(
            lemmas=(_STABLE,),
            uses={"identity": (Use("invertible", k, right=-(h[k] - 1)), Use("A h", k, left=Z[k]))},
        )
    },
    breaks=(Break("invertible"),),
    source=Source("2511.01137v2", "le:group-orbit"),
)
