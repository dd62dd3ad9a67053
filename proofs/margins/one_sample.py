"""One sample x > 0 and beta_i = w_i^D, D = r + 2: in the clock s = int -l' dt, whatever the loss l,
w_i' = D x_i w_i^(D-1), and x_j w_i^(2-D) - x_i w_j^(2-D) has no clock in it.
"""

from proofs.margins.sources import LECTURES
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions import Conserved
from verify.claims.experiments import Nearby
from verify.models.declared import Declared, constant, loss, parameter
from verify.terms.expr import Expr
from verify.terms.indices import Index, Sum

i, j = Index("i", "coordinates"), Index("j", "coordinates")
w, x = parameter("w", i, sign=">"), constant("x", i)
degree = constant("D", sign=">")
D = degree.here
margin = loss("E", Sum(i, x[i] * w[i] ** D), gradient="s")


def gap(exponent: Expr) -> Expr:
    """What is kept, with any exponent."""
    return x[j] * w[i] ** exponent - x[i] * w[j] ** exponent


ONE_SAMPLE = Claim(
    id="logistic-one-sample",
    title="one sample, powers of weights: what two coordinates keep",
    setting=Declared((w, x, degree, margin), flow=margin.here),
    assuming=(),
    concluding={"kept": Conserved(gap(2 - D))},
    experiments=(Nearby("kept", Conserved(gap(1 - D)), "exponent 1 - D"),),
    source=LECTURES,
    remarks=tuple(map(Remark, (
        "logistic-one-sample-clock", "logistic-one-sample-bounded", "logistic-one-sample-squares",
        "logistic-one-sample-first",
    ))),
)  # fmt: skip
