"""Differences of squares beta = w_+^2 - w_-^2: the logarithm of the quotient w_+/w_- moves by -4 g,
across the data it stays.
"""

from proofs.signed_powers import KERNEL, B, X, c, i, wm, wp
from proofs.signed_squares import SLOPE, E
from proofs.sources import MIRROR_DERIVED
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions import Conserved, Equation
from verify.claims.experiments import Nearby
from verify.models.declared import Declared, log
from verify.terms.expr import dot
from verify.terms.indices import Sum

quotient = log("m", i, of=wp[i] / wm[i])
LOGARITHMS = Declared((wp, wm, X, B, quotient, E), flow=E.here)

MIRROR_LOGARITHMS = Claim(
    id="mirror-identity-logarithms",
    title="differences of squares: the mirror identity in the weights",
    setting=LOGARITHMS,
    assuming=(KERNEL,),
    concluding={
        "identity": Conserved(Sum(i, B[i, c] * quotient[i])),
        "rate": Equation(dot(quotient[i]), -4 * SLOPE),
    },
    experiments=(Nearby("rate", Equation(dot(quotient[i]), -2 * SLOPE), "rate 2"),),
    breaks=(Break("kernel"),),
    source=MIRROR_DERIVED,
    remarks=(Remark("mirror-identity"),),
)
