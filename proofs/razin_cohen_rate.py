"""Matrix completion: the late rate of the free entry, in the logarithm of the determinant."""

from fractions import Fraction

from proofs.flows.completion_flow import symmetric_completion
from proofs.razin_cohen import RAZIN_COHEN
from verify.claims.claim import Claim
from verify.claims.conclusions import Grows, Tends
from verify.claims.experiments import Late
from verify.claims.verdict import Verdict
from verify.integrate.system import System
from verify.models.trajectories import Trajectories


def in_log_det() -> System:
    """The same start, det W through its logarithm."""
    return symmetric_completion(Fraction(1, 100), Fraction(0), Fraction(1, 100))


RAZIN_COHEN_RATE = Claim(
    id="razin-cohen-rate",
    title="matrix completion: the late rate of the free entry",
    setting=Trajectories(
        flow=(
            "gradient flow of J = (w12 - 1)^2 + w22^2/2, W = U U^T of size 2 x 2, in (w11, w12, log"
            " det W)"
        ),
        starts={"W = I/100": in_log_det},
        horizon=Fraction(1000),
    ),
    assuming=(),
    concluding={
        "exponent": Grows("w11", Fraction(1, 3)),
        "constant": Tends("w11^2 w11'", Fraction(2)),
    },
    experiments=(
        Late("exponent", near_miss=Fraction(1, 4), named="exponent 1/4"),
        Late("constant", near_miss=Fraction(11, 5), named="w11 ~ (33/5 t)^(1/3)"),
    ),
    source=RAZIN_COHEN,
    expected=Verdict.SUPPORTED,
)
