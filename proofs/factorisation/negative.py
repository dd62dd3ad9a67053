"""Completion of a 2 x 2 matrix from starts with a negative determinant: it fits what is observed,
and the free entry stays bounded, in two starts.

From U = I/2, V = [[0, 1], [1, 0]]/2 it is 0 for ever (razin-cohen-symmetric). The other start is
not symmetric.
"""

from fractions import Fraction

from proofs.factorisation.sources import COMPLETION
from proofs.flows.razin_cohen_starts import completion
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Throughout
from verify.claims.verdict import Verdict
from verify.integrate.system import System
from verify.models.trajectories import Trajectories

FLOW = "gradient flow of J = 1/2 ((w12 - 1)^2 + (w21 - 1)^2 + w22^2), W = U V of size 2 x 2"
HALF, ZERO = Fraction(1, 2), Fraction(0)


def swapped() -> System:
    """det W(0) = -1/16."""
    return completion(((ZERO, HALF), (HALF, ZERO)), ((HALF, ZERO), (ZERO, HALF)))


def uneven() -> System:
    """det W(0) < 0, W not symmetric."""
    first = ((Fraction(1, 10), HALF), (Fraction(2, 5), Fraction(-1, 5)))
    second = ((HALF, Fraction(1, 10)), (ZERO, Fraction(2, 5)))
    return completion(first, second)


STARTS = {"U = I/2, V = [[0, 1], [1, 0]]/2": swapped, "U and V uneven": uneven}

RAZIN_COHEN_NEGATIVE = Claim(
    id="razin-cohen-negative",
    title="matrix completion from starts with negative determinant: bounds",
    setting=Trajectories(flow=FLOW, starts=STARTS, horizon=Fraction(30)),
    assuming=(),
    concluding={
        "free": Throughout("W_1,1", "<", Fraction(1, 5)),
        "free-below": Throughout("W_1,1", ">", Fraction(-1, 1000)),
        "det": Throughout("det W", "<", Fraction(0)),
        "loss": Throughout("J", "<", Fraction(1, 10**6), after=Fraction(25)),
    },
    source=COMPLETION,
    remarks=(Remark("razin-cohen-2x2"), Remark("razin-cohen-symmetric")),
    expected=Verdict.ENCLOSED,
)
