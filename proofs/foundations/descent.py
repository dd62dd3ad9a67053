"""One step of gradient descent of the length eta: f - fmin falls at least by the factor 1 - eta mu
for eta <= 1/L, |x - y| by the factor 1 - eta mu for eta (mu + L) <= 2.

|g|^2 >= 2 mu (f - fmin) is what strong convexity gives (strongly-convex-gradient), and all of it
that is needed; smoothness says f(x - eta g) <= f - eta |g|^2 + L eta^2/2 |g|^2. For the distance
let h = g - mu (x - y), the gradient of f less mu/2 |x - y|^2: T = <h, x - y> >= 0 and |h|^2 <= (L -
mu) T, as that is convex and smooth.
"""

from proofs.bias.sources import OF_LECTURES
from proofs.foundations.flow import APART, GAP, SQUARED, f, fmin, g, i, mu, x, y
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions.at_most import AtMost
from verify.claims.experiments import Nearby
from verify.claims.hypotheses.related import Related
from verify.models.declared import Declared, constant, parameter
from verify.terms.expr import num
from verify.terms.indices import Sum

L, eta, T = constant("L", sign=">"), constant("eta", sign=">"), constant("T", sign=">=")
new = constant("fnew")
SMOOTH = Related.of(
    "smooth", f.here - eta.here * SQUARED + L.here * eta.here**2 / 2 * SQUARED, new.here, ">="
)
STEEP = Related.of("gradient", SQUARED, 2 * mu.here * GAP, ">=")
FACTOR = 1 - eta.here * mu.here

DESCENT_GAP = Claim(
    id="descent-gap",
    title="a step of gradient descent: the gap of a smooth and strongly convex function",
    setting=Declared((g, f, fmin, new, mu, L, eta)),
    assuming=(SMOOTH, STEEP, Related.of("small", num(1), L.here * eta.here, ">=")),
    concluding={"gap": AtMost(new.here - fmin.here, FACTOR * GAP)},
    experiments=(
        Nearby("gap", AtMost(new.here - fmin.here, (FACTOR - eta.here * mu.here) * GAP), "twice"),
    ),
    breaks=(Break("smooth"), Break("gradient"), Break("small")),
    source=OF_LECTURES,
    remarks=(Remark("strongly-convex-gradient"), Remark("descent-quadratic")),
)

REST = g[i] - mu.here * (x[i] - y[i])
GOES = Sum(i, (x[i] - eta.here * g[i] - y[i]) ** 2)
DESCENT_DISTANCE = Claim(
    id="descent-distance",
    title="a step of gradient descent: the distance to the minimum",
    setting=Declared((x, y, g, mu, L, eta, T)),
    assuming=(
        Related.of("monotone", Sum(i, REST * (x[i] - y[i])), T.here),
        Related.of("smooth", (L.here - mu.here) * T.here, Sum(i, REST**2), ">="),
        Related.of("small", num(2), eta.here * (mu.here + L.here), ">="),
    ),
    concluding={"distance": AtMost(GOES, FACTOR**2 * APART)},
    experiments=(Nearby("distance", AtMost(GOES, FACTOR**2 * APART / 2), "half of it"),),
    breaks=(Break("monotone"), Break("smooth"), Break("small")),
    source=OF_LECTURES,
    remarks=(Remark("descent-quadratic"),),
)

w = parameter("x", i)
