"""The Kirwan-Ness flow in numbers: ||G|| decays at the rate 8 sigma_min(X)^(2/N) (1 - cos(pi/N)),
and only algebraically at low rank.

The rate is derived, the paper gives none: at a balanced point G' = -4 H(G), and the smallest
eigenvalue of H is 2 sigma_min^(2/N) (1 - cos(pi/N)). It is rational for N = 2 (8 sigma_min) and N =
3 (4 sigma_min^(2/3)). For N = 4 it is (8 - 4 sqrt 2) sigma_min^(1/2), and 4 sigma_min^(1/2) for the
gradient flow of (2 + sqrt 2)/2 times the energy.
"""

from fractions import Fraction

from proofs.flows.kirwan_ness_starts import FLOW, two_layers, two_layers_wide
from proofs.sources import LM_DERIVED
from verify.claims.claim import Claim
from verify.claims.conclusions import Decays
from verify.claims.experiments import Late
from verify.claims.verdict import Verdict
from verify.models.trajectories import Trajectories

FORMULA = (
    "the rate 8 sigma_min^(2/N) (1 - cos(pi/N)) for every sigma and N: it is measured at the"
    " printed ones, as what is late in a flow of matrices is not proved"
)


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
