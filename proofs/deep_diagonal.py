"""Products of L layers in every coordinate, theta = u_1 ... u_L: theta moves by its own metric, the
sum over layers of the squared products of the others, and the layers keep their differences of
squares; with a step size for each layer these are weighted by its inverse.
"""

from proofs.sources import DEEP_DIAGONAL, RATES
from verify.claims.claim import Claim
from verify.claims.conclusions import Conserved, Equation
from verify.claims.experiments import Nearby
from verify.models.declared import Declared, constant, loss, parameter, product
from verify.terms.expr import dot
from verify.terms.indices import Index, Sum

l, m = Index("l", "1..L"), Index("m", "1..L")
i, n = Index("i", "coordinates"), Index("n", "data")
u, X, eta = parameter("u", l, i), constant("X", n, i), constant("eta", l, sign=">")
theta = product("theta", u, others="P")
E = loss("E", Sum(i, X[n, i] * theta[i]), gradient="s")
LAYERS = Declared((u, X, theta, E), flow=E.here)
OWN_SPEEDS = Declared((u, X, eta, theta, E), flow=E.here, speeds={"u": eta[l]})
METRIC, SLOPE = Sum(l, theta.partner[l, i] ** 2), Sum(n, X[n, i] * E.partner[n])
GAP = u[l, i] ** 2 - u[m, i] ** 2
WEIGHTED = u[l, i] ** 2 / eta[l] - u[m, i] ** 2 / eta[m]

DEEP_DIAG_MIRROR = Claim(
    id="deep-diag-mirror",
    title="products of layers: the metric in function space",
    setting=LAYERS,
    assuming=(),
    concluding={
        "metric": Equation(dot(theta[i]), -METRIC * SLOPE),
        "layers": Conserved(GAP),
    },
    experiments=(
        Nearby("metric", Equation(dot(theta[i]), -2 * METRIC * SLOPE), "twice the metric"),
    ),
    source=DEEP_DIAGONAL,
)
RATE_BALANCE_LAYERS = Claim(
    id="rate-balance-layers",
    title="products of layers with a step size for each",
    setting=OWN_SPEEDS,
    assuming=(),
    concluding={"layers": Conserved(WEIGHTED)},
    experiments=(
        Nearby("layers", Conserved(u[l, i] ** 2 * eta[l] - u[m, i] ** 2 * eta[m]), "times eta"),
    ),
    source=RATES,
)
RATE_BALANCE_LAYERS_UNWEIGHTED = RATE_BALANCE_LAYERS.false_variant(
    id="rate-balance-layers-unweighted",
    title="a misreading: products of layers with a step size for each, and no weights",
    concluding={"layers": Conserved(GAP)},
)
