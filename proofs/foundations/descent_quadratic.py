"""A step of gradient descent on a quadratic meets the factor 1 - eta mu of the distance, not that
of the gap.
"""

from proofs.bias.sources import OF_LECTURES
from proofs.foundations.descent import FACTOR, eta, w
from proofs.foundations.flow import i, mu, y
from verify.claims.claim import Claim
from verify.claims.conclusions import Equation
from verify.claims.experiments import Nearby
from verify.models.declared import Declared
from verify.terms.expr import after
from verify.terms.indices import Sum

MOVED, LATER = Sum(i, (w[i] - y[i]) ** 2), Sum(i, (after(w[i]) - y[i]) ** 2)
QUADRATIC = Declared((w, y, mu, eta), step=mu.here / 2 * MOVED, size=eta)
DESCENT_QUADRATIC = Claim(
    id="descent-quadratic",
    title="a step of gradient descent on a quadratic meets the factor of the distance",
    setting=QUADRATIC,
    assuming=(),
    concluding={"distance": Equation(LATER, FACTOR**2 * MOVED)},
    experiments=(Nearby("distance", Equation(LATER, FACTOR * MOVED), "not squared"),),
    source=OF_LECTURES,
)
DESCENT_GAP_MET = DESCENT_QUADRATIC.false_variant(
    id="descent-gap-met",
    title="a misreading: a quadratic meets the factor of the gap",
    concluding={"gap": Equation(mu.here / 2 * LATER, FACTOR * mu.here / 2 * MOVED)},
)
