"""The metric of a fibre is definite where the layers above are invertible: see ``orbits``."""

from proofs.lemmas.inverses import INVERSES, INVERTIBLE, SIXTH, Z
from proofs.sources import LM_DERIVED
from verify.claims.claim import Break, Claim
from verify.claims.conclusions.matrix_kinds import Aid, Identity, Lemma, Use
from verify.models.matrices import Example, Matrices
from verify.terms.affine import k
from verify.terms.letters import Letter
from verify.terms.matrices import A, Family, W, w
from verify.terms.relation import Equal

a, b = Family("a"), Family("b")
ONE = [[1, 0], [0, 1]]

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
            Example(depth=2, dims=(1, 1, 1), values={**SIXTH, "a": ([[5]],), "b": ([[5]],)}),
            Example(
                depth=2,
                dims=(2, 2, 2),
                values={
                    **_LOW,
                    "a": ([[0, 0], [0, 1]],),
                    "b": ([[0, 0], [0, 2]],),
                    "Z": ([[0, 0], [0, 0]], [[0, 0], [0, 0]], ONE),
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
