"""What a rate says of values: k grows like e^(2 mu t), and (k (f - fmin))' = -k (|g|^2 - 2 mu (f -
fmin)), (k |x - y|^2)' = -2 k (<g, x - y> - mu |x - y|^2) along gradient flow of any f. By strong
convexity both brackets are not negative (strongly-convex-gradient, strongly-convex-distance), so
neither product rises: f - fmin <= (f(0) - fmin) e^(-2 mu t), and the same for |x - y|^2 (Gronwall).

The objective E(x) - mu k^2 moves x by -g and k by 2 mu k, apart from one another.
"""

from proofs.bias.sources import OF_LECTURES
from proofs.foundations.flow import i, mu, y
from proofs.foundations.flow_rates import E, w
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Equation, LinearLaw
from verify.claims.conclusions.at_most import AtMost
from verify.claims.experiments import Nearby
from verify.models.declared import Declared, constant, parameter
from verify.terms.expr import dot, num
from verify.terms.indices import Sum

k, fmin = parameter("k", sign=">"), constant("fmin")
GAP, APART = E.here - fmin.here, Sum(i, (w[i] - y[i]) ** 2)
STEEP = Sum(i, E.partner[i] ** 2) - 2 * mu.here * GAP
TOWARDS = Sum(i, E.partner[i] * (w[i] - y[i])) - mu.here * APART
CLOCKED = Declared((w, k, y, mu, fmin, E), flow=E.here - mu.here * k.here**2)
FALL = dot(k.here * GAP)

GRONWALL = Claim(
    id="gradient-flow-values",
    title="gap and distance by an exponential: what strong convexity leaves of their rates",
    setting=CLOCKED,
    assuming=(),
    concluding={
        "clock": LinearLaw(k.here, 2 * mu.here),
        "gap": Equation(FALL, -k.here * STEEP),
        "distance": Equation(dot(k.here * APART), -2 * k.here * TOWARDS),
    },
    experiments=(
        Nearby("clock", LinearLaw(k.here, mu.here), "mu for 2 mu"),
        Nearby("gap", Equation(FALL, -2 * k.here * STEEP), "twice of it"),
        Nearby("distance", Equation(dot(k.here * APART), -k.here * TOWARDS), "half of it"),
    ),
    source=OF_LECTURES,
    remarks=tuple(map(Remark, (
        "strongly-convex-gradient", "strongly-convex-distance", "quadratic-flow",
    ))),
)  # fmt: skip
GRONWALL_ANY = GRONWALL.false_variant(
    id="gradient-flow-values-any",
    title="a misreading: the gap by that exponential falls without strong convexity",
    concluding={"gap": AtMost(FALL, num(0))},
)
