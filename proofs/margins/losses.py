"""Separable samples, exponential loss: the loss falls like 1/T, while that of a held-out sample on
the wrong side of the separator grows like log T.

T E tends to the sum of the multipliers, as exp(-x_n.rho) does to that of each support vector
(soudry-refined): 75/104 + 25/52 = 125/104 = 1.2019... . Of z = (-1, 0), z.w^ = -45/52 = -0.8653...:
log(1 + exp(-z.w)) = (45/52) log T + O(1), although the direction is ever nearer to w^.
"""

from fractions import Fraction

from proofs.flows.log_time_flow import log_time
from proofs.margins.separable_starts import FLOW, LATE, ROWS, SEPARATOR
from proofs.margins.sources import SEPARABLE
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Throughout
from verify.claims.verdict import Verdict
from verify.integrate.system import System
from verify.models.trajectories import Trajectories

F = Fraction
WRONG = (F(-1), F(0))
HELD_OUT = "log(1 + exp(-z.w))/log(T)"


def from_zero() -> System:
    return log_time(ROWS, SEPARATOR, (F(0), F(0)), wrong=WRONG)


def from_elsewhere() -> System:
    return log_time(ROWS, SEPARATOR, (F(3), F(-2)), wrong=WRONG)


SETTING = Trajectories(
    flow=f"{FLOW.flow}; z = (-1, 0) is held out",
    starts={"w = 0 at T = 1": from_zero, "w = (3, -2) at T = 1": from_elsewhere},
    horizon=F(100),
)
LOSSES = Claim(
    id="soudry-losses",
    title="separable samples: the loss in time, and that of a held-out sample on the wrong side",
    setting=SETTING,
    assuming=(),
    concluding={
        "loss": Throughout("T E", "<", F(12020, 10**4), after=LATE),
        "loss-below": Throughout("T E", ">", F(12019, 10**4), after=LATE),
        "held-out": Throughout(HELD_OUT, ">", F(17, 20), after=LATE),
        "held-out-above": Throughout(HELD_OUT, "<", F(9, 10), after=LATE),
    },
    source=SEPARABLE,
    links=("soudry-all-data-rate", "soudry-all-data-values"),
    remarks=(Remark("soudry-main"), Remark("soudry-refined")),
    expected=Verdict.ENCLOSED,
)
BOTH_FALL = LOSSES.false_variant(
    id="soudry-losses-both",
    title="a misreading: the loss of a held-out sample on the wrong side is below half of log time",
    concluding={"falls": Throughout(HELD_OUT, "<", F(1, 2), after=LATE)},
)
