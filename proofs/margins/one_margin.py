"""Homogeneous networks at an instance. One sample of length 1, order L: E t (log t)^(2-2/L) L^2
tends to 1, so that the loss is of order 1/(t (log t)^(2-2/L)); enclosed while its margin grows to a
million.
"""

from fractions import Fraction

from proofs.flows.homogeneous_flow import one_margin
from proofs.margins.sources import HOMOGENEOUS
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Throughout
from verify.claims.verdict import Verdict
from verify.integrate.system import System
from verify.models.trajectories import Trajectories

F = Fraction
QUANTITY, MILLION = "L^2 E T log(T)^(2 - 2/L)", F(10**6)


def of_squares() -> System:
    return one_margin(2)


def of_cubes() -> System:
    return one_margin(3)


def of_fourth_powers() -> System:
    return one_margin(4)


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
