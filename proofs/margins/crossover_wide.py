"""Accuracy against scale, D = 2, exponential loss. Along alpha^2 = mu log(N/E) beta by its margin
tends to the least of mu sum q(b_i/mu) with margins at least 1: for samples (1, 2, 1) and (3, -1, 1)
and mu = 1/10 its third entry is 0.19045..., and that of the predictor of largest l1 margin is 0.
"""

from proofs.flows.accuracy_flow import at_accuracy
from proofs.margins.at_accuracy import F, about
from proofs.margins.sources import ACCURACY
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Throughout
from verify.claims.verdict import Verdict
from verify.integrate.system import System
from verify.models.trajectories import Trajectories

WIDE, WIDE_LARGEST = ((F(1), F(2), F(1)), (F(3), F(-1), F(1))), F(7, 5)


def along() -> System:
    """alpha^2 = 20/10, to log(2/E) = 20."""
    return at_accuracy(WIDE, F(2), WIDE_LARGEST)


ALONG = Trajectories(
    "samples (1, 2, 1), (3, -1, 1); alpha^2 = 2 = mu log(2/E) at the end; t is log(2/E)",
    {"alpha^2 = 2": along},
    F(20),
)
LATE = F(19999, 1000)
MOROSHKO = about(
    "moroshko-scale-vs-accuracy", "scale against accuracy: the third entry by the margin", ALONG,
    source=ACCURACY,
    concluding={
        "above": Throughout("beta_3/x_1.beta", ">", F(1933, 10**4), after=LATE),
        "below": Throughout("beta_3/x_1.beta", "<", F(1934, 10**4), after=LATE),
    },
    links=("diag-anytime-classification", "diag-anytime-gap"),
    remarks=(Remark("moroshko-largest-margin"), Remark("diag-anytime-classification")),
)  # fmt: skip
LARGEST_MARGIN = Claim(
    id="moroshko-largest-margin",
    title="a misreading: scale against accuracy and the third entry of the l1 predictor",
    setting=ALONG,
    assuming=(),
    concluding={"below": Throughout("beta_3/x_1.beta", "<", F(1, 10), after=LATE)},
    source=ACCURACY,
    expected=Verdict.REFUTED,
    corrects="moroshko-scale-vs-accuracy",
)
