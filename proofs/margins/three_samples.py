"""Homogeneous networks at an instance. Three samples and cubes of weights: the rate of the smoothed
margin, enclosed along the flow.
"""

from proofs.flows.homogeneous_flow import cubes
from proofs.margins.one_margin import F
from proofs.margins.sources import HOMOGENEOUS
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Throughout
from verify.claims.verdict import Verdict
from verify.integrate.system import System
from verify.models.trajectories import Trajectories

ROWS = ((F(1), F(1, 5), F(-3, 10)), (F(2, 5), F(1), F(1, 2)), (F(-1, 5), F(3, 10), F(1)))


def three_samples() -> System:
    return cubes(ROWS, (F(3, 2), F(3, 2), F(3, 2)))


THREE = Claim(
    id="lyu-li-three-samples",
    title="three samples and cubes of weights: the rate of the smoothed margin",
    setting=Trajectories(
        flow="exponential loss of x_n.w^3, x_n = (1, 1/5, -3/10), (2/5, 1, 1/2), (-1/5, 3/10, 1)",
        starts={"w = (3, 3, 3)/2": three_samples},
        horizon=F(10),
    ),
    assuming=(),
    concluding={"rises": Throughout("the rate of log(smoothed margin)", ">")},
    source=HOMOGENEOUS,
    links=("lyu-li", "lyu-li-norm", "lyu-li-stationary", "lyu-li-turn", "lyu-li-direction"),
    remarks=(Remark("lyu-li"),),
    expected=Verdict.ENCLOSED,
)
