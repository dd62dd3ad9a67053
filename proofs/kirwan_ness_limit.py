"""The Kirwan-Ness flow at low rank and with surplus width: ||G|| tends to 0, but like 1/t.

X = 0, N = 2, size 1, w_1 = 0: w_2(t) = w_2(0)/sqrt(1 + 4 w_2(0)^2 t), so ||G|| = w_2^2 falls like
1/t. A hidden direction in which one layer vanishes and a neighbour does not behaves like that.
"""

from fractions import Fraction

from proofs.flows.kirwan_ness_flow import kirwan_ness_flow
from proofs.flows.kirwan_ness_starts import FLOW, FRAME
from proofs.sources import LM_DERIVED
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Grows, Tends
from verify.claims.experiments import Late
from verify.claims.verdict import Verdict
from verify.integrate.system import System
from verify.models.trajectories import Trajectories

ONE_ROW = ((Fraction(1), Fraction(1, 2)), (Fraction(2), Fraction(1)))


def low_rank_product() -> System:
    """W_1 invertible, W_2 of rank 1."""
    return kirwan_ness_flow((FRAME, ONE_ROW))


def surplus_width() -> System:
    """Sizes 2 x 2 x 1: X is a row, so one of the two hidden directions is not needed."""
    return kirwan_ness_flow((FRAME, ((Fraction(2), Fraction(1)),)))


KN_LIMIT_NUMBERS = Claim(
    id="kn-limit-numbers",
    title="the Kirwan-Ness flow at low rank and with surplus width",
    setting=Trajectories(
        flow=FLOW,
        starts={
            "W_1 invertible, W_2 of rank 1": low_rank_product,
            "sizes 1 x 2 x 2": surplus_width,
        },
        horizon=Fraction(100),
    ),
    assuming=(),
    concluding={"algebraic": Grows("||G||", Fraction(-1)), "limit": Tends("||G||", Fraction(0))},
    experiments=(
        Late("algebraic", near_miss=Fraction(-11, 10), named="exponent -11/10"),
        Late("limit", near_miss=Fraction(1, 25), named="||G|| stays at 1/25"),
    ),
    source=LM_DERIVED,
    remarks=(Remark("kn-limit-common-rank"),),
    expected=Verdict.SUPPORTED,
)
