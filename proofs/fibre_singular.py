"""The fibre over X = 0 is no orbit: see ``fibre``."""

from proofs.fibre import DLN_FIBER_ORBIT
from proofs.sources import LM_DERIVED
from verify.claims.conclusions.matrix_kinds import Identity
from verify.models.matrices import Example, Matrices
from verify.terms.affine import N
from verify.terms.matrices import W, X, num
from verify.terms.relation import Equal

DLN_FIBER_ORBIT_SINGULAR = DLN_FIBER_ORBIT.false_variant(
    id="dln-fiber-orbit-singular",
    title="a misreading: the fibre over X = 0",
    setting=Matrices(
        definitions={"zero": (Equal(X, num(0)),)},
        examples=(
            Example(depth=2, dims=(1, 1, 1), values={"W": (((0,),), ((1,),)), "P": ((0,),)}),
        ),
        least_depth=2,
    ),
    concluding={"top": Identity(W[N] * W[N].H, num(0))},
    source=LM_DERIVED,
)
