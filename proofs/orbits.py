"""Stabilisers: the action of the hidden group on a fibre of invertible products is free, and its
derivative too, so that the metric of the fibre is definite.

If h W = W then A_k h_k = A_k from the top down, so h_k = 1 where A_k is invertible; in the same way
w_a = w_b gives a = b. As <H(b), b> = ||w_b||^2, that is H > 0. Without it: W_1 = W_2 = diag(1, 0)
is balanced of rank 1, and H is singular. A low rank of X alone is no reason: w_a = w_b for W_1 = 0,
W_2 = 1 gives a = b as well.
"""

from fractions import Fraction

from proofs.sources import LM_DERIVED
from verify.claims.claim import Break, Claim, Source
from verify.claims.conclusions.matrix_kinds import Aid, Identity, Lemma, Use
from verify.claims.hypotheses.matrices import Holds
from verify.models.matrices import Example, Matrices
from verify.terms.affine import N, k
from verify.terms.letters import Letter
from verify.terms.matrices import A, Family, W, num, w
from verify.terms.relation import Equal

h, Z = Family("h"), Family("Z")
a, b = Family("a"), Family("b")
_ONE = [[1, 0], [0, 1]]
INVERSES = Letter("Z", "k", "N", "ends", about="Z_k = A_k^(-1)")
INVERTIBLE = Holds("invertible", "each A_k has an inverse", (Equal(Z[k] * A[k], num(1), 0, 0),))
_SIXTH = {"W": ([[2]], [[3]]), "P": [[0]], "Z": ([[Fraction(1, 6)]], [[Fraction(1, 3)]], [[1]])}

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
            Example(depth=2, dims=(1, 1, 1), values={**_SIXTH, "h": ([[1]], [[1]], [[1]])}),
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

_SAME = Lemma(
    "A a",
    Equal(A[k] * a[k], A[k] * b[k], 0, 0),
    "down",
    (Use("same", k + 1, left=-A[k + 1]), Use("A a", k + 1, right=W[k + 1])),
)
_LOW = {"W": ([[1, 0], [0, 0]], [[1, 0], [0, 0]]), "P": [[0, 0], [0, 0]]}
DLN_FIBER_METRIC_DEFINITE = Claim(
    id="dln-fiber-metric-definite",
    title="the metric of the fibre where the layers above are invertible",
    setting=Matrices(
        letters=(
            Letter("a", "k", "k", "inner", about="any matrices"),
            Letter("b", "k", "k", "inner", about="any matrices"),
            INVERSES,
        ),
        definitions={"same": (Equal(w("a", k), w("b", k), 1, 0),)},
        examples=(
            Example(depth=2, dims=(1, 1, 1), values={**_SIXTH, "a": ([[5]],), "b": ([[5]],)}),
            Example(
                depth=2,
                dims=(2, 2, 2),
                values={
                    **_LOW,
                    "a": ([[0, 0], [0, 1]],),
                    "b": ([[0, 0], [0, 2]],),
                    "Z": ([[0, 0], [0, 0]], [[0, 0], [0, 0]], _ONE),
                },
            ),
        ),
    ),
    assuming=(INVERTIBLE,),
    concluding={"injective": Identity(a[k], b[k])},
    hints={
        "injective": Aid(
            lemmas=(_SAME,),
            uses={
                "identity": (Use("invertible", k, right=-(a[k] - b[k])), Use("A a", k, left=Z[k]))
            },
        )
    },
    breaks=(Break("invertible"),),
    source=LM_DERIVED,
)
