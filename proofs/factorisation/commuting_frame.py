"""Commuting measurements of M = U U^* in their frame, with eigenvalues a_(n,i) of A_n and u_i^2 of
M: log M moves inside span{A_n}; B lists what is orthogonal to it.

With an error of 0 and alpha -> 0 the limit has the least trace (mf-commuting-limit).
"""

from proofs.factorisation.commuting import c, i, n
from proofs.factorisation.sources import COMMUTING
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions import Conserved, Equation
from verify.claims.experiments import Nearby
from verify.claims.hypotheses.related import Related
from verify.models.declared import Declared, constant, log, loss, parameter
from verify.terms.expr import dot
from verify.terms.indices import Sum

u, a, B = parameter("u", i, sign=">"), constant("a", n, i), constant("B", i, c)
F = loss("E", Sum(i, a[n, i] * u[i] ** 2), gradient="s")
logarithm = log("m", i, of=u[i] ** 2)
NULL = Related.of("null", Sum(i, a[n, i] * B[i, c]), 0)
RATE = Equation(dot(logarithm[i]), -4 * Sum(n, a[n, i] * F.partner[n]))

MF_COMMUTING = Claim(
    id="mf-commuting",
    title="commuting measurements, in their frame: the logarithms of the eigenvalues",
    setting=Declared((u, a, B, logarithm, F), flow=F.here),
    assuming=(NULL,),
    concluding={"span": Conserved(Sum(i, B[i, c] * logarithm[i])), "rate": RATE},
    experiments=(Nearby("rate", Equation(RATE.left, RATE.right / 2), "half the rate"),),
    breaks=(Break("null"),),
    source=COMMUTING,
    remarks=(Remark("mf-symmetries"), Remark("mf-drift")),
)
