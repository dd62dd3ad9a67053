"""For a decay that is large against the rate of E balancing is the fast process, and the loss the
slow one (the usual regime: fast-slow).
"""

from fractions import Fraction

from proofs.fast_slow import FIRST, FLOW, SECOND, TARGET
from proofs.flows.regularised_flow import regularised_flow
from proofs.sources import LM_DERIVED
from verify.claims.claim import Claim
from verify.claims.conclusions import Throughout
from verify.claims.verdict import Verdict
from verify.integrate.system import System
from verify.models.trajectories import Trajectories


def large_decay() -> System:
    return regularised_flow((FIRST, SECOND), TARGET, Fraction(8))


FAST_SLOW_LARGE = Claim(
    id="fast-slow-large",
    title="large weight decay: the loss and the moments",
    setting=Trajectories(
        flow=FLOW + ", kappa = 8",
        starts={"W_1, W_2 unbalanced, E(0) > 1": large_decay},
        horizon=Fraction(1, 2),
    ),
    assuming=(),
    concluding={
        "moments": Throughout("||G||^2/||G(0)||^2", "<", Fraction(1, 100), after=Fraction(3, 10)),
        "loss": Throughout("E", ">", Fraction(1)),
    },
    source=LM_DERIVED,
    expected=Verdict.ENCLOSED,
)
