"""M = U U^*, for any C^1 loss of the numbers tr(A_n M): M' = -2 (S M + M S), with S = sum_n s_n A_n
where the A_n are symmetric, and their symmetric parts else.

Whatever commutes with the measurements and with M at the start commutes with M for ever. From U(0)
= alpha times an orthogonal matrix M(0) = alpha^2 I commutes with everything: so where the A_n
commute, each of them keeps commuting with M, and all are diagonal in one frame (mf-commuting).
"""

from proofs.factorisation.sources import COMMUTING
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions import Equation
from verify.claims.experiments import Nearby
from verify.claims.hypotheses.related import Related
from verify.models.declared import Declared, constant, loss, parameter
from verify.terms.expr import dot
from verify.terms.indices import Index, Sum, adjoint, trace

n, i, c = Index("n", "data"), Index("i", "axes"), Index("c", "null")
U, K = parameter("U", size=("axes", "units")), constant("K", size=("axes", "axes"))
A = constant("A", n, size=("axes", "axes"))
M = U.here * adjoint(U.here)
E = loss("E", trace(A[n] * M), gradient="s")
PART = A[n] + adjoint(A[n])
S = Sum(n, E.partner[n] * PART) / 2
COMMUTES = Related.of("commutes", K.here * PART, PART * K.here)
BEGINS = Related.start("begins", K.here * M, M * K.here)

MF_SYMMETRIES = Claim(
    id="mf-symmetries",
    title="factorisation of a matrix from linear measurements: what commutes with them",
    setting=Declared((U, A, K, E), flow=E.here),
    assuming=(COMMUTES, BEGINS),
    concluding={
        "flow": Equation(dot(M), -2 * (S * M + M * S)),
        "commutes": Equation(M * K.here, K.here * M),
        "rate": Equation(dot(M) * K.here, K.here * dot(M)),
    },
    experiments=(Nearby("flow", Equation(dot(M), -(S * M + M * S)), "half the rate"),),
    breaks=(Break("commutes"), Break("begins")),
    source=COMMUTING,
    remarks=(Remark("mf-commuting"), Remark("mf-drift")),
)
