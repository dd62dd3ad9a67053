"""f = <U V^T, X_n> with diagonal X_n and wide factors: delta = diag(U V^T) and Delta = diag(U U^T +
V V^T)/2 move by delta' = -2 X^T s Delta, Delta' = -2 X^T s delta, and Delta^2 - delta^2 is kept in
every coordinate, at every width and for any C^1 loss.

So delta = c sinh(theta) with theta in the row space of X. Only measurements that commute are
diagonal in one frame.
"""

from proofs.bias.sources import LECTURES
from verify.claims.claim import Claim, Remark, Source
from verify.claims.conclusions import Conserved, Equation
from verify.claims.experiments import Nearby
from verify.models.declared import Declared, constant, loss, parameter
from verify.terms.expr import dot
from verify.terms.indices import Index, Sum

THEOREM_4 = Source("2002.09277v3", "Theorem 4", note=LECTURES)
DERIVED_9 = Source("2002.09277v3", note=f"derived for Theorem 9; {LECTURES}")
i, j, n = Index("i", "coordinates"), Index("j", "units"), Index("n", "data")
u, v, X = parameter("u", i, j), parameter("v", i, j), constant("X", n, i)
delta, Delta = Sum(j, u[i, j] * v[i, j]), Sum(j, u[i, j] ** 2 + v[i, j] ** 2) / 2
E = loss("E", Sum(i, X[n, i] * delta), gradient="s")
SLOPE = Sum(n, X[n, i] * E.partner[n])

WIDE_PARALLEL = Claim(
    id="wide-parallel",
    title="two factors and diagonal measurements: what each coordinate keeps",
    setting=Declared((u, v, X, E), flow=E.here),
    assuming=(),
    concluding={
        "kept": Conserved(Delta**2 - delta**2),
        "delta": Equation(dot(delta), -2 * SLOPE * Delta),
        "Delta": Equation(dot(Delta), -2 * SLOPE * delta),
    },
    experiments=(Nearby("kept", Conserved(Delta**2 - 2 * delta**2), "twice the square"),),
    source=THEOREM_4,
    remarks=(Remark("wide-parallel-rate"),),
)
