"""Not from every start does the learning flow tend to the minimum on rank 1 (bah-convergence)."""

from fractions import Fraction

from proofs.convergence import BAH_CONVERGENCE, FLOW, learning
from verify.claims.conclusions import Throughout
from verify.integrate.system import System
from verify.models.trajectories import Trajectories


def on_the_stable_set() -> System:
    """No component on the first singular vectors: the flow keeps it so."""
    return learning((Fraction(0), Fraction(1, 2)), (Fraction(0), Fraction(1, 3)))


BAH_EVERY_START = BAH_CONVERGENCE.false_variant(
    id="bah-every-start",
    title="a misreading: the late value of J from a start on an axis",
    setting=Trajectories(
        flow=FLOW,
        starts={"W_1 = (0, 1/2), W_2 = (0, 1/3)": on_the_stable_set},
        horizon=Fraction(20),
    ),
    concluding={"value": Throughout("J", "<", Fraction(7, 4), after=Fraction(10))},
)
