"""Which interpolator a Bregman divergence selects: mirror descent on any loss of X beta moves
grad Q(beta) in the row space of X. So a limit b with X b = y has grad Q(b) - grad Q(b0) = X^T nu,
and no other interpolator c (X c = X b) has a smaller divergence D_Q(c, b0) from the start, Q any
differentiable convex function.

p and p0 are grad Q at b and at the start b0; what convexity gives at b is all that is used of Q.
"""

from proofs.bias.sources import OF_LECTURES
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions.at_most import AtMost
from verify.claims.experiments import Nearby
from verify.claims.hypotheses.related import Related
from verify.models.declared import Declared, constant
from verify.terms.expr import Expr
from verify.terms.indices import Index, Sum

i, n = Index("i", "coordinates"), Index("n", "data")
b, start, c, p, p0 = (constant(x, i) for x in ("b", "b0", "c", "p", "p0"))
X, nu = constant("X", n, i), constant("nu", n)
Q, Q0, QC = constant("Q"), constant("Q0"), constant("Qc")


def divergence(value: Expr, at: object) -> Expr:
    """D_Q(at, b0)."""
    return value - Q0.here - Sum(i, p0[i] * (at[i] - start[i]))  # type: ignore[index]


BREGMAN_SELECTS = Claim(
    id="bregman-selects",
    title="mirror descent: the divergence of its limit and of another interpolator",
    setting=Declared((b, start, c, p, p0, X, nu, Q, Q0, QC)),
    assuming=(
        Related.of("convex", QC.here, Q.here + Sum(i, p[i] * (c[i] - b[i])), ">="),
        Related.of("rows", p[i] - p0[i], Sum(n, X[n, i] * nu[n])),
        Related.of("same", Sum(i, X[n, i] * c[i]), Sum(i, X[n, i] * b[i])),
    ),
    concluding={"divergence": AtMost(divergence(Q.here, b), divergence(QC.here, c))},
    experiments=(
        Nearby("divergence", AtMost(divergence(Q.here, c), divergence(QC.here, b)), "exchanged"),
    ),
    breaks=(Break("convex"), Break("rows"), Break("same")),
    source=OF_LECTURES,
    remarks=(Remark("bregman-fourth-power"), Remark("mirror-identity")),
)
