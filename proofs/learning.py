"""The learning flow at balance: X' = -A(E'(X)), A(Z) = sum_p (X X*)^((N-p)/N) Z (X* X)^((p-1)/N),
with and without decay.

A is self-adjoint and positive, and <X', V> = -<P, A(V)> says that X' is minus the gradient of E in
the metric g(Y, Z) = <A^(-1)(Y), Z>, where A is invertible: put Z = A(V).

M = W_N W_N* and S = W_1* W_1 are the roots (X X*)^(1/N) and (X* X)^(1/N) there
(dln-balanced-roots).
"""

from proofs.lemmas.balanced import LEFT, LEFT_ROOT, LETTERS, RIGHT, RIGHT_ROOT, M, S
from proofs.sources import LINDSEY_MENON
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions.matrix_kinds import Aid, Identity
from verify.claims.hypotheses.matrices import balanced
from verify.models.matrices import Matrices
from verify.models.motions import GradientFlow
from verify.terms.affine import N, p
from verify.terms.matrices import LOSS, A, B, P, X, const, dot, letter, total

n_ = const("N")
ROOTS = LEFT_ROOT | RIGHT_ROOT
FLOW = Matrices(GradientFlow(LOSS), letters=LETTERS, definitions=ROOTS)
LEARNED = total(M ** (N - p) * P * S ** (p - 1))
HELP = Aid(lemmas=LEFT + RIGHT)

DLN_LEARNING_FLOW = Claim(
    id="dln-learning-flow",
    title="the learning flow of X at balance",
    setting=FLOW,
    assuming=(balanced(),),
    concluding={"product": Identity(dot(X), -LEARNED)},
    hints={"product": HELP},
    breaks=(Break("balance"),),
    source=LINDSEY_MENON,
    remarks=(
        Remark("dln-balanced-roots"),
        Remark("dln-learning-gradient"),
        Remark("dln-learning-flow-any"),
    ),
)
V, R, Q = letter("V"), letter("R"), letter("Q")
DLN_LEARNING_FLOW_ANY = Claim(
    id="dln-learning-flow-any",
    title="the learning flow of X without balance",
    setting=Matrices(GradientFlow(LOSS)),
    assuming=(),
    concluding={"product": Identity(dot(X), -total(A[p] * A[p].H * P * B[p].H * B[p]))},
    source=LINDSEY_MENON,
)
