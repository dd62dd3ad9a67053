"""The Kirwan-Ness flow in numbers: ||G|| decays at the rate 8 sigma_min(X)^(2/N) (1 - cos(pi/N)),
and only algebraically at low rank.

The rate is derived, the paper gives none: at a balanced point G' = -4 H(G), and the smallest
eigenvalue of H is 2 sigma_min^(2/N) (1 - cos(pi/N)). It is rational for N = 2 (8 sigma_min) and N =
3 (4 sigma_min^(2/3)). For N = 4 it is (8 - 4 sqrt 2) sigma_min^(1/2), and 4 sigma_min^(1/2) for the
gradient flow of (2 + sqrt 2)/2 times the energy.
"""

from fractions import Fraction

from proofs.flows.kirwan_ness_flow import kirwan_ness_flow
from proofs.flows.starts import turned_tuple
from proofs.sources import LM_DERIVED
from verify.claims.claim import Claim
from verify.claims.conclusions import Decays
from verify.claims.experiments import Late
from verify.claims.verdict import Verdict
from verify.integrate.system import Moment, Scalar, System
from verify.models.trajectories import Trajectories

FRAME = ((Fraction(1), Fraction(1, 2)), (Fraction(0), Fraction(3, 2)))
OTHER = ((Fraction(1), Fraction(1, 2)), (Fraction(-1, 3), Fraction(3, 2)))
THIRD = ((Fraction(1), Fraction(0)), (Fraction(1, 4), Fraction(2)))
FORMULA = (
    "the rate 8 sigma_min^(2/N) (1 - cos(pi/N)) for every sigma and N: it is measured at the"
    " printed ones, as what is late in a flow of matrices is not proved"
)
FLOW = "gradient flow of ||G||^2/2 on tuples, G_k = W_k W_k^T - W_(k+1)^T W_(k+1)"


def two_layers() -> System:
    """sigma = (1, 1/4)."""
    roots = (Fraction(1), Fraction(1, 2))
    return kirwan_ness_flow(turned_tuple(roots, (FRAME,)), roots)


def two_layers_wide() -> System:
    """sigma = (4, 1/4)."""
    roots = (Fraction(2), Fraction(1, 2))
    return kirwan_ness_flow(turned_tuple(roots, (OTHER,)), roots)


def three_layers() -> System:
    """sigma = (27/8, 1)."""
    roots = (Fraction(3, 2), Fraction(1))
    return kirwan_ness_flow(turned_tuple(roots, (FRAME, OTHER)), roots)


def three_layers_large() -> System:
    """sigma = (27, 8)."""
    roots = (Fraction(3), Fraction(2))
    return kirwan_ness_flow(turned_tuple(roots, (FRAME, OTHER)), roots)


def in_units_of_root_two(moment: Moment) -> Scalar:
    """(2 + sqrt 2)/2."""
    return (2 + moment.number(Fraction(2)).sqrt()) * Fraction(1, 2)


def four_layers() -> System:
    """sigma = (81/16, 1)."""
    roots = (Fraction(3, 2), Fraction(1))
    return kirwan_ness_flow(turned_tuple(roots, (FRAME, OTHER, THIRD)), roots, in_units_of_root_two)


def rate_claim(
    name: str,
    title: str,
    starts: dict,
    horizon: Fraction,
    rate: Fraction,
    miss: Fraction,
    flow: str = FLOW,
) -> Claim:
    """One value of N and sigma_min: the rate of ||G||."""
    return Claim(
        id=name,
        also=("dln-kn-rate",) if name == "kn-rate" else (),
        unstated=FORMULA if name == "kn-rate" else "",
        title=title,
        setting=Trajectories(flow=flow, starts=starts, horizon=horizon),
        assuming=(),
        concluding={"rate": Decays("||G||", rate)},
        experiments=(Late("rate", near_miss=miss, named="a tenth faster"),),
        source=LM_DERIVED,
        expected=Verdict.SUPPORTED,
    )


KN_RATE = rate_claim(
    "kn-rate",
    "two layers: the late rate of the moments along the Kirwan-Ness flow",
    {"N = 2, sigma = (1, 1/4)": two_layers, "N = 2, sigma = (4, 1/4)": two_layers_wide},
    Fraction(9),
    Fraction(2),
    Fraction(11, 5),
)
KN_RATE_THREE = rate_claim(
    "kn-rate-three",
    "three layers, singular values 27/8 and 1: the late rate of the moments",
    {"N = 3, sigma = (27/8, 1)": three_layers},
    Fraction(6),
    Fraction(4),
    Fraction(22, 5),
)
KN_RATE_LARGE = rate_claim(
    "kn-rate-large",
    "three layers, singular values 27 and 8: the late rate of the moments",
    {"N = 3, sigma = (27, 8)": three_layers_large},
    Fraction(3, 2),
    Fraction(16),
    Fraction(88, 5),
)
KN_RATE_FOUR = rate_claim(
    "kn-rate-four",
    "four layers, singular values 81/16 and 1, time in units of (2 + sqrt 2)/2: the late rate of"
    " the moments",
    {"N = 4, sigma = (81/16, 1)": four_layers},
    Fraction(6),
    Fraction(4),
    Fraction(22, 5),
    FLOW.replace("of ||G||^2/2", "of (2 + sqrt 2)/2 ||G||^2/2"),
)
