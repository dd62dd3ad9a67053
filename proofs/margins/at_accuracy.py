"""Two samples in the clock log(2/E), from starts of several scales."""

from fractions import Fraction

from proofs.flows.accuracy_flow import at_accuracy
from verify.claims.claim import Claim
from verify.claims.verdict import Verdict
from verify.integrate.system import System
from verify.models.trajectories import Trajectories

F = Fraction
TWO, LARGEST = ((F(1), F(2)), (F(3), F(-1))), F(7, 5)
PART = F(17, 20)
FIRST, OTHER = "x_1.beta/(|beta|_1 gamma)", "x_2.beta/(|beta|_1 gamma)"


def from_one() -> System:
    return at_accuracy(TWO, F(1), LARGEST)


def from_fortieth() -> System:
    return at_accuracy(TWO, F(1, 40) ** 2, LARGEST)


def from_eightieth() -> System:
    return at_accuracy(TWO, F(1, 80) ** 2, LARGEST)


def from_thousandth() -> System:
    return at_accuracy(TWO, F(1, 1000) ** 2, LARGEST)


FORTIETH, EIGHTIETH = {"alpha = 1/40": from_fortieth}, {"alpha = 1/80": from_eightieth}
BOTH = {"alpha = 1": from_one, "alpha = 1/1000": from_thousandth}


def flow(horizon: Fraction, starts: dict) -> Trajectories:
    """To a reading of log(2/E)."""
    return Trajectories("samples (1, 2), (3, -1); gamma = 7/5; t is log(2/E)", starts, horizon)


def about(name: str, title: str, setting: Trajectories, **more: object) -> Claim:
    """What is enclosed."""
    return Claim(name, title, setting, (), expected=Verdict.ENCLOSED, **more)  # type: ignore[arg-type]
