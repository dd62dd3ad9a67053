"""What of log M leaves the span of two measurements is linear in their commutator."""

from proofs.factorisation.drift_series import LEAVES, A, B, S, bracket
from proofs.factorisation.sources import COMMUTING
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.matrix_kinds import Identity
from verify.models.matrices import Matrices
from verify.terms.letters import Letter
from verify.terms.matrices import const
from verify.terms.relation import Equal

F0, F1, H0, H1 = (const(x) for x in ("f0", "f1", "h0", "h1"))
SPAN = [F0 * A + H0 * B, F1 * A + H1 * B]
MF_DRIFT_LINEAR = Claim(
    id="mf-drift-linear",
    title="two measurements: what leaves the span is linear in their commutator",
    setting=Matrices(
        letters=tuple(Letter(x, "n", "n") for x in "A B S0 S1".split()),
        definitions={"span": tuple(Equal(x, e) for x, e in zip(S[:2], SPAN, strict=True))},
        layers=False,
    ),
    assuming=(),
    concluding={
        "linear": Identity(LEAVES, (F0 * H1 - H0 * F1) * bracket(S[0], bracket(A, B))),
    },
    source=COMMUTING,
    remarks=(Remark("mf-drift-residuals"),),
)
