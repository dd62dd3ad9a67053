"""The learning flow tends to a minimum on matrices of some rank k, from almost every start. Sample
runs; no identity.

Background of arXiv:2511.01137v2: the theorem is of Bah, Rauhut, Terstiege and Westdickenberg
(arXiv:1910.05505). Widths 2 x 1 x 2, so k <= 1, and Y = diag(2, 7/4): the minimum of E on rank 1 is
1/2 (7/4)^2, the saddle at the other singular value has E = 1/2 2^2.
"""

from fractions import Fraction

from proofs.flows.matrix_flow import matrix_flow
from proofs.sources import LM_BACKGROUND
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Tends
from verify.claims.experiments import Late
from verify.claims.verdict import Verdict
from verify.integrate.system import System
from verify.models.trajectories import Trajectories

TARGET = {(0, 0): Fraction(2), (0, 1): Fraction(0), (1, 0): Fraction(0), (1, 1): Fraction(7, 4)}
FLOW = "gradient flow of J = 1/2 ||W_2 W_1 - Y||^2, sizes 2 x 1 x 2, Y = diag(2, 7/4)"


def learning(first: tuple, second: tuple) -> System:
    """W_1 is a row, W_2 a column."""
    return matrix_flow([(first,), tuple((x,) for x in second)], TARGET)


def generic() -> System:
    return learning((Fraction(1, 2), Fraction(1, 3)), (Fraction(1, 4), Fraction(-1, 5)))


def towards_the_saddle() -> System:
    return learning((Fraction(1, 50), Fraction(1)), (Fraction(1, 50), Fraction(1)))


def unbalanced() -> System:
    return learning((Fraction(2), Fraction(-1)), (Fraction(0), Fraction(1, 7)))


BAH_CONVERGENCE = Claim(
    id="bah-convergence",
    title="sample runs of the learning flow on matrices of rank 1",
    setting=Trajectories(
        flow=FLOW,
        starts={
            "a generic start": generic,
            "near the saddle's direction": towards_the_saddle,
            "unbalanced": unbalanced,
        },
        horizon=Fraction(80),
    ),
    assuming=(),
    concluding={"value": Tends("J", Fraction(49, 32))},
    experiments=(Late("value", near_miss=Fraction(99, 64), named="1/64 higher"),),
    source=LM_BACKGROUND,
    remarks=(Remark("bah-convergence-square"), Remark("bah-every-start")),
    expected=Verdict.SUPPORTED,
)
