"""The Riccati flow P' = W_o - P W_c P of balancing converges at the rate 2 h_min.

h_i = sqrt(eig(W_c W_o)). The flow: Helmke, Moore, Optimization and Dynamical Systems, 1994.
The rate is derived: at the limit P W_c has the eigenvalues h_i.
"""

from fractions import Fraction

from proofs.flows.riccati_flow import riccati_flow
from proofs.sources import LM_BACKGROUND
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Decays
from verify.claims.experiments import Late
from verify.claims.verdict import Verdict
from verify.integrate.system import System
from verify.models.trajectories import Trajectories

START = ((Fraction(1), Fraction(1, 2)), (Fraction(1, 2), Fraction(2)))
FULL = ((Fraction(2), Fraction(1)), (Fraction(1), Fraction(2)))
SKEWED = ((Fraction(6), Fraction(-3)), (Fraction(-3), Fraction(2)))
FLOW = "Riccati flow P' = W_o - P W_c P of the Gramians W_c, W_o, 2 x 2"


def same_gramians() -> System:
    """W_c = W_o with the eigenvalues 1 and 3: h = (1, 3), P -> I."""
    return riccati_flow(FULL, FULL, START, (Fraction(1), Fraction(9)))


def other_limit() -> System:
    """h = (1, 3), P -> [[2, -1], [-1, 1]]."""
    return riccati_flow(FULL, SKEWED, START, (Fraction(1), Fraction(9)))


HM_RICCATI = Claim(
    id="hm-riccati",
    title="the Riccati flow of balancing, Hankel values 1 and 3",
    setting=Trajectories(
        flow=FLOW,
        starts={
            "W_c = W_o = [[2, 1], [1, 2]], h = (1, 3)": same_gramians,
            "W_c = [[2, 1], [1, 2]], W_o = [[6, -3], [-3, 2]], h = (1, 3)": other_limit,
        },
        horizon=Fraction(12),
    ),
    assuming=(),
    concluding={"rate": Decays("||W_o - P W_c P||", Fraction(2))},
    experiments=(Late("rate", near_miss=Fraction(11, 5), named="a tenth faster"),),
    source=LM_BACKGROUND,
    remarks=(Remark("hm-riccati-unobservable"),),
    expected=Verdict.SUPPORTED,
)
