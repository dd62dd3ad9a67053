"""Away from balance the sum of squares is not the least value on the fibre (dln-kempf-ness)."""

from proofs.kempf_ness import DLN_KEMPF_NESS
from proofs.sources import LM_DERIVED
from verify.claims.conclusions.matrix_kinds import Identity
from verify.claims.conclusions.matrix_minimum import NORM
from verify.models.matrices import Example, Matrices
from verify.terms.affine import N
from verify.terms.letters import Letter
from verify.terms.matrices import X, const, letter, tr
from verify.terms.relation import Equal

R = letter("R")
_UNBALANCED = Example(depth=2, dims=(1, 1, 1), values={"W": ([[1]], [[4]]), "P": [[0]], "R": [[4]]})
DLN_KN_VALUE_EVERYWHERE = DLN_KEMPF_NESS.false_variant(
    id="dln-kn-value-everywhere",
    title="a misreading: the sum of squares away from balance",
    setting=Matrices(
        letters=(Letter("R", "0", "0", form="hermitian", about="R = (X* X)^(1/N)"),),
        definitions={"root": (Equal(R**N, X.H * X),)},
        examples=(_UNBALANCED,),
    ),
    concluding={"value": Identity(NORM, const("N") * tr(R))},
    source=LM_DERIVED,
)
