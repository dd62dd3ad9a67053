"""Two balanced tuples V and W with one invertible product, and the steps by which U_k = C_(k+1)
D_(k+1) turns one into the other.
"""

from fractions import Fraction

from verify.claims.conclusions.matrix_kinds import Lemma, Use
from verify.models.matrices import Example, Matrices
from verify.terms.affine import N, affine, k
from verify.terms.letters import Letter
from verify.terms.matrices import B, Family, U, W, X, letter, num
from verify.terms.relation import Equal

V, C, D = (Family(x) for x in "VCD")
S = letter("S")
_ONE = [[1, 0], [0, 1]]
_SWAPPED = Example(
    depth=2,
    dims=(2, 2, 2),
    values={
        "W": ([[1, 0], [0, 2]], [[1, 0], [0, 2]]),
        "V": ([[0, 2], [1, 0]], [[0, 1], [2, 0]]),
        "P": [[0, 0], [0, 0]],
        "C": (_ONE, [[0, 2], [1, 0]], [[1, 0], [0, 4]]),
        "D": (_ONE, [[1, 0], [0, Fraction(1, 2)]], [[1, 0], [0, Fraction(1, 4)]]),
        "U": (_ONE, [[0, 1], [1, 0]], _ONE),
        "S": [[1, 0], [0, 4]],
    },
)
_TILTED = Example(
    depth=3,
    dims=(1, 1, 1, 1),
    values={
        "W": ([[1]], [[2]], [[Fraction(1, 2)]]),
        "V": ([[1]], [[1]], [[1]]),
        "P": [[0]],
        "C": ([[1]], [[1]], [[1]], [[1]]),
        "D": ([[1]], [[1]], [[Fraction(1, 2)]], [[1]]),
        "U": ([[1]], [[1]], [[Fraction(1, 2)]], [[1]]),
        "S": [[1]],
    },
)
FIRST = Lemma(
    "first V",
    Equal(V[1].H * C[2], S),
    "",
    (Use("second", affine(1), left=-V[1].H), Use("root of V", right=C[1])),
)
PULL = Lemma(
    "pull V",
    Equal(V[k].H * C[k + 1], C[k] * S, 1, 0),
    "up",
    (Use("balance of V", k - 1, left=-num(1), right=C[k]), Use("pull V", k - 1, left=V[k - 1])),
)
POWERS = Lemma(
    "C* C",
    Equal(C[k].H * C[k], S ** (k - 1), 1, -1),
    "up",
    (
        Use("second", k - 1, left=-C[k].H),
        Use("pull V", k - 1, mark="H", right=C[k - 1]),
        Use("C* C", k - 1, left=S),
    ),
)
_D = D[k + 1]
_TURN = C[k + 1] * _D
UNITARY = (
    Use("turn", k, mark="H", right=U[k]),
    Use("turn", k, left=_TURN.H),
    Use("C* C", k + 1, left=_D.H, right=_D),
    Use("B* B", k + 1, left=-_D.H, right=_D),
    Use("inverse", k + 1, left=_D.H * B[k + 1].H),
)
TURNED = (
    Use("turn", k, right=W[k]),
    Use("turn", k - 1, left=-V[k]),
    Use("inverse", k, left=-_TURN * W[k]),
    Use("inverse", k + 1, part=1, left=C[k + 1], right=D[k]),
)

LOWEST = (
    Use("turn", affine(0)),
    Use("second", part=1, right=D[1]),
    Use("inverse", affine(1)),
)
HIGHEST = (Use("turn", N), Use("second", part=2, right=D[N + 1]), Use("inverse", N + 1))

TWO_TUPLES = Matrices(
    letters=(
        Letter("V", "k", "k-1", "layers", about="a second tuple with the product X"),
        Letter("C", "k-1", "0", "inputs", about="C_k = V_(k-1) ... V_1"),
        Letter("D", "0", "k-1", "inputs", about="D_k = B_k^(-1)"),
        Letter("U", "k", "k", "ends"),
        Letter("S", "0", "0", form="hermitian", about="S = (X* X)^(1/N) for both tuples"),
    ),
    definitions={
        "S": (Equal(W[1].H * W[1], S),),
        "root of V": (Equal(V[1].H * V[1], S),),
        "second": (
            Equal(V[k] * C[k], C[k + 1], 1, 0),
            Equal(C[1], num(1)),
            Equal(C[N + 1], X),
        ),
        "balance of V": (Equal(V[k] * V[k].H, V[k + 1].H * V[k + 1], 1, 1),),
        "inverse": (
            Equal(B[k] * D[k], num(1), 1, -1),
            Equal(D[k] * B[k], num(1), 1, -1),
        ),
        "turn": (Equal(U[k], C[k + 1] * D[k + 1], 0, 0),),
    },
    square=True,
    examples=(_SWAPPED, _TILTED),
)
