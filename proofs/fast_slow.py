"""Which process is slow? With weight decay kappa the moments obey G(t) = G(0) e^(-2 kappa t); the
loss falls at a rate of order 1.

So for small kappa, the usual regime, balancing is the slow process: the loss has settled while G
has hardly moved. The two-stage picture of the paper is heuristic and states no scale; here both
processes are enclosed side by side.
"""

from fractions import Fraction

from proofs.flows.regularised_flow import regularised_flow
from proofs.sources import LM_DERIVED
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Throughout
from verify.claims.verdict import Verdict
from verify.integrate.system import System
from verify.models.trajectories import Trajectories

FIRST = ((Fraction(1), Fraction(1, 2)), (Fraction(0), Fraction(1)))
SECOND = ((Fraction(1, 2), Fraction(0)), (Fraction(1, 3), Fraction(1, 2)))
TARGET = ((Fraction(2), Fraction(0)), (Fraction(0), Fraction(1)))
FLOW = "gradient flow of E + kappa/2 ||W||^2, E = 1/2 ||W_2 W_1 - Y||^2, Y = diag(2, 1)"


def small_decay() -> System:
    return regularised_flow((FIRST, SECOND), TARGET, Fraction(1, 100))


SMALL = Trajectories(
    flow=FLOW + ", kappa = 1/100",
    starts={"W_1, W_2 unbalanced, E(0) > 1": small_decay},
    horizon=Fraction(6),
)

FAST_SLOW = Claim(
    id="fast-slow",
    also=("dln-fast-slow",),
    title="small weight decay: the loss and the moments",
    setting=SMALL,
    assuming=(),
    concluding={
        "loss": Throughout("E", "<", Fraction(1, 1000), after=Fraction(4)),
        "moments": Throughout("||G||^2/||G(0)||^2", ">", Fraction(3, 4)),
    },
    source=LM_DERIVED,
    remarks=(Remark("fast-slow-large"), Remark("fast-slow-balancing-first")),
    expected=Verdict.ENCLOSED,
)

FAST_SLOW_BALANCING_FIRST = FAST_SLOW.false_variant(
    id="fast-slow-balancing-first",
    title="a misreading: the moments once the loss has settled",
    concluding={
        "balanced": Throughout("||G||^2/||G(0)||^2", "<", Fraction(1, 10), after=Fraction(4))
    },
)
