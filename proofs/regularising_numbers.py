"""The regularising flow in numbers: ||W||^2 - min, quadratic in G at balance, decays at the rate 4,
twice that of G; the expectation of rate 2 is refuted. Derived, not stated in the paper.
"""

from fractions import Fraction

from proofs.flows.kirwan_ness_starts import FRAME, OTHER
from proofs.flows.regularising_flow import regularising_flow
from proofs.flows.starts import turned_tuple
from proofs.sources import LM_DERIVED
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Decays, Throughout
from verify.claims.experiments import Late
from verify.claims.verdict import Verdict
from verify.integrate.system import System
from verify.models.trajectories import Trajectories

FLOW = "gradient flow of ||W||^2/2 on the fibre of X = W_N ... W_1: W' = -w_b, H(b) = G"


def two_layers() -> System:
    """sigma = (1, 1/4)."""
    roots = (Fraction(1), Fraction(1, 2))
    return regularising_flow(turned_tuple(roots, (FRAME,)), roots)


def three_layers() -> System:
    """sigma = (27/8, 1)."""
    roots = (Fraction(3, 2), Fraction(1))
    return regularising_flow(turned_tuple(roots, (FRAME, OTHER)), roots)


ONE = {"N = 2, sigma = (1, 1/4)": two_layers}
STARTS = ONE | {"N = 3, sigma = (27/8, 1)": three_layers}

REGFLOW_ENERGY = Claim(
    id="regflow-energy",
    also=("dln-regflow-energy",),
    title="the late rates of the regularising flow",
    setting=Trajectories(flow=FLOW, starts=STARTS, horizon=Fraction(5)),
    assuming=(),
    concluding={
        "surplus": Decays("||W||^2 - min", Fraction(4)),
        "moments": Decays("||G||", Fraction(2)),
    },
    experiments=(
        Late("surplus", near_miss=Fraction(22, 5), named="a tenth faster"),
        Late("moments", near_miss=Fraction(11, 5), named="a tenth faster"),
    ),
    source=LM_DERIVED,
    remarks=(Remark("regflow-energy-rate-two"),),
    expected=Verdict.SUPPORTED,
)

REGFLOW_ENERGY_RATE_TWO = REGFLOW_ENERGY.false_variant(
    id="regflow-energy-rate-two",
    title="a misreading: the rate of the surplus of the sum of squares",
    setting=Trajectories(flow=FLOW, starts=ONE, horizon=Fraction(2)),
    concluding={"rate-two": Throughout("e^(2t) m/m(0), m = ||W||^2 - min", ">", Fraction(1, 2))},
)
