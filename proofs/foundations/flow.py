"""Gradient flow x' = -g of a mu-strongly convex f with the minimum fmin at y: f - fmin falls at
least like e^(-2 mu t), |x - y|^2 at least like e^(-2 mu t), as inequalities between rates.

(f - fmin)' = -|g|^2 and (|x - y|^2)' = -2 <g, x - y> for every f; strong convexity from x towards
y, and from y towards x, says |g|^2 >= 2 mu (f - fmin) and <g, x - y> >= mu |x - y|^2. From
rates to values: gradient-flow-values. The quadratic mu/2 |x - y|^2 has equality; x^4 is convex,
its gap falls like t^(-2), and no exponential bounds it.
"""

from proofs.bias.sources import OF_LECTURES
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions import Equation, LinearLaw
from verify.claims.conclusions.at_most import AtMost
from verify.claims.conclusions.exponential_decay import ExponentialDecay
from verify.claims.experiments import Nearby
from verify.claims.hypotheses.related import Related
from verify.models.declared import Declared, constant, loss, parameter
from verify.models.formulas import Formulas, Let, Letter, Root, Solution, letters
from verify.terms.expr import const, dot, num
from verify.terms.indices import Index, Sum

i = Index("i", "coordinates")
x, y, g = (constant(name, i) for name in "xyg")
f, fmin, mu = constant("f"), constant("fmin"), constant("mu", sign=">")
ALONG, APART = Sum(i, g[i] * (x[i] - y[i])), Sum(i, (x[i] - y[i]) ** 2)
SQUARED, GAP = Sum(i, g[i] ** 2), f.here - fmin.here
TOWARDS = Related.of("convex", fmin.here, f.here - ALONG + mu.here / 2 * APART, ">=")
BACK = Related.of("minimum", f.here, fmin.here + mu.here / 2 * APART, ">=")
STATIC = Declared((x, y, g, f, fmin, mu))

STRONGLY_CONVEX_GRADIENT = Claim(
    id="strongly-convex-gradient",
    title="strong convexity: the squared gradient and the gap",
    setting=STATIC,
    assuming=(TOWARDS,),
    concluding={"gap": AtMost(2 * mu.here * GAP, SQUARED)},
    experiments=(Nearby("gap", AtMost(3 * mu.here * GAP, SQUARED), "factor 3"),),
    breaks=(Break("convex"),),
    source=OF_LECTURES,
    remarks=(Remark("gradient-flow-rates"), Remark("quadratic-flow")),
)
STRONGLY_CONVEX_DISTANCE = Claim(
    id="strongly-convex-distance",
    title="strong convexity: the gradient along the way to the minimum",
    setting=STATIC,
    assuming=(TOWARDS, BACK),
    concluding={"along": AtMost(mu.here * APART, ALONG)},
    experiments=(Nearby("along", AtMost(2 * mu.here * APART, ALONG), "factor 2"),),
    breaks=(Break("convex"), Break("minimum")),
    source=OF_LECTURES,
    remarks=(Remark("gradient-flow-rates"), Remark("quadratic-flow")),
)

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

X, T = letters("x t")
S = const("s")
CLOCK = Formulas("t > 0", (Letter("t", ">"),), (Root("s", 1 + 8 * T),), {"t": num(1)})
CONVEX_FLOW_EXPONENTIAL = STRONGLY_CONVEX_GRADIENT.false_variant(
    id="convex-flow-exponential",
    title="a misreading: an exponential rate without strong convexity, the fourth power",
    setting=Formulas(
        "gradient flow of the fourth power", (Letter("x"),), (Let("f", X**4),), {"x": -4 * X**3}
    ),
    assuming=(),
    concluding={"gap": ExponentialDecay(const("f"))},
    hints={"gap": Solution(CLOCK, {"x": 1 / S})},
)
