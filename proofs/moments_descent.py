"""The moments after one descent step: they move by eta^2 times a difference of squares."""

from proofs.moments import eta
from proofs.sources import LM_DERIVED
from verify.claims.claim import Claim
from verify.claims.conclusions.matrix_kinds import Identity
from verify.claims.hypotheses.matrices import balanced
from verify.models.matrices import Example, Matrices
from verify.models.motions import GradientStep
from verify.terms.affine import k
from verify.terms.matrices import LOSS, A, B, G, P, after, num

D_K = A[k].H * P * B[k].H
D_NEXT = A[k + 1].H * P * B[k + 1].H
DLN_DESCENT_DEFECT = Claim(
    id="dln-descent-defect",
    title="the moments after a descent step",
    setting=Matrices(GradientStep(LOSS)),
    assuming=(),
    concluding={"defect": Identity(after(G(k)), G(k) + eta**2 * (D_K * D_K.H - D_NEXT.H * D_NEXT))},
    source=LM_DERIVED,
)
DLN_DESCENT_CONSERVES = DLN_DESCENT_DEFECT.false_variant(
    id="dln-descent-conserves",
    title="a misreading: the moments after a descent step",
    concluding={"moment": Identity(after(G(k)), G(k))},
)
_NOT_NORMAL = Example(
    depth=2,
    dims=(2, 2, 2),
    values={"W": ([[1, 0], [0, 1]], [[1, 0], [0, 1]]), "P": [[0, 1], [0, 0]]},
    scalars={"eta": 1},
)
DLN_DESCENT_BALANCE = DLN_DESCENT_DEFECT.false_variant(
    id="dln-descent-balance",
    title="a misreading: balance after a descent step, layers of size 2",
    setting=Matrices(GradientStep(LOSS), square=True, examples=(_NOT_NORMAL,)),
    assuming=(balanced(),),
    concluding={"moment": Identity(after(G(k)), num(0))},
)
