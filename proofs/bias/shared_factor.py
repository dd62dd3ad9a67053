"""A factor that all outputs share, beta = a w with a > 0: B^T w is kept for every loss of X beta,
and from a balanced start, a^2 = |w|^2, |beta| = a^2. So w = |beta|^(-1/2) beta there, and what is
kept is B^T grad |beta|^(3/2): the bias is |beta|^(3/2), not |beta|^2, and not |beta|.
"""

from proofs.bias.function_space import SHARED, E, X, a, beta, i, n, w
from proofs.bias.sources import DERIVED
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions import Conserved, Equation
from verify.claims.experiments import Nearby
from verify.claims.hypotheses.related import Related
from verify.models.declared import Declared, constant
from verify.terms.indices import Index, Sum

c = Index("c", "null")
B = constant("B", i, c)
WITH_B = Declared((a, w, X, B, E), flow=E.here)
KERNEL = Related.of("kernel", Sum(i, X[n, i] * B[i, c]), 0)
BALANCED = Related.start("balanced", a.here**2, Sum(i, w[i] ** 2))

WARPED_SHARED_FACTOR = Claim(
    id="warped-shared-factor",
    title="a positive factor that is shared: what every loss of the data keeps, from any start",
    setting=WITH_B,
    assuming=(KERNEL,),
    concluding={"kept": Conserved(Sum(i, B[i, c] * w[i]))},
    experiments=(
        Nearby("kept", Conserved(Sum(i, B[i, c] * w[i] * a.here)), "with |beta|^2 as potential"),
    ),
    breaks=(Break("kernel"),),
    source=DERIVED,
    remarks=(Remark("warped-balanced"), Remark("warped-least-squares"), Remark("hessian-metric")),
)
WARPED_BALANCED = Claim(
    id="warped-balanced",
    title="a shared factor: the length of the outputs from a balanced start",
    setting=SHARED,
    assuming=(BALANCED,),
    concluding={"length": Equation(Sum(i, beta**2), a.here**4)},
    breaks=(Break("balanced"),),
    source=DERIVED,
)
WARPED_LEAST_SQUARES = WARPED_SHARED_FACTOR.false_variant(
    id="warped-least-squares",
    title="a misreading: a shared factor keeps the row space, as for minimal l2",
    concluding={"kept": Conserved(Sum(i, B[i, c] * beta))},
)
