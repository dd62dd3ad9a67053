"""The kernel of the learning flow where the singular values agree, mu = nu: see ``kernel``."""

from proofs.kernel import KERNEL
from proofs.lemmas.kernel import ANY, AZ, M, S, Z, mu
from verify.claims.claim import Break, Claim
from verify.claims.conclusions.matrix_kinds import Aid, Identity, Lemma, Use
from verify.claims.hypotheses.matrices import Holds
from verify.models.matrices import Example, Matrices
from verify.terms.affine import N, k, p
from verify.terms.matrices import const
from verify.terms.relation import Equal

_RIGHT_EQUAL = Lemma(
    "Z S^j",
    Equal(Z * S ** (k - 1), mu ** (k - 1) * Z, 1, -1),
    "up",
    (Use("Z S^j", k - 1, right=S), Use("equal", part=1, left=mu ** (k - 2))),
)
_LEFT_EQUAL = Lemma(
    "M^j Z",
    Equal(M ** (N - k) * Z, mu ** (N - k) * Z, 0, 0),
    "down",
    (Use("M^j Z", k + 1, left=M), Use("equal", part=0, left=mu ** (N - k - 1))),
)
EQUAL = Holds("equal", "a pair of eigenspaces", (Equal(M * Z, mu * Z), Equal(Z * S, mu * Z)))


def _at_two(first_row: list[int]) -> Example:
    return Example(
        values={"M": [first_row, [first_row[1], 3]], "S": [[2]], "Z": [[1], [0]]},
        depth=3,
        sizes={"m": 2, "n": 1},
        scalars={"mu": 2},
    )


DLN_GN_KERNEL_EQUAL = Claim(
    id="dln-gn-kernel-equal",
    title="the kernel of the learning flow where the singular values agree",
    setting=Matrices(letters=ANY, layers=False, examples=(_at_two([2, 0]), _at_two([2, 1]))),
    assuming=(EQUAL,),
    concluding={"eigenvalue": Identity(AZ, const("N") * mu ** (N - 1) * Z)},
    hints={
        "eigenvalue": Aid(
            lemmas=(_LEFT_EQUAL, _RIGHT_EQUAL),
            uses={
                "identity": (
                    Use("M^j Z", p, right=S ** (p - 1), over=(1, 0)),
                    Use("Z S^j", p, left=mu ** (N - p), over=(1, 0)),
                )
            },
        )
    },
    breaks=(Break("equal"),),
    source=KERNEL,
)
