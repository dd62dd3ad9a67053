"""One step of gradient descent of the length eta: f - fmin falls at least by the factor 1 - eta mu
for eta <= 1/L, |x - y| by the factor 1 - eta mu for eta (mu + L) <= 2, which a quadratic meets.

|g|^2 >= 2 mu (f - fmin) is what strong convexity gives (strongly-convex-gradient), and all of it
that is needed; smoothness says f(x - eta g) <= f - eta |g|^2 + L eta^2/2 |g|^2. For the distance
let h = g - mu (x - y), the gradient of f less mu/2 |x - y|^2: T = <h, x - y> >= 0 and |h|^2 <= (L -
mu) T, as that is convex and smooth. With eta >= 2/L no step on the quadratic L/2 |x|^2 comes nearer
to its minimum: each multiplies x by 1 - eta L.
"""

from proofs.bias.sources import OF_LECTURES
from proofs.foundations.flow import APART, GAP, SQUARED, f, fmin, g, i, mu, x, y
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions import Equation
from verify.claims.conclusions.at_most import AtMost
from verify.claims.experiments import Nearby
from verify.claims.hypotheses.related import Related
from verify.models.declared import Declared, constant, parameter
from verify.terms.expr import after, num
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

STEEPEST = Declared((w, L, eta), step=L.here / 2 * Sum(i, w[i] ** 2), size=eta)
HERE, THEN = Sum(i, w[i] ** 2), Sum(i, after(w[i]) ** 2)
LONG = Related.of("long", L.here * eta.here, num(2), ">=")
DESCENT_TOO_LONG = Claim(
    id="descent-too-long",
    title="steps of twice the inverse smoothness and more come no nearer",
    setting=STEEPEST,
    assuming=(LONG,),
    concluding={
        "norm": AtMost(HERE, THEN),
        "step": Equation(after(w[i]), (1 - L.here * eta.here) * w[i]),
    },
    experiments=(Nearby("norm", AtMost(2 * HERE, THEN), "twice"),),
    breaks=(Break("long"),),
    source=OF_LECTURES,
)
DESCENT_ANY_STEP = DESCENT_TOO_LONG.false_variant(
    id="descent-any-step",
    title="a misreading: a long step comes nearer on a smooth convex function",
    assuming=(),
    concluding={"norm": AtMost(THEN, HERE)},
)
