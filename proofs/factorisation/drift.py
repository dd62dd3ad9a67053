"""Measurements A and B that do not commute: how far log M leaves their span. M = U U^* from M(0) =
alpha^2 I, M' = -2 (S M + M S), S = f A + h B with the residuals f and h.

With S(t) = S0 + S1 t + S2 t^2 + S3 t^3 + ... and M(t) = alpha^2 (1 + X1 t + X2 t^2 + ...) the flow
says (k + 1) X_(k+1) = -2 sum_j (S_j X_(k-j) + X_(k-j) S_j). So log M is in the span up to t^3, and
its coefficient of t^4 leaves it by -2/3 (f0 h1 - h0 f1) [f0 A + h0 B, [A, B]]: linear in the
commutator. Residuals of the squared loss move by f' = -4 tr(A S M), at the start -4 alpha^2 tr(A
S0): f0 h1 - h0 f1 = -4 alpha^2 ((f0^2 - h0^2) <A, B> + f0 h0 (|B|^2 - |A|^2)). That is 0 where the
residuals and the norms agree, and then (mf-mirror-pair) the bias may be what it would be if A and B
did commute: so a commutator alone does not change it.
"""

from fractions import Fraction

from proofs.factorisation.drift_series import LEAVES, LOG, SERIES, S
from proofs.factorisation.sources import COMMUTING, GREEDY
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.matrix_kinds import Identity

MF_DRIFT = Claim(
    id="mf-drift",
    title="two measurements: the coefficients of the logarithm up to the fourth order",
    setting=SERIES,
    assuming=(),
    concluding={
        "first": Identity(LOG[0], -4 * S[0]),
        "second": Identity(LOG[1], -2 * S[1]),
        "third": Identity(LOG[2], Fraction(-4, 3) * S[2]),
        "fourth": Identity(LOG[3], Fraction(-2, 3) * LEAVES - S[3]),
    },
    source=COMMUTING,
    remarks=(Remark("mf-drift-linear"), Remark("mf-mirror-pair")),
)
MF_DRIFT_NONE = MF_DRIFT.false_variant(
    id="mf-drift-none",
    title="a loose sentence: the logarithm in the span of measurements that do not commute",
    concluding={"fourth": Identity(LOG[3], -S[3])},
    source=GREEDY,
)
