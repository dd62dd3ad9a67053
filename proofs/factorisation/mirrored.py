"""Squared loss: residuals r_n = tr(A_n M) - y_n of M = U U^* move by -2 tr(A_n (S M + M S)), S =
sum_n r_n A_n for symmetric A_n. And a pair of measurements that do not commute, with the bias of
one that does: A = [[p, q], [q, s]] and its mirror image [[p, -q], [-q, s]], both with the value y.

From rows of U that are orthogonal (alpha I, say) they stay so: M = diag(m1, m2) moves as with the
measurement diag(p, s), and m1^s m2^(-p) is kept, whatever q is.
"""

from proofs.factorisation.sources import COMMUTING
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions import Equation
from verify.claims.experiments import Nearby
from verify.claims.hypotheses.related import Related
from verify.models.declared import Declared, constant, parameter
from verify.terms.expr import dot
from verify.terms.indices import Index, Sum, adjoint, trace

n, m = Index("n", "data"), Index("m", "data")
U, y = parameter("U", size=("axes", "units")), constant("y", n)
A = constant("A", n, size=("axes", "axes"))
M = U.here * adjoint(U.here)
RESIDUAL = trace(A[n] * M) - y[n]
S = Sum(m, (trace(A[m] * M) - y[m]) * (A[m] + adjoint(A[m]))) / 2
CHANGE = trace(A[n] * (S * M + M * S))

MF_RESIDUALS = Claim(
    id="mf-residuals",
    title="factorisation of a matrix, squared loss: the residuals",
    setting=Declared((U, A, y), flow=Sum(n, RESIDUAL**2) / 2),
    assuming=(),
    concluding={"rate": Equation(dot(RESIDUAL), -2 * CHANGE)},
    experiments=(Nearby("rate", Equation(dot(RESIDUAL), -CHANGE), "half of it"),),
    source=COMMUTING,
    remarks=(Remark("mf-drift-residuals"),),
)

j = Index("j", "units")
first, second = parameter("a", j), parameter("b", j)
p, q, s, value = (constant(x) for x in "pqsy")
M1, M2 = Sum(j, first[j] ** 2), Sum(j, second[j] ** 2)
OFF = Sum(j, first[j] * second[j])
SEEN = p.here * M1 + s.here * M2 - value.here
LOSS = ((SEEN + 2 * q.here * OFF) ** 2 + (SEEN - 2 * q.here * OFF) ** 2) / 4

MF_MIRROR_PAIR = Claim(
    id="mf-mirror-pair",
    title="a measurement and its mirror image: the flow is that of their mean",
    setting=Declared((first, second, p, q, s, value), flow=LOSS),
    assuming=(Related.start("orthogonal", OFF, 0),),
    concluding={
        "first": Equation(dot(M1), -4 * p.here * SEEN * M1),
        "second": Equation(dot(M2), -4 * s.here * SEEN * M2),
    },
    experiments=(Nearby("first", Equation(dot(M1), -2 * p.here * SEEN * M1), "half the rate"),),
    breaks=(Break("orthogonal"),),
    source=COMMUTING,
    remarks=(Remark("mf-drift"),),
)
