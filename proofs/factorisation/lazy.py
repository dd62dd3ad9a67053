"""Large starts move little: what of the kernel regime of Theorem 9 can be said exactly here, one
measurement f = x |w|^2 of a vector w of any width.

w moves along itself: from |w0| = q to |w| = p it has gone |h|, h = p - q, while f/x has changed by
c = p^2 - q^2 = h (p + q). So |w - w0| |w0| <= |f - f0|/x at every time: the distance is of the
order of 1/|w0| where the change of f is given. The printed bound has sqrt(5)/2 in place of 1 there.
Several measurements, with the printed constants: kernel_regime.
"""

from proofs.factorisation.wide import DERIVED_9
from verify.claims.claim import Break, Claim
from verify.claims.conclusions import Equation
from verify.claims.conclusions.at_most import AtMost
from verify.claims.experiments import Nearby
from verify.claims.hypotheses.related import Related
from verify.models.declared import Declared, constant, loss, parameter
from verify.terms.expr import dot
from verify.terms.indices import Index, Sum

j, m = Index("j", "units"), Index("m", "units")
w, x = parameter("w", j), constant("x")
E = loss("E", x.here * Sum(j, w[j] ** 2), gradient="s")

MF_KERNEL_RADIAL = Claim(
    id="mf-kernel-radial",
    title="one measurement of a vector: it moves along itself",
    setting=Declared((w, x, E), flow=E.here),
    assuming=(),
    concluding={
        "radial": Equation(w[m] * dot(w[j]), w[j] * dot(w[m])),
        "norm": Equation(dot(Sum(j, w[j] ** 2)), -4 * x.here * E.partner.here * Sum(j, w[j] ** 2)),
    },
    source=DERIVED_9,
)
p, q = constant("p", sign=">="), constant("q", sign=">=")
h, c = constant("h"), constant("c")
CHANGE = Related.of("change", c.here, h.here * (p.here + q.here))
MF_KERNEL_DISTANCE = Claim(
    id="mf-kernel-distance",
    title="one measurement of a vector: the distance from a large start",
    setting=Declared((c, h, p, q)),
    assuming=(CHANGE,),
    concluding={"distance": AtMost(h.here**2 * q.here**2, c.here**2)},
    experiments=(
        Nearby("distance", AtMost(2 * h.here**2 * q.here**2, c.here**2), "twice the square"),
    ),
    breaks=(Break("change"),),
    source=DERIVED_9,
)
MF_KERNEL_HALF = MF_KERNEL_DISTANCE.false_variant(
    id="mf-kernel-half",
    title="a misreading: half of that distance, as for a change to first order",
    assuming=(Related.of("moved", h.here, p.here - q.here), CHANGE),
    concluding={"distance": AtMost(4 * h.here**2 * q.here**2, c.here**2)},
)
