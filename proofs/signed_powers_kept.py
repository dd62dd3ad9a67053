"""Differences of powers beta = w_+^D - w_-^D: what each coordinate keeps, for every real degree D >
0.
"""

from proofs.signed_powers import POWERS, SLOPE, D, i, wm, wp
from proofs.sources import MIRROR_DERIVED
from verify.claims.claim import Claim
from verify.claims.conclusions import Conserved, Equation
from verify.claims.experiments import Nearby
from verify.terms.expr import dot

DEPTH_D_INVARIANT = Claim(
    id="diag-depthd-invariant",
    also=("diag-depthD-invariant",),
    title="differences of powers: what each coordinate keeps",
    setting=POWERS,
    assuming=(),
    concluding={
        "kept": Conserved(wp[i] ** (2 - D) + wm[i] ** (2 - D)),
        "rate": Equation(dot(wp[i] ** (2 - D) - wm[i] ** (2 - D)), 2 * D * (D - 2) * SLOPE),
    },
    experiments=(Nearby("kept", Conserved(wp[i] ** (1 - D) + wm[i] ** (1 - D)), "exponent 1 - D"),),
    source=MIRROR_DERIVED,
    as_printed="diag-depthd-rate-printed",
)
