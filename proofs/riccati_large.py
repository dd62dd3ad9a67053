"""The Riccati flow of balancing (hm-riccati) with larger Hankel values: the rate 2 h_min = 6."""

from fractions import Fraction

from proofs.flows.riccati_flow import riccati_flow
from proofs.riccati import FLOW, FULL, START
from proofs.sources import LM_BACKGROUND
from verify.claims.claim import Claim
from verify.claims.conclusions import Decays
from verify.claims.experiments import Late
from verify.claims.verdict import Verdict
from verify.integrate.system import System
from verify.models.trajectories import Trajectories

LARGE = ((Fraction(42), Fraction(-3)), (Fraction(-3), Fraction(6)))


def larger_values() -> System:
    """h = (3, 9), P -> [[5, -1], [-1, 2]]."""
    return riccati_flow(FULL, LARGE, START, (Fraction(9), Fraction(81)))


HM_RICCATI_LARGE = Claim(
    id="hm-riccati-large",
    title="the Riccati flow of balancing, Hankel values 3 and 9",
    setting=Trajectories(
        flow=FLOW,
        starts={"W_c = [[2, 1], [1, 2]], W_o = [[42, -3], [-3, 6]], h = (3, 9)": larger_values},
        horizon=Fraction(4),
    ),
    assuming=(),
    concluding={"rate": Decays("||W_o - P W_c P||", Fraction(6))},
    experiments=(Late("rate", near_miss=Fraction(33, 5), named="a tenth faster"),),
    source=LM_BACKGROUND,
    expected=Verdict.SUPPORTED,
)
