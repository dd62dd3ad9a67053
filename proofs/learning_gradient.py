"""The learning flow at balance as a gradient flow, in the metric of A^(-1): see ``learning``."""

from proofs.learning import HELP, LEARNED, ROOTS, V
from proofs.lemmas.balanced import LETTERS, M, S
from proofs.sources import LINDSEY_MENON
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions.matrix_kinds import Identity
from verify.claims.hypotheses.matrices import balanced
from verify.models.matrices import Matrices
from verify.models.motions import GradientFlow
from verify.terms.affine import N, p
from verify.terms.letters import Letter
from verify.terms.matrices import LOSS, A, B, P, X, dot, inner, letter, norm2, total

LEARNED_V = total(M ** (N - p) * letter("V") * S ** (p - 1))
SLOPES = total(norm2(A[p].H * P * B[p].H))
DLN_LEARNING_GRADIENT = Claim(
    id="dln-learning-gradient",
    title="the learning flow at balance as a gradient flow",
    setting=Matrices(
        GradientFlow(LOSS),
        letters=(*LETTERS, Letter("V", "N", "0", about="any matrix")),
        definitions=ROOTS,
    ),
    assuming=(balanced(),),
    concluding={
        "gradient": Identity(inner(dot(X), V), -inner(P, LEARNED_V)),
        "self-adjoint": Identity(inner(LEARNED_V, P), inner(V, LEARNED)),
        "positive": Identity(inner(P, LEARNED), SLOPES),
        "loss": Identity(dot(LOSS), -SLOPES),
    },
    hints=dict.fromkeys(("gradient", "self-adjoint", "positive"), HELP),
    breaks=(Break("balance"),),
    source=LINDSEY_MENON,
    remarks=(Remark("dln-learning-flow"),),
)
