"""The learning flow with layers of size 2: every rank is open to it, and J tends to 0. A sample
run.
"""

from fractions import Fraction

from proofs.convergence import TARGET
from proofs.flows.matrix_flow import matrix_flow
from proofs.sources import LM_BACKGROUND
from verify.claims.claim import Claim
from verify.claims.conclusions import Tends
from verify.claims.experiments import Late
from verify.claims.verdict import Verdict
from verify.integrate.system import System
from verify.models.trajectories import Trajectories


def square() -> System:
    """Layers of size 2: every rank is open."""
    half = Fraction(1, 2)
    first = ((Fraction(1), half), (Fraction(0), Fraction(1)))
    second = ((half, Fraction(0)), (Fraction(1, 3), half))
    return matrix_flow([first, second], TARGET)


BAH_CONVERGENCE_SQUARE = Claim(
    id="bah-convergence-square",
    title="a sample run of the learning flow, layers of size 2",
    setting=Trajectories(
        flow="gradient flow of J = 1/2 ||W_2 W_1 - Y||^2, sizes 2 x 2 x 2, Y = diag(2, 7/4)",
        starts={"a generic start": square},
        horizon=Fraction(30),
    ),
    assuming=(),
    concluding={"value": Tends("J", Fraction(0))},
    experiments=(Late("value", near_miss=Fraction(1, 64), named="1/64 higher"),),
    source=LM_BACKGROUND,
    expected=Verdict.SUPPORTED,
)
