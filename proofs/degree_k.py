"""Growth of Q under a loss of degree k: Q' = -2 k J and Q'' = 2 k L sum_i |w_i|^(2-2/L) g_i^2.

For L >= 2 and k = 2 the flow can blow up in finite time: no drift is measured at a fixed time.
"""

from fractions import Fraction

from proofs.sources import DERIVED
from verify.claims.claim import Break, Claim
from verify.claims.conclusions import Conserved, Equation, Hints
from verify.claims.experiments import Drift
from verify.claims.hypotheses import Balanced, Homogeneous
from verify.models import Flow
from verify.terms.expr import J, L, dot, g, k, q, total

Q = total("i", q["i"])

QUASI_NORM_DEGREE_K = Claim(
    id="quasi-norm-degree-k",
    title="the growth law of Q under a loss of degree k",
    setting=Flow(),
    assuming=(Homogeneous.of(k), Balanced()),
    concluding={
        "slope": Equation(dot(Q), -2 * k * J),
        "curvature": Equation(dot(dot(Q)), 2 * k * L * total("i", q["i"] ** (L - 1) * g["i"] ** 2)),
    },
    hints={"curvature": Hints(through=-2 * k * J)},
    experiments=(
        Drift("slope", Equation(dot(Q), -Fraction(21, 10) * k * J), named="rate 2.1 instead of 2"),
    ),
    breaks=(Break("euler", loss="shifted"), Break("balance", loss="norm")),
    loss="difference",
    source=DERIVED,
)
QUASI_NORM_DIFFERENCE = QUASI_NORM_DEGREE_K.false_variant(
    id="quasi-norm-degree-2",
    title="a misreading: the quasi-norm under the difference criterion",
    assuming=(Homogeneous.of(2), Balanced()),
    concluding={"conserved": Conserved(Q)},
)
