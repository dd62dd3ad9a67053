"""The metric of the fibre: <w_b, w_a> = sum_k <H(b)_k, a_k>, self-adjoint, not negative."""

from fractions import Fraction

from proofs.moments import ALONG_A, a, b
from proofs.sources import LINDSEY_MENON
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.matrix_kinds import Aid, Identity, NonNegative, Square
from verify.models.matrices import Matrices
from verify.models.motions import ActionFlow
from verify.terms.affine import N, p
from verify.terms.letters import Letter
from verify.terms.matrices import H, inner, total, w

ALONG_AB = Matrices(
    ActionFlow("a"),
    letters=(*ALONG_A.letters, Letter("b", "k", "k", "inner", about="any matrices")),
)
DLN_FIBER_METRIC = Claim(
    id="dln-fiber-metric",
    title="the metric of the fibre in terms of H",
    setting=ALONG_AB,
    assuming=(),
    concluding={
        "metric": Identity(
            total(inner(w("b", p), w("a", p))), total(inner(H("b", p), a[p]), 1, N - 1)
        ),
        "self-adjoint": Identity(
            total(inner(H("b", p), a[p]), 1, N - 1), total(inner(b[p], H("a", p)), 1, N - 1)
        ),
        "nonnegative": NonNegative(total(inner(H("b", p), b[p]), 1, N - 1)),
    },
    hints={"nonnegative": Aid(squares=(Square(Fraction(1), w("b", p), (1, 0)),))},
    source=LINDSEY_MENON,
    remarks=(Remark("dln-fiber-metric-definite"),),
)
