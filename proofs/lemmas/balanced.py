"""What balance gives, by induction over the layers: A_k A_k* = M^(N-k), B_k* B_k = S^(k-1), with M
= W_N W_N*, S = W_1* W_1.

Each step uses W_k W_k* = W_(k+1)* W_(k+1) once. X X* = M^N and X* X = S^N are the cases k = 0 and k
= N + 1.
"""

from __future__ import annotations

from verify.claims.conclusions.matrix_help import Lemma, Use
from verify.terms.affine import N, affine, k
from verify.terms.letters import Letter
from verify.terms.matrices import A, B, W, letter, num, tr
from verify.terms.relation import Equal

M, S = letter("M"), letter("S")
LETTERS = (
    Letter("M", "N", "N", form="hermitian"),
    Letter("S", "0", "0", form="hermitian"),
)
LEFT_ROOT = {"M": (Equal(W[N] * W[N].H, M),)}
RIGHT_ROOT = {"S": (Equal(W[1].H * W[1], S),)}

_PUSH = Lemma(
    "push M",
    Equal(A[k - 1] * W[k].H, M * A[k], 1, 0),
    "down",
    (Use("balance", k, left=A[k]), Use("push M", k + 1, right=W[k + 1])),
)
_POWER = Lemma(
    "A A*",
    Equal(A[k] * A[k].H, M ** (N - k), 0, 0),
    "down",
    (Use("push M", k + 1, right=A[k + 1].H), Use("A A*", k + 1, left=M)),
)
_PULL = Lemma(
    "pull S",
    Equal(W[k].H * B[k + 1], B[k] * S, 1, 0),
    "up",
    (Use("balance", k - 1, left=-num(1), right=B[k]), Use("pull S", k - 1, left=W[k - 1])),
)
_POWERS = Lemma(
    "B* B",
    Equal(B[k].H * B[k], S ** (k - 1), 1, -1),
    "up",
    (Use("pull S", k - 1, left=B[k - 1].H), Use("B* B", k - 1, right=S)),
)
_LAYER = Lemma("layers", Equal(tr(W[k].H * W[k]), tr(S), 1, 0), "up", (Use("layers", k - 1),))
#: for an obligation M^N = X X*, and for S^N = X* X
WHOLE_LEFT = (Use("A A*", affine(0), left=-num(1)),)
WHOLE_RIGHT = (Use("B* B", N + 1, left=-num(1)),)
LEFT = (_PUSH, _POWER)
RIGHT = (_PULL, _POWERS)
LAYERS_EQUAL = (_LAYER,)
