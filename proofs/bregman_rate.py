"""The energy of the squared loss: along the flow of L = |X beta - y|^2 with beta = w_+^D - w_-^D,
the distance D_Q(b, beta) of any interpolator b falls at 2 D (D - 2) alpha^(D - 2) L exactly.

Its rate is sum_i (beta_i - b_i) G_i', since grad Q(beta) = G. With half the constant, as printed
for the rate of the flow (D (D - 2) instead of 2 D (D - 2)), it is false.
"""

from proofs.signed_powers import D, G, X, alpha, beta, degree, i, n, wm, wp
from proofs.sources import MIRROR_DERIVED
from verify.claims.claim import Break, Claim
from verify.claims.conclusions import Equation
from verify.claims.experiments import Nearby
from verify.claims.hypotheses.related import Related
from verify.models.declared import Declared, constant
from verify.terms.expr import Expr, dot
from verify.terms.indices import Sum

y, b = constant("y", n), constant("b", i)
LOSS = Sum(n, (Sum(i, X[n, i] * beta[i]) - y[n]) ** 2)
SQUARED = Declared((wp, wm, X, y, b, degree, alpha, beta), flow=LOSS)
FITS = Related.of("fits", Sum(i, X[n, i] * b[i]), y[n])
FALLS = D * (D - 2) * alpha.here ** (D - 2) * LOSS


def rate(constant: int) -> Equation:
    """d/dt D_Q(b, beta) = -constant D (D - 2) alpha^(D - 2) L."""
    distance: Expr = Sum(i, (beta[i] - b[i]) * dot(G))
    return Equation(distance, -constant * FALLS)


BREGMAN_RATE = Claim(
    id="bregman-rate",
    title="differences of powers: the energy of the squared loss",
    setting=SQUARED,
    assuming=(FITS,),
    concluding={"rate": rate(2)},
    experiments=(Nearby("rate", rate(3), "constant 3"),),
    breaks=(Break("fits"),),
    source=MIRROR_DERIVED,
)
BREGMAN_RATE_HALF = BREGMAN_RATE.false_variant(
    id="bregman-rate-half",
    title="a misreading: the energy of the squared loss with half the constant",
    concluding={"rate": rate(1)},
)
