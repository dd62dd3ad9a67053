"""Linear predictors, squares and cubes of weights, from starts that decide or do not."""

from fractions import Fraction

from proofs.flows.log_time_flow import log_time
from proofs.flows.one_sample_flow import one_sample
from proofs.margins.separable_starts import ROWS, SEPARATOR
from verify.integrate.system import System
from verify.models.trajectories import Trajectories

F = Fraction
SAMPLE = (F(1), F(4, 5))


def linear_from_zero() -> System:
    return log_time(ROWS, SEPARATOR, (F(0), F(0)), logistic=True)


def linear_from_elsewhere() -> System:
    return log_time(ROWS, SEPARATOR, (F(3), F(-2)), logistic=True)


def cubes_from_ones() -> System:
    return one_sample(3, SAMPLE, (F(1), F(1)))


def cubes_from_a_half() -> System:
    return one_sample(3, SAMPLE, (F(1, 2), F(1)))


def squares() -> System:
    return one_sample(2, SAMPLE, (F(1), F(1)))


LINEAR = Trajectories(
    flow="logistic loss, x_n = (1, 1/5), (3/10, 11/10), (2, 3/2), (1/2, 5/2), clock t = log T",
    starts={
        "w = 0 at T = 1": linear_from_zero,
        "w = (3, -2) at T = 1": linear_from_elsewhere,
    },
    horizon=F(60),
)
CUBES = Trajectories(
    flow=(
        "one sample (1, 4/5), cubes, in the clock int -l' of the loss: the largest l1 margin is 1"
    ),
    starts={"w = (1, 1)": cubes_from_ones, "w = (1/2, 1)": cubes_from_a_half},
    horizon=F(33, 100),
)
SQUARES = Trajectories(
    flow=(
        "one sample (1, 4/5), squares, in the clock int -l' of the loss: the largest l2 margin"
        " is > 5/4"
    ),
    starts={"w = (1, 1)": squares},
    horizon=F(10),
)
