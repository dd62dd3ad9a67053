"""Matrix completion: the free entry exceeds 5."""

from fractions import Fraction

from proofs.flows.razin_cohen_starts import from_identity
from proofs.razin_cohen import FLOW, RAZIN_COHEN
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Reaches
from verify.claims.verdict import Verdict
from verify.models.trajectories import Trajectories

RAZIN_COHEN_EVENT = Claim(
    id="razin-cohen-event",
    title="matrix completion: the free entry exceeds 5 within 100 units of time",
    setting=Trajectories(
        flow=FLOW.flow, starts={"U = V = I/10": from_identity}, horizon=Fraction(100)
    ),
    assuming=(),
    concluding={"exceeds": Reaches("W_1,1", ">", Fraction(5), before=Fraction(100))},
    remarks=(Remark("razin-cohen-2x2"),),
    source=RAZIN_COHEN,
    expected=Verdict.ENCLOSED,
)
