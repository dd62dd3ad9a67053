"""Differences of powers beta = w_+^D - w_-^D, coordinate by coordinate: what the flow of any loss
of X beta keeps across the data, in the weights (wp is w_+, wm is w_-), for every real degree D > 0.

G = (w_-^(2-D) - w_+^(2-D)) alpha^(D-2)/2 moves by -D (D-2) alpha^(D-2) g with g = X^T s, so that
B^T G is kept where X B = 0.
"""

from proofs.sources import MIRROR_DERIVED
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions import Conserved, Equation
from verify.claims.experiments import Nearby
from verify.claims.hypotheses.related import Related
from verify.models.declared import Declared, constant, let, loss, parameter
from verify.terms.expr import Expr, dot
from verify.terms.indices import Index, Sum

i, n, c = Index("i", "coordinates"), Index("n", "data"), Index("c", "null")
wp, wm = parameter("wp", i, sign=">"), parameter("wm", i, sign=">")
X, B = constant("X", n, i), constant("B", i, c)
degree, alpha = constant("D", sign=">"), constant("alpha", sign=">")
D = degree.here
beta = let("beta", i, of=wp[i] ** D - wm[i] ** D)
E = loss("E", Sum(i, X[n, i] * beta[i]), gradient="s")
POWERS = Declared((wp, wm, X, degree, beta, E), flow=E.here)
WITH_B = Declared((wp, wm, X, B, degree, alpha, beta, E), flow=E.here)
G = alpha.here ** (D - 2) * (wm[i] ** (2 - D) - wp[i] ** (2 - D)) / 2
SLOPE = Sum(n, X[n, i] * E.partner[n])


def near(e: Expr) -> Expr:
    """The same with another exponent."""
    return wm[i] ** e - wp[i] ** e


KERNEL = Related.of("kernel", Sum(i, X[n, i] * B[i, c]), 0)

MIRROR_IDENTITY = Claim(
    id="mirror-identity",
    title="differences of powers: the mirror identity in the weights",
    setting=WITH_B,
    assuming=(KERNEL,),
    concluding={
        "identity": Conserved(Sum(i, B[i, c] * G)),
        "rate": Equation(dot(G), -D * (D - 2) * alpha.here ** (D - 2) * SLOPE),
    },
    experiments=(
        Nearby("identity", Conserved(Sum(i, B[i, c] * near(1 - D))), "exponent 1 - D"),
        Nearby("rate", Equation(dot(G), -D * D * alpha.here ** (D - 2) * SLOPE), "rate D^2"),
    ),
    breaks=(Break("kernel"),),
    source=MIRROR_DERIVED,
    remarks=(Remark("mirror-identity-logarithms"),),
)
