"""Linear classification, separable: w = w^ log t + rho, w^ the separator of least length with every
x_n.w >= 1, rho bounded; where support vectors span, exp(-x_n.rho) tends to the multiplier of x_n.

Four samples in the plane: w^ = (45, 35)/52 with multipliers 75/104 and 25/52 of the first two. That
it is the separator is an identity: with margins x_n.w = 1 + m_n, |w|^2 - |w^|^2 = |w - w^|^2 + 2
sum a_n m_n. Direction and margin are enclosed up to log t = 10^6, from a second start as well up to
100.
"""

from proofs.margins.separable_starts import FLOW, LATE, F
from proofs.margins.sources import SEPARABLE
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Throughout
from verify.claims.verdict import Verdict
from verify.models.formulas import letters

MAIN = Claim(
    id="soudry-main",
    title="separable samples, exponential loss: angle and margin in log time",
    setting=FLOW,
    assuming=(),
    concluding={
        "angle": Throughout("log(T)^2 (1 - cos)", "<", F(526, 10**4), after=LATE),
        "gap": Throughout("log(T) gap_1", "<", F(148, 10**3), after=LATE),
    },
    source=SEPARABLE,
    remarks=tuple(map(Remark, (
        "soudry-separator", "soudry-refined", "soudry-one-sample", "soudry-main-late",
        "soudry-losses", "soudry-all-data",
    ))),
    links=(
        "soudry-all-data", "soudry-all-data-flow", "soudry-all-data-rate", "soudry-all-data-steep",
        "soudry-all-data-values", "soudry-all-data-angle", "soudry-all-data-direction",
    ),
    expected=Verdict.ENCLOSED,
)  # fmt: skip

W1, W2, X, T = letters("u v x t")
