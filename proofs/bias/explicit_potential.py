"""The explicit regulariser at depth 2 on its curve. With g the multiplier, w_+ = 1/(1 - g) and w_-
= 1/(1 + g), so that z = (1-g)^(-2) - (1+g)^(-2) and r = (w_+ - 1)^2 + (w_- - 1)^2 for 0 < g < 1. dr
= g dz: the slope is that of q at depth 4 (p = 2).
"""

from proofs.bias.sources import DERIVED
from proofs.samples import explicit as sampled
from verify.claims.claim import Claim
from verify.claims.conclusions import Agrees
from verify.claims.conclusions.equals import Equals
from verify.models.formulas import Formulas, Let, Letter
from verify.models.samples import Samples
from verify.terms.expr import const, dot, num

G = const("g")
Z, R = const("z"), const("r")
QUARTIC = R**4 - 6 * R**3 + (12 - 2 * Z**2) * R**2 - (8 + 10 * Z**2) * R + Z**2 + Z**4
EXPLICIT = Formulas(
    "for 0 < g < 1 r is the least value where w_+^2 - w_-^2 = z",
    (Letter("g", ">"),),
    (
        Let("z", 1 / (1 - G) ** 2 - 1 / (1 + G) ** 2),
        Let("r", (1 / (1 - G) - 1) ** 2 + (1 / (1 + G) - 1) ** 2),
    ),
    {"g": num(1)},
)
EXPLICIT_POTENTIAL = Claim(
    id="explicit-potential",
    title="depth 2: the explicit potential is a root of the quartic, with the slope of depth 4",
    setting=EXPLICIT,
    assuming=(),
    concluding={"root": Equals(QUARTIC, num(0)), "slope": Equals(dot(R), G * dot(Z))},
    source=DERIVED,
)
IMPLICIT_IS_EXPLICIT = EXPLICIT_POTENTIAL.false_variant(
    id="implicit-is-explicit",
    title="a misreading: the implicit potential of depth 2 is a multiple of the explicit one",
    setting=Samples(sampled.EXPLICIT, sizes=((),), each=5),
    concluding={"multiple": Agrees(sampled.IMPLICIT, sampled.SWAPPED)},
)
