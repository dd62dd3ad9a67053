"""Half the sum of squares along the group's action: its first and second derivative, and how the
moments move.
"""

from fractions import Fraction

from proofs.moments import ALONG_A, HALF_NORM, a
from proofs.sources import LINDSEY_MENON
from verify.claims.claim import Break, Claim
from verify.claims.conclusions.matrix_kinds import Aid, Identity, NonNegative, Square
from verify.claims.hypotheses.matrices import Holds
from verify.models.matrices import Example, Matrices
from verify.models.motions import ActionFlow
from verify.terms.affine import N, k, p
from verify.terms.matrices import G, H, dot, inner, norm2, total, w
from verify.terms.relation import Equal

DLN_FIRST_VARIATION = Claim(
    id="dln-first-variation",
    title="half the sum of squares along the group",
    setting=ALONG_A,
    assuming=(),
    concluding={"variation": Identity(dot(HALF_NORM), total(inner(G(p), a[p]), 1, N - 1))},
    source=LINDSEY_MENON,
)
DLN_MOMENT_PUSHFORWARD = Claim(
    id="dln-moment-pushforward",
    title="the moments along the group's action",
    setting=ALONG_A,
    assuming=(),
    concluding={"pushforward": Identity(dot(G(k)), H("a", k) + H("a", k).H)},
    source=LINDSEY_MENON,
)
HERMITIAN = Holds("hermitian", "Hermitian", (Equal(a[k].H, a[k], 1, 1),))
_HALF_TURN = Example(
    depth=2,
    dims=(2, 2, 2),
    values={
        "W": ([[0, Fraction(1, 2)], [-2, 0]], [[0, -Fraction(1, 2)], [2, 0]]),
        "a": ([[0, 1], [-4, 0]],),
        "P": [[0, 0], [0, 0]],
    },
)
DLN_HIDDEN_CONVEXITY = Claim(
    id="dln-hidden-convexity",
    title="half the sum of squares along Hermitian one-parameter subgroups",
    setting=Matrices(ActionFlow("a"), letters=ALONG_A.letters, examples=(_HALF_TURN,)),
    assuming=(HERMITIAN,),
    concluding={
        "second": Identity(dot(dot(HALF_NORM)), 2 * total(norm2(w("a", p)))),
        "convex": NonNegative(dot(dot(HALF_NORM))),
    },
    hints={"convex": Aid(squares=(Square(Fraction(2), w("a", p), (1, 0)),))},
    breaks=(Break("hermitian"),),
    source=LINDSEY_MENON,
)
