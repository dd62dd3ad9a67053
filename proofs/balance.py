"""Per-coordinate balance u_l^2 - u_m^2: conserved by the flow, damped exactly by weight decay.

A break must start from a non-zero difference: exact balance survives decay.
"""

from fractions import Fraction

from proofs.sources import DERIVED
from verify.claims.claim import Break, Claim
from verify.claims.conclusions import Conserved, LinearLaw
from verify.claims.experiments import Drift
from verify.claims.hypotheses import Product
from verify.models import Flow
from verify.terms.expr import const, u

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
