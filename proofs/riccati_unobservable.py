"""The Riccati flow of balancing converges algebraically where the least Hankel value is 0."""

from fractions import Fraction

from proofs.flows.riccati_flow import riccati_flow
from proofs.riccati import FLOW, FULL, START
from proofs.sources import LM_BACKGROUND
from verify.claims.claim import Claim
from verify.claims.conclusions import Grows
from verify.claims.experiments import Late
from verify.claims.verdict import Verdict
from verify.integrate.system import System
from verify.models.trajectories import Trajectories

ONE = ((Fraction(1), Fraction(1)), (Fraction(1), Fraction(1)))


def unobservable() -> System:
    """W_o of rank 1: h_min = 0."""
    return riccati_flow(FULL, ONE, START, (Fraction(0), Fraction(6)))


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
