"""Slips of print: a sign in the rate at depth three and more, arcsin for arcsinh. The catalogue
names them; the letters are those of this library, not those of the print.
"""

from proofs.bias.potential_depth_two import ENTROPY
from proofs.bias.sources import PRINTED
from proofs.signed_powers import POWERS, SLOPE, D, i, wm, wp
from verify.claims.claim import Claim
from verify.claims.conclusions import Equation
from verify.claims.conclusions.equals import Equals
from verify.claims.verdict import Verdict
from verify.terms.expr import const, dot

DEPTH_D_RATE_PRINTED = Claim(
    id="diag-depthd-rate-printed",
    title="as printed: the rate at depth three and more with the other sign",
    setting=POWERS,
    assuming=(),
    concluding={
        "rate": Equation(dot(wp[i] ** (2 - D) - wm[i] ** (2 - D)), -2 * D * (D - 2) * SLOPE)
    },
    source=PRINTED,
    expected=Verdict.REFUTED,
    corrects="diag-depthd-invariant",
)
QALPHA_ARCSIN_PRINTED = Claim(
    id="qalpha-arcsin-printed",
    title="as printed once in a proof: the slope of the potential is an arcsine",
    setting=ENTROPY,
    assuming=(),
    concluding={"root": Equals(4 - const("x") ** 2, dot(const("x")) ** 2)},
    source=PRINTED,
    expected=Verdict.REFUTED,
    corrects="diag-d2-qalpha",
)
