"""The explicit regulariser of weights alpha (p, m) is alpha^2 times that of (p, m); the paper's
potential is printed without the square of the scale.
"""

from proofs.bias.sources import DERIVED, PRINTED
from verify.claims.claim import Claim
from verify.claims.conclusions.equals import Equals
from verify.models.formulas import Formulas, Letter, letters

A, P, M = letters("a p m")
EXPLICIT_SCALE = Claim(
    id="explicit-scale",
    title="the explicit potential and the square of the scale",
    setting=Formulas("w = alpha (p, m)", (Letter("a", ">"), Letter("p"), Letter("m"))),
    assuming=(),
    concluding={
        "scale": Equals((A * P - A) ** 2 + (A * M - A) ** 2, A**2 * ((P - 1) ** 2 + (M - 1) ** 2))
    },
    source=DERIVED,
    as_printed="explicit-scale-printed",
)
EXPLICIT_SCALE_PRINTED = EXPLICIT_SCALE.false_variant(
    id="explicit-scale-printed",
    title="as printed: the explicit potential without the square of the scale",
    concluding={"scale": Equals((A * P - A) ** 2 + (A * M - A) ** 2, (P - 1) ** 2 + (M - 1) ** 2)},
    source=PRINTED,
)
