"""Powers of weights: the rate of the squared norm, by the theorem of Euler."""

from proofs.margins.one_sample import D, Declared, Sum, constant, degree, i, loss, w
from proofs.margins.sources import HOMOGENEOUS
from verify.claims.claim import Claim
from verify.claims.conclusions import Equation
from verify.claims.experiments import Nearby
from verify.terms.expr import dot
from verify.terms.indices import Index

n = Index("n", "data")
X = constant("X", n, i)
F = Sum(i, X[n, i] * w[i] ** D)
risk = loss("E", F, gradient="s")

NORM_RATE = Claim(
    id="lyu-li-norm",
    title="powers of weights: the rate of the squared norm",
    setting=Declared((w, X, degree, risk), flow=risk.here),
    assuming=(),
    concluding={"rate": Equation(dot(Sum(i, w[i] ** 2)), -2 * D * Sum(n, risk.partner[n] * F))},
    experiments=(
        Nearby("rate", Equation(dot(Sum(i, w[i] ** 2)), -D * Sum(n, risk.partner[n] * F)), "D"),
    ),
    source=HOMOGENEOUS,
)
