"""The Kirwan-Ness flow at low rank and with surplus width: ||G|| tends to 0, but like 1/t; and what
enclosures say of ||W||^2.

X = 0, N = 2, size 1, w_1 = 0: w_2(t) = w_2(0)/sqrt(1 + 4 w_2(0)^2 t), so ||G|| = w_2^2 falls like
1/t. A hidden direction in which one layer vanishes and a neighbour does not behaves like that.
Where all layers vanish there together the decay is exponential.
"""

from fractions import Fraction

from proofs.flows.kirwan_ness_flow import kirwan_ness_flow
from proofs.flows.starts import turned_tuple
from proofs.kirwan_ness_rate import FLOW, FRAME, two_layers
from proofs.sources import LM_DERIVED
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Grows, Tends, Throughout
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


def common_rank() -> System:
    """Both layers of rank 1 in one frame, sigma = (1, 0)."""
    return kirwan_ness_flow(turned_tuple((Fraction(1), Fraction(0)), (FRAME,)), (Fraction(1),))


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

KN_LIMIT_COMMON_RANK = Claim(
    id="kn-limit-common-rank",
    title="the Kirwan-Ness flow at low rank of both layers in one frame",
    setting=Trajectories(
        flow=FLOW, starts={"N = 2, sigma = (1, 0)": common_rank}, horizon=Fraction(8)
    ),
    assuming=(),
    concluding={"limit": Tends("||G||", Fraction(0)), "value": Tends("||W||^2 - min", Fraction(0))},
    experiments=(
        Late("limit", near_miss=Fraction(1, 50), named="||G|| stays at 1/50"),
        Late("value", near_miss=Fraction(1, 400), named="1/400 above the least value"),
    ),
    source=LM_DERIVED,
    expected=Verdict.SUPPORTED,
)

KN_NORM_ENCLOSED = Claim(
    id="kn-norm-enclosed",
    title="the sum of squares along the Kirwan-Ness flow, enclosed",
    setting=Trajectories(
        flow=FLOW, starts={"N = 2, sigma = (1, 1/4)": two_layers}, horizon=Fraction(2)
    ),
    assuming=(),
    concluding={
        "above": Throughout("||W||^2 - min", ">", Fraction(0)),
        "near": Throughout("||W||^2 - min", "<", Fraction(1, 100), after=Fraction(1)),
    },
    source=LM_DERIVED,
    expected=Verdict.ENCLOSED,
)
