"""Per-coordinate balance u_l^2 - u_m^2: conserved by the flow, damped exactly by weight decay and
by a descent step.

A break must start from a non-zero difference: exact balance survives decay and descent alike.
"""

from fractions import Fraction

from proofs.sources import DERIVED
from verify.claims.claim import Break, Claim
from verify.claims.conclusions import Conserved, Equation, LinearLaw
from verify.claims.experiments import Drift
from verify.claims.hypotheses import DepthAtLeast, Product
from verify.models import Flow, Step
from verify.terms.expr import R, after, const, eta, g, u

DIFFERENCE = u["l", "i"] ** 2 - u["m", "i"] ** 2
kappa = const("kappa")
_OFF_BY_A_TENTH = Fraction(11, 10)

DIAG_BALANCE = Claim(
    id="diag-balance",
    title="differences of squares across layers",
    setting=Flow(),
    assuming=(Product(),),
    concluding={"difference": Conserved(DIFFERENCE)},
    experiments=(
        Drift(
            "difference",
            Conserved(u["l", "i"] ** 2 - _OFF_BY_A_TENTH * u["m", "i"] ** 2),
            named="factor 11/10 on one layer",
        ),
    ),
    breaks=(Break("product"),),
    source=DERIVED,
)
DIAG_BALANCE_DECAY = Claim(
    id="diag-balance-decay",
    title="differences of squares across layers under weight decay",
    setting=Flow(decay="kappa"),
    assuming=(),
    concluding={"difference": LinearLaw(DIFFERENCE, -2 * kappa)},
    experiments=(
        Drift(
            "difference", LinearLaw(DIFFERENCE, -Fraction(21, 10) * kappa), named="rate 2.1 kappa"
        ),
    ),
    loss="squared",  # degree 0 is singular at w = 0, where decay leads
    source=DERIVED,
)
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
