"""Separable samples: angle and margin at time exp of a million."""

from proofs.margins.separable_starts import FLOW, F, from_elsewhere
from proofs.margins.sources import SEPARABLE
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Throughout
from verify.claims.verdict import Verdict
from verify.models.trajectories import Trajectories

MILLION = F(10**6)
MAIN_LATE = Claim(
    id="soudry-main-late",
    title="separable samples, exponential loss: angle and margin at time exp of a million",
    setting=Trajectories(
        flow=FLOW.flow, starts={"w = (3, -2) at T = 1": from_elsewhere}, horizon=MILLION
    ),
    assuming=(),
    concluding={
        "angle": Throughout("log(T)^2 (1 - cos)", "<", F(5261, 10**5), after=MILLION - 1),
        "angle-below": Throughout("log(T)^2 (1 - cos)", ">", F(5260, 10**5), after=MILLION - 1),
        "gap": Throughout("log(T) gap_1", "<", F(14794, 10**5), after=MILLION - 1),
        "gap-below": Throughout("log(T) gap_1", ">", F(14793, 10**5), after=MILLION - 1),
    },
    source=SEPARABLE,
    links=("soudry-separator", "soudry-all-data-direction"),
    remarks=(Remark("soudry-main"),),
    expected=Verdict.ENCLOSED,
)
