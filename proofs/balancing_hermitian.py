"""The fibre metric at the solution of H(b) = G: H(b) is Hermitian, b need not be."""

from proofs.balancing import REGULARISING, b
from verify.claims.claim import Claim, Source
from verify.claims.conclusions.matrix_kinds import Identity
from verify.terms.affine import k
from verify.terms.matrices import H

DLN_REGFLOW_HERMITIAN = Claim(
    id="dln-regflow-hermitian",
    title="H(b) for H(b) = G",
    setting=REGULARISING,
    assuming=(),
    concluding={"metric": Identity(H("b", k).H, H("b", k))},
    source=Source("2511.01137v2", "eq:def-grad12a"),
)
DLN_REGFLOW_B_HERMITIAN = DLN_REGFLOW_HERMITIAN.false_variant(
    id="dln-regflow-b-hermitian",
    title="a misreading of eq:def-grad12a: b Hermitian",
    concluding={"direction": Identity(b[k].H, b[k])},
)
