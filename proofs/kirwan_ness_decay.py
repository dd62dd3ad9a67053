"""The Kirwan-Ness flow where all layers vanish together in a hidden direction: the decay there is
exponential; and what enclosures say of ||W||^2.
"""

from fractions import Fraction

from proofs.flows.kirwan_ness_flow import kirwan_ness_flow
from proofs.flows.kirwan_ness_starts import FLOW, FRAME, two_layers
from proofs.flows.starts import turned_tuple
from proofs.sources import LM_DERIVED
from verify.claims.claim import Claim
from verify.claims.conclusions import Tends, Throughout
from verify.claims.experiments import Late
from verify.claims.verdict import Verdict
from verify.integrate.system import System
from verify.models.trajectories import Trajectories


def common_rank() -> System:
    """Both layers of rank 1 in one frame, sigma = (1, 0)."""
    return kirwan_ness_flow(turned_tuple((Fraction(1), Fraction(0)), (FRAME,)), (Fraction(1),))


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
