"""Gradient flow x' = -g: (f - fmin)' = -|g|^2 and (|x - y|^2)' = -2 <g, x - y> for every f.

The quadratic mu/2 |x - y|^2 meets both rates of a strongly convex function.
"""

from proofs.bias.sources import OF_LECTURES
from proofs.foundations.flow import i, mu, y
from verify.claims.claim import Claim
from verify.claims.conclusions import Equation, LinearLaw
from verify.claims.experiments import Nearby
from verify.models.declared import Declared, loss, parameter
from verify.terms.expr import dot
from verify.terms.indices import Sum

w = parameter("x", i)
E = loss("E", w[i], gradient="g")
MOVED = Sum(i, (w[i] - y[i]) ** 2)
GRADIENT_FLOW_RATES = Claim(
    id="gradient-flow-rates",
    title="gradient flow: rates of the loss and of the distance to a point",
    setting=Declared((w, y, E), flow=E.here),
    assuming=(),
    concluding={
        "loss": Equation(dot(E.here), -Sum(i, E.partner[i] ** 2)),
        "distance": Equation(dot(MOVED), -2 * Sum(i, E.partner[i] * (w[i] - y[i]))),
    },
    source=OF_LECTURES,
)
QUADRATIC_FLOW = Claim(
    id="quadratic-flow",
    title="a quadratic meets both rates of a strongly convex function",
    setting=Declared((w, y, mu), flow=mu.here / 2 * MOVED),
    assuming=(),
    concluding={
        "gap": LinearLaw(mu.here / 2 * MOVED, -2 * mu.here),
        "distance": LinearLaw(MOVED, -2 * mu.here),
    },
    experiments=(Nearby("distance", LinearLaw(MOVED, -3 * mu.here), "rate 3 mu"),),
    source=OF_LECTURES,
)
