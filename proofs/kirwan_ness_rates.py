"""The late rates of the moments along the Kirwan-Ness flow of three and four layers: see
``kirwan_ness_rate``.
"""

from fractions import Fraction

from proofs.flows.kirwan_ness_starts import FLOW, four_layers, three_layers, three_layers_large
from proofs.kirwan_ness_rate import rate_claim

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
