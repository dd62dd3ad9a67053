"""Gradient flow x' = -g of a mu-strongly convex f with the minimum fmin at y: strong convexity from
x towards y, and from y towards x, says |g|^2 >= 2 mu (f - fmin) and <g, x - y> >= mu |x - y|^2.

With gradient-flow-rates f - fmin and |x - y|^2 fall at least like e^(-2 mu t); from rates to
values: gradient-flow-values. x^4 is convex, its gap falls like t^(-2), and no exponential bounds
it.
"""

from proofs.bias.sources import OF_LECTURES
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions.at_most import AtMost
from verify.claims.conclusions.exponential_decay import ExponentialDecay
from verify.claims.experiments import Nearby
from verify.claims.hypotheses.related import Related
from verify.models.declared import Declared, constant
from verify.models.formula_flow import Follows, Weights
from verify.models.formulas import Formulas, Let, Letter, Root, Solution
from verify.terms.expr import const, num
from verify.terms.indices import Index, Sum

i = Index("i", "coordinates")
x, y, g = (constant(name, i) for name in "xyg")
f, fmin, mu = constant("f"), constant("fmin"), constant("mu", sign=">")
ALONG, APART = Sum(i, g[i] * (x[i] - y[i])), Sum(i, (x[i] - y[i]) ** 2)
SQUARED, GAP = Sum(i, g[i] ** 2), f.here - fmin.here
TOWARDS = Related.of("convex", fmin.here, f.here - ALONG + mu.here / 2 * APART, ">=")
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

NET = Weights("diagonal", (1, 1), "x")
T = const("t")
S = const("s")
CLOCK = Formulas("t > 0", (Letter("t", ">"),), (Root("s", 1 + 8 * T),), {"t": num(1)})
CONVEX_FLOW_EXPONENTIAL = STRONGLY_CONVEX_GRADIENT.false_variant(
    id="convex-flow-exponential",
    title="a misreading: an exponential rate without strong convexity, the fourth power",
    setting=Formulas.following(
        "the fourth power",
        (Letter("x"),),
        (Let("f", NET.phi[0] ** 4),),
        Follows(NET, const("f")),
    ),
    assuming=(),
    concluding={"gap": ExponentialDecay(const("f"))},
    hints={"gap": Solution(CLOCK, {"x": 1 / S})},
)
