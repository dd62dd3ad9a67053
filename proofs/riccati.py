"""The Riccati flow P' = W_o - P W_c P of balancing converges at the rate 2 h_min, and algebraically
where h_min = 0.

h_i = sqrt(eig(W_c W_o)). The flow: Helmke, Moore, Optimization and Dynamical Systems, 1994.
The rate is derived: at the limit P W_c has the eigenvalues h_i.
"""

from fractions import Fraction

from proofs.flows.riccati_flow import riccati_flow
from proofs.sources import LM_BACKGROUND
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Decays, Grows
from verify.claims.experiments import Late
from verify.claims.verdict import Verdict
from verify.integrate.system import System
from verify.models.trajectories import Trajectories

START = ((Fraction(1), Fraction(1, 2)), (Fraction(1, 2), Fraction(2)))
FULL = ((Fraction(2), Fraction(1)), (Fraction(1), Fraction(2)))
SKEWED = ((Fraction(6), Fraction(-3)), (Fraction(-3), Fraction(2)))
LARGE = ((Fraction(42), Fraction(-3)), (Fraction(-3), Fraction(6)))
ONE = ((Fraction(1), Fraction(1)), (Fraction(1), Fraction(1)))
FLOW = "Riccati flow P' = W_o - P W_c P of the Gramians W_c, W_o, 2 x 2"


def same_gramians() -> System:
    """W_c = W_o with the eigenvalues 1 and 3: h = (1, 3), P -> I."""
    return riccati_flow(FULL, FULL, START, (Fraction(1), Fraction(9)))


def other_limit() -> System:
    """h = (1, 3), P -> [[2, -1], [-1, 1]]."""
    return riccati_flow(FULL, SKEWED, START, (Fraction(1), Fraction(9)))


def larger_values() -> System:
    """h = (3, 9), P -> [[5, -1], [-1, 2]]."""
    return riccati_flow(FULL, LARGE, START, (Fraction(9), Fraction(81)))


def unobservable() -> System:
    """W_o of rank 1: h_min = 0."""
    return riccati_flow(FULL, ONE, START, (Fraction(0), Fraction(6)))


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

HM_RICCATI_UNOBSERVABLE = Claim(
    id="hm-riccati-unobservable",
    title="the Riccati flow of an unobservable system",
    setting=Trajectories(
        flow=FLOW,
        starts={"W_c = [[2, 1], [1, 2]], W_o = [[1, 1], [1, 1]]": unobservable},
        horizon=Fraction(1000),
    ),
    assuming=(),
    concluding={
        "determinant": Grows("det P", Fraction(-1)),
        "speed": Grows("||W_o - P W_c P||", Fraction(-2)),
    },
    experiments=(
        Late("determinant", near_miss=Fraction(-11, 10), named="exponent -11/10"),
        Late("speed", near_miss=Fraction(-19, 10), named="exponent -19/10"),
    ),
    source=LM_BACKGROUND,
    expected=Verdict.SUPPORTED,
)
