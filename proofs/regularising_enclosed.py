"""The regularising flow, enclosed: G(t) = G(0) e^(-2t) holds exactly. Derived, not stated in the
paper.
"""

from fractions import Fraction

from proofs.regularising_numbers import FLOW, ONE
from proofs.sources import LM_DERIVED
from verify.claims.claim import Claim
from verify.claims.conclusions import Throughout
from verify.claims.verdict import Verdict
from verify.models.trajectories import Trajectories

REGFLOW_ENCLOSED = Claim(
    id="regflow-enclosed",
    title="the regularising flow enclosed",
    setting=Trajectories(flow=FLOW, starts=ONE, horizon=Fraction(3, 2)),
    assuming=(),
    concluding={
        "not-slower": Throughout("e^(4t) ||G||^2/||G(0)||^2", "<", 1 + Fraction(1, 1000)),
        "not-faster": Throughout("e^(4t) ||G||^2/||G(0)||^2", ">", 1 - Fraction(1, 1000)),
        "above": Throughout("||W||^2 - min", ">", Fraction(0)),
    },
    source=LM_DERIVED,
    expected=Verdict.ENCLOSED,
)
