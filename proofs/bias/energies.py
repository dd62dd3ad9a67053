"""The Bregman distance D_Q(b, beta) of any b along the flow at depth 2: its rate is sum_i (beta_i -
b_i) G_i', as grad Q(beta) = G = log(w_+/w_-). For L = |X beta - y|^2 and X b = y it falls at 8 L
exactly. For any other loss E of X beta the gap of E is left over, E(b) - E(beta) - <s, X (b -
beta)>, which a convex E keeps >= 0: then it falls at 4 (E(beta) - E(b)) at least, and not exactly.
"""

from proofs.bias.sources import DERIVED
from proofs.bregman_rate import FITS, b, y
from proofs.mirror_logarithms import quotient
from proofs.signed_powers import X, i, n, wm, wp
from proofs.signed_squares import E
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions import Equation
from verify.claims.experiments import Nearby
from verify.models.declared import Declared, constant
from verify.terms.expr import dot
from verify.terms.indices import Sum

BETA = wp[i] ** 2 - wm[i] ** 2
LOSS = Sum(n, (Sum(i, X[n, i] * BETA) - y[n]) ** 2)
SQUARED = Declared((wp, wm, X, y, b, quotient), flow=LOSS)
there = constant("Eb")  # the loss at b
ANY = Declared((wp, wm, X, b, there, quotient, E), flow=E.here)
DISTANCE = Sum(i, (BETA - b[i]) * dot(quotient[i]))
FALLS = 4 * (E.here - there.here)
GAP = there.here - E.here - Sum(n, E.partner[n] * Sum(i, X[n, i] * (b[i] - BETA)))

BREGMAN_SQUARES = Claim(
    id="bregman-squares",
    also=("bregman-energy",),
    title="differences of squares: the energy of the squared loss",
    setting=SQUARED,
    assuming=(FITS,),
    concluding={"rate": Equation(DISTANCE, -8 * LOSS)},
    experiments=(Nearby("rate", Equation(DISTANCE, -4 * LOSS), "constant 4, as printed"),),
    breaks=(Break("fits"),),
    source=DERIVED,
    remarks=(Remark("bregman-rate"),),
)
BREGMAN_ANY_LOSS = Claim(
    id="bregman-any-loss",
    title="differences of squares: the energy of any loss, and the gap that convex losses keep",
    setting=ANY,
    assuming=(),
    concluding={"rate": Equation(DISTANCE, -FALLS - 4 * GAP)},
    experiments=(Nearby("rate", Equation(DISTANCE, -FALLS - 2 * GAP), "half of the gap"),),
    source=DERIVED,
    remarks=(Remark("bregman-equality"), Remark("bregman-convex")),
)
BREGMAN_EQUALITY = BREGMAN_ANY_LOSS.false_variant(
    id="bregman-equality",
    title="a misreading: the energy is an equality for every loss",
    concluding={"rate": Equation(DISTANCE, -FALLS)},
)
