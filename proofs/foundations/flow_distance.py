"""Strong convexity from x towards y, and from y towards x, says <g, x - y> >= mu |x - y|^2: how
gradient flow comes nearer to the minimum.
"""

from proofs.bias.sources import OF_LECTURES
from proofs.foundations.flow import ALONG, APART, STATIC, TOWARDS, f, fmin, mu
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions.at_most import AtMost
from verify.claims.experiments import Nearby
from verify.claims.hypotheses.related import Related

BACK = Related.of("minimum", f.here, fmin.here + mu.here / 2 * APART, ">=")
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
