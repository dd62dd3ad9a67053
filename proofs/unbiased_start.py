"""Differences of squares from w_+ w_- = alpha^2: what holds at the start lasts, so that the speed
of beta = w_+^2 - w_-^2 depends on beta alone, (w_+^2 + w_-^2)^2 = beta^2 + 4 alpha^4.
"""

from proofs.signed_powers import X, alpha, i, wm, wp
from proofs.signed_squares import SLOPE, E
from proofs.sources import MIRROR_DERIVED
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions import Equation
from verify.claims.experiments import Nearby
from verify.claims.hypotheses.related import Related
from verify.models.declared import Declared
from verify.terms.expr import dot

SETTING = Declared((wp, wm, X, alpha, E), flow=E.here)
SQUARES, BETA = wp[i] ** 2 + wm[i] ** 2, wp[i] ** 2 - wm[i] ** 2
START = Related.start("unbiased", wp[i] * wm[i], alpha.here**2)

UNBIASED_METRIC = Claim(
    id="diag-d2-metric",
    title="differences of squares: the metric in function space from an unbiased start",
    setting=SETTING,
    assuming=(START,),
    concluding={
        "metric": Equation(SQUARES**2, BETA**2 + 4 * alpha.here**4),
        "speed": Equation(dot(BETA) ** 2, 16 * SLOPE**2 * (BETA**2 + 4 * alpha.here**4)),
    },
    experiments=(Nearby("metric", Equation(SQUARES**2, BETA**2 + alpha.here**4), "alpha^4"),),
    breaks=(Break("unbiased"),),
    source=MIRROR_DERIVED,
    remarks=(Remark("diag-d2-invariant"),),
)
