"""Matrix completion after a billion units of time, in a root of the determinant."""

from fractions import Fraction

from proofs.flows.completion_flow import completion_in_root
from proofs.razin_cohen import RAZIN_COHEN
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Throughout
from verify.claims.experiments import Contrast
from verify.claims.verdict import Verdict
from verify.integrate.system import System
from verify.models.trajectories import Trajectories


def in_root() -> System:
    """W = I/100 at the start."""
    return completion_in_root(Fraction(1, 10))


BILLION = Fraction(10**9)

#: (6 t)^(1/3) (1 -+ 10^-5) and -3 6^(-1/3) t^(2/3) (1 +- 10^-4) at t = 10^9, rounded inwards
RAZIN_COHEN_LATE = Claim(
    id="razin-cohen-late",
    title="matrix completion: entry and determinant after a billion units of time",
    setting=Trajectories(
        flow=(
            "gradient flow of J = (w12 - 1)^2/2 + w22^2/4, W = U U^T of size 2 x 2, beside it z' ="
            " -2 w22/10^12"
        ),
        starts={"U = I/10": in_root},
        horizon=BILLION,
    ),
    assuming=(),
    concluding={
        "det": Throughout("det U", ">"),
        "entry": Throughout("w11", ">", Fraction(18171025, 10**4), after=BILLION - 1),
        "entry-below": Throughout("w11", "<", Fraction(18171387, 10**4)),
        "log-det": Throughout("log det W", "<", Fraction(-1650799), after=BILLION - 1),
        "log-det-above": Throughout("log det W", ">", Fraction(-1651128)),
    },
    experiments=(Contrast("det", "BDF"),),
    remarks=(Remark("razin-cohen-rate"),),
    source=RAZIN_COHEN,
    expected=Verdict.ENCLOSED,
)
