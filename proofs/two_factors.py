"""Two factors for each coordinate, and two branches of them: what flows and descent steps keep.

On the product a b of two numbers a descent step multiplies a^2 - b^2 by exactly 1 - eta^2 g^2.
With two branches beta = u v - r s each keeps its own difference of squares, whatever the loss is.
"""

from proofs.sources import FACTORS, UNTIED
from verify.claims.claim import Claim
from verify.claims.conclusions import Conserved, Equation
from verify.claims.experiments import Nearby
from verify.models.declared import Declared, constant, loss, parameter
from verify.terms.expr import after
from verify.terms.indices import Index, Sum

a, b, eta = parameter("a"), parameter("b"), constant("eta", sign=">")
E = loss("E", a.here * b.here, gradient="g")
SCALARS = Declared((a, b, eta, E), step=E.here, size=eta)
GAP = a.here**2 - b.here**2
SHRINKS = eta.here**2 * E.partner.here**2

DESCENT_FACTOR = Claim(
    id="descent-factor",
    title="descent on a product of two numbers",
    setting=SCALARS,
    assuming=(),
    concluding={"gap": Equation(after(GAP), GAP * (1 - SHRINKS))},
    experiments=(Nearby("gap", Equation(after(GAP), GAP * (1 + SHRINKS)), "1 + eta^2 g^2"),),
    source=FACTORS,
)
DESCENT_FACTOR_KEPT = DESCENT_FACTOR.false_variant(
    id="descent-factor-kept",
    title="a misreading: descent on a product of two numbers",
    concluding={"gap": Equation(after(GAP), GAP)},
)

i, n = Index("i", "coordinates"), Index("n", "data")
u, v, r, s = (parameter(x, i) for x in "uvrs")
X = constant("X", n, i)
J = loss("J", Sum(i, X[n, i] * (u[i] * v[i] - r[i] * s[i])), gradient="f")
BRANCHES = Declared((u, v, r, s, X, J), flow=J.here)

UNTIED_LAYERS = Claim(
    id="untied-layers",
    title="two branches with layers of their own",
    setting=BRANCHES,
    assuming=(),
    concluding={
        "first": Conserved(u[i] ** 2 - v[i] ** 2),
        "second": Conserved(r[i] ** 2 - s[i] ** 2),
        "across": Conserved((u[i] + v[i]) * (r[i] + s[i])),
    },
    experiments=(Nearby("across", Conserved((u[i] + v[i]) * (r[i] - s[i])), "r - s for r + s"),),
    source=UNTIED,
)
UNTIED_LAYERS_PRODUCT = UNTIED_LAYERS.false_variant(
    id="untied-layers-product",
    title="a misreading: two branches with layers of their own keep u v r s",
    concluding={"product": Conserved(u[i] * v[i] * r[i] * s[i])},
)
