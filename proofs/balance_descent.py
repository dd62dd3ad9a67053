"""Per-coordinate balance u_l^2 - u_m^2 is damped exactly by a descent step.

A break must start from a non-zero difference: exact balance survives a step.
"""

from proofs.balance import DIFFERENCE
from proofs.sources import DERIVED
from verify.claims.claim import Break, Claim
from verify.claims.conclusions import Equation
from verify.claims.hypotheses import DepthAtLeast
from verify.models import Step
from verify.terms.expr import R, after, eta, g

DIAG_BALANCE_DESCENT = Claim(
    id="diag-balance-descent",
    title="differences of squares across layers after a descent step",
    setting=Step(),
    assuming=(DepthAtLeast(),),
    concluding={
        "difference": Equation(
            after(DIFFERENCE), DIFFERENCE * (1 - eta**2 * g["i"] ** 2 * R["l", "m", "i"] ** 2)
        )
    },
    breaks=(
        Break(
            "depth", not_needed="with one layer there is no pair l != m, and the statement is empty"
        ),
    ),
    source=DERIVED,
)
DIAG_BALANCE_DESCENT_EXACT = DIAG_BALANCE_DESCENT.false_variant(
    id="diag-balance-descent-exact",
    title="a misreading: balance after a descent step",
    concluding={"difference": Equation(after(DIFFERENCE), DIFFERENCE)},
)
