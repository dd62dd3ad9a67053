"""Gradient flow of the weights as a flow of the outputs, beta' = -J J^T g, for a factor that all
outputs share, beta = a w: J J^T = a^2 + w w^T, of every width. The outputs do not follow their own
gradient.
"""

from proofs.bias.sources import DERIVED, SEED
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Equation
from verify.claims.experiments import Nearby
from verify.models.declared import Declared, constant, loss, parameter
from verify.terms.expr import dot
from verify.terms.indices import Index, Sum

i, k, n = Index("i", "coordinates"), Index("k", "coordinates"), Index("n", "data")
a, w, X = parameter("a", sign=">"), parameter("w", i), constant("X", n, i)
beta = a.here * w[i]
E = loss("E", Sum(i, X[n, i] * beta), gradient="s")
SHARED = Declared((a, w, X, E), flow=E.here)
OWN, ACROSS = Sum(n, X[n, i] * E.partner[n]), Sum(k, w[k] * Sum(n, X[n, k] * E.partner[n]))
FUNCTION_SPACE_FLOW = Claim(
    id="function-space-flow",
    title="a shared factor: outputs move by the kernel of the Jacobian, of every width",
    setting=SHARED,
    assuming=(),
    concluding={"flow": Equation(dot(beta), -(a.here**2 * OWN + w[i] * ACROSS))},
    experiments=(Nearby("flow", Equation(dot(beta), -(a.here**2) * OWN), "a^2 alone"),),
    source=DERIVED,
    remarks=(Remark("function-space-flat"), Remark("jacobian-order")),
)
FUNCTION_SPACE_FLAT = FUNCTION_SPACE_FLOW.false_variant(
    id="function-space-flat",
    title="a loose sentence: outputs follow the gradient of their own loss",
    concluding={"flow": Equation(dot(beta), -OWN)},
    source=SEED,
)
