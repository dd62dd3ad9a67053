"""Four separable samples in the plane, their separator, and two starts in log time."""

from fractions import Fraction

from proofs.flows.log_time_flow import log_time
from verify.integrate.system import System
from verify.models.trajectories import Trajectories

F = Fraction
ROWS = ((F(1), F(1, 5)), (F(3, 10), F(11, 10)), (F(2), F(3, 2)), (F(1, 2), F(5, 2)))
SEPARATOR = (F(45, 52), F(35, 52))
MULTIPLIERS = (F(75, 104), F(25, 52))


def from_zero() -> System:
    return log_time(ROWS, SEPARATOR, (F(0), F(0)))


def from_elsewhere() -> System:
    return log_time(ROWS, SEPARATOR, (F(3), F(-2)))


FLOW = Trajectories(
    flow=(
        "loss sum exp(-x_n.w), x_n = (1, 1/5), (3/10, 11/10), (2, 3/2), (1/2, 5/2), in the clock"
        " t = log T"
    ),
    starts={"w = 0 at T = 1": from_zero, "w = (3, -2) at T = 1": from_elsewhere},
    horizon=F(100),
)
LATE = F(50)
