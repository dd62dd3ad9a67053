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

from proofs.factorisation.sources import COMMUTING, GREEDY
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.matrix_kinds import Identity
from verify.claims.conclusions.sign import Sign
from verify.claims.hypotheses.formulas import Given
from verify.models.formulas import Formulas, Let, letters
from verify.models.formulas import Letter as Scalar
from verify.models.matrices import Matrices
from verify.terms.expr import const as scalar
from verify.terms.letters import Letter
from verify.terms.matrices import Mat, const, letter, num
from verify.terms.relation import Equal

A, B = letter("A"), letter("B")
S = [letter(f"S{j}") for j in range(4)]
X = [num(1), *(letter(f"X{j}") for j in range(1, 5))]
LOG = (
    X[1],
    X[2] - X[1] * X[1] / 2,
    X[3] - (X[1] * X[2] + X[2] * X[1]) / 2 + X[1] ** 3 / 3,
    X[4] - (X[1] * X[3] + X[2] * X[2] + X[3] * X[1]) / 2
    + (X[1] * X[1] * X[2] + X[1] * X[2] * X[1] + X[2] * X[1] * X[1]) / 3 - X[1] ** 4 / 4,
)  # fmt: skip


def moved(k: int) -> Mat:
    """X_(k+1), by the flow."""
    found = S[0] * X[k] + X[k] * S[0] if k else 2 * S[0]
    for j in range(1, k + 1):
        found = found + (S[j] * X[k - j] + X[k - j] * S[j] if j < k else 2 * S[k])
    return found * Fraction(-2, k + 1)


def bracket(x: Mat, y: Mat) -> Mat:
    """[x, y]."""
    return x * y - y * x


LEAVES = bracket(S[0], bracket(S[0], S[1]))
F0, F1, H0, H1 = (const(x) for x in ("f0", "f1", "h0", "h1"))
SPAN = [F0 * A + H0 * B, F1 * A + H1 * B]

SERIES = Matrices(
    letters=(
        *(Letter(f"S{j}", "n", "n", form="hermitian") for j in range(4)),
        *(Letter(f"X{j}", "n", "n") for j in range(1, 5)),
    ),
    definitions={f"x{k}": (Equal(X[k], moved(k - 1)),) for k in range(1, 5)},
    layers=False,
    note="X_k are the coefficients of t^k in M/alpha^2, S_k those of S",
)
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

f, h, a, b, c = letters("f h a b c")
RATES = (Let("f1", -4 * (a * f + c * h)), Let("h1", -4 * (c * f + b * h)))
TURN = Formulas(
    "a = |A|^2, b = |B|^2, c = <A, B>; f1 and h1 are the rates of the residuals over alpha^2",
    (Scalar("f"), Scalar("h"), Scalar("a", ">"), Scalar("b", ">"), Scalar("c")),
    RATES,
)
COEFFICIENT = f * scalar("h1") - h * scalar("f1")

MF_DRIFT_RESIDUALS = Claim(
    id="mf-drift-residuals",
    title="two measurements, squared loss: the size of the fourth coefficient outside the span",
    setting=TURN,
    assuming=(),
    concluding={
        "coefficient": Equals(COEFFICIENT, -4 * ((f**2 - h**2) * c + f * h * (b - a))),
    },
    source=COMMUTING,
    remarks=(Remark("mf-drift-turns"),),
)
MF_DRIFT_TURNS = MF_DRIFT_RESIDUALS.false_variant(
    id="mf-drift-turns",
    title="a loose sentence: the fourth coefficient outside the span is not zero",
    assuming=(Given("first", f), Given("second", h)),
    concluding={"coefficient": Sign(COEFFICIENT, "!=")},
    source=GREEDY,
)
