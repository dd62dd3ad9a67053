"""Homogeneous networks at instances. One sample of length 1, order L: E t (log t)^(2-2/L) L^2 tends
to 1, so that the loss is of order 1/(t (log t)^(2-2/L)); enclosed while its margin grows to a
million. Three samples and cubes of weights: the rate of the smoothed margin, enclosed along the
flow.
"""

from fractions import Fraction

from proofs.flows.homogeneous_flow import cubes, one_margin
from proofs.margins.sources import HOMOGENEOUS
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Throughout
from verify.claims.verdict import Verdict
from verify.integrate.system import System
from verify.models.trajectories import Trajectories

F = Fraction
ROWS = ((F(1), F(1, 5), F(-3, 10)), (F(2, 5), F(1), F(1, 2)), (F(-1, 5), F(3, 10), F(1)))
QUANTITY, MILLION = "L^2 E T log(T)^(2 - 2/L)", F(10**6)


def of_squares() -> System:
    return one_margin(2)


def of_cubes() -> System:
    return one_margin(3)


def of_fourth_powers() -> System:
    return one_margin(4)


def three_samples() -> System:
    return cubes(ROWS, (F(3, 2), F(3, 2), F(3, 2)))


ONE_SAMPLE = Claim(
    id="lyu-li-one-sample",
    title="one sample of length one: the loss in time, for orders two, three and four",
    setting=Trajectories(
        flow="in the clock of the margin q, less 1; y = L^2 T q^(2-2/L) exp(-q), T the time",
        starts={"L = 2": of_squares, "L = 3": of_cubes, "L = 4": of_fourth_powers},
        horizon=MILLION,
    ),
    assuming=(),
    concluding={
        "above": Throughout(QUANTITY, ">", F(99996, 10**5), after=MILLION - 1),
        "below": Throughout(QUANTITY, "<", F(99999, 10**5), after=MILLION - 1),
    },
    source=HOMOGENEOUS,
    remarks=(Remark("lyu-li"),),
    expected=Verdict.ENCLOSED,
)
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
