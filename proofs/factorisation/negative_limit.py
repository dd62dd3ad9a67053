"""Completion of a 2 x 2 matrix from U = I/2, V = [[0, 1], [1, 0]]/2: det W -> -1."""

from fractions import Fraction

from proofs.factorisation.negative import FLOW, swapped
from proofs.factorisation.sources import COMPLETION
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Tends
from verify.claims.experiments import Late
from verify.claims.verdict import Verdict
from verify.models.trajectories import Trajectories

RAZIN_COHEN_NEGATIVE_LIMIT = Claim(
    id="razin-cohen-negative-limit",
    title="matrix completion from a symmetric start with negative determinant: the limits",
    setting=Trajectories(
        flow=FLOW, starts={"U = I/2, V = [[0, 1], [1, 0]]/2": swapped}, horizon=Fraction(12)
    ),
    assuming=(),
    concluding={"det": Tends("det W", Fraction(-1)), "entry": Tends("W_1,2", Fraction(1))},
    experiments=(
        Late("det", near_miss=Fraction(-99, 100), named="1/100 higher"),
        Late("entry", near_miss=Fraction(101, 100), named="1/100 higher"),
    ),
    source=COMPLETION,
    remarks=(Remark("razin-cohen-symmetric"),),
    expected=Verdict.SUPPORTED,
)
