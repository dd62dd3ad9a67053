"""Depth and sparsity: with the right signs the limit is v at depth 3 and at depth 1 alike, here
from a start that is nearly on an axis.

S_W = [[2, 1], [1, 2]], m = (4, 5): v = S_W^(-1) m = (1, 2) and J(v) = -14. From w = (1, 1/8) the
quotient w2/w1 rises towards 2 at both depths: a coordinate that begins small is not given up.
"""

from fractions import Fraction

from proofs.flows.fisher_flow import fisher_flow
from proofs.sources import DERIVED
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Tends, Throughout
from verify.claims.experiments import Late
from verify.claims.verdict import Verdict
from verify.integrate.system import System
from verify.models.trajectories import Trajectories

SCATTER = (Fraction(2), Fraction(1), Fraction(2))
MEANS = (Fraction(4), Fraction(5))
FLOW = "gradient flow of -(m'w)^2/(w'S_W w), S_W = [[2, 1], [1, 2]], m = (4, 5)"


def depth_three() -> System:
    return fisher_flow(((Fraction(1), Fraction(1, 2)),) * 3, SCATTER, MEANS)


def depth_one() -> System:
    return fisher_flow(((Fraction(1), Fraction(1, 8)),), SCATTER, MEANS)


LDA_DEPTHS = Claim(
    id="lda-direction-depths",
    title="the limit of w2/w1 from one start at depths 1 and 3",
    setting=Trajectories(
        flow=FLOW,
        starts={"depth 3, w = (1, 1/8)": depth_three, "depth 1, w = (1, 1/8)": depth_one},
        horizon=Fraction(12),
    ),
    assuming=(),
    concluding={"limit": Tends("w2/w1", Fraction(2))},
    experiments=(Late("limit", near_miss=Fraction(11, 5), named="a tenth more"),),
    source=DERIVED,
    remarks=(Remark("lda-direction"), Remark("lda-depth-sparser")),
    expected=Verdict.SUPPORTED,
)

LDA_DEPTH_SPARSER = LDA_DEPTHS.false_variant(
    id="lda-depth-sparser",
    title="a misreading: a sparser direction at depth 3",
    setting=Trajectories(
        flow=FLOW, starts={"depth 3, w = (1, 1/8)": depth_three}, horizon=Fraction(1, 8)
    ),
    concluding={"sparse": Throughout("w2/w1", "<", Fraction(1, 8) + Fraction(1, 100))},
)
