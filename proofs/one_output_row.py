"""One output and any number of inputs, hidden layers of width 1: w' at balance in one sentence, for
every depth. The first layer is the row b, the M layers above are numbers a_k, p is their product.

At balance each a_k^2 is |b|^2, so p^2 = |b|^(2 M) and |w| = |p| |b| = |b|^(M + 1): p^2 is
|w|^(2 - 2/N) with N = M + 1, a product of M equal numbers.
"""

from proofs.one_output_motion import OUTPUT
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions import Equation
from verify.claims.experiments import Nearby
from verify.claims.hypotheses.related import Related
from verify.models.declared import Declared, let, loss, parameter, product
from verify.terms.expr import Expr, dot, num
from verify.terms.indices import Index, Sum

i, j, k = Index("i", "inputs"), Index("j", "inputs"), Index("k", "1..M")
b, a = parameter("b", i), parameter("a", k)
p = product("p", a, others="q")
w = let("w", i, of=p.here * b[i])
E = loss("E", p.here * b[i], gradient="g")
LENGTH, INNER = Sum(j, w[j] ** 2), Sum(j, w[j] * E.partner[j])
ABOVE = Sum(k, num(1))  # how many layers there are: M


def field(layers: Expr) -> Expr:
    """|w|^2 w', where so many layers stand above the first."""
    return -(p.here**2) * (LENGTH * E.partner[i] + layers * w[i] * INNER)


ACH_MOTION_ROW = Claim(
    id="ach-motion-row",
    title="one output, any number of inputs: the motion of w at balance",
    setting=Declared((b, a, p, w, E), flow=E.here),
    assuming=(Related.start("balance", a[k] ** 2, Sum(j, b[j] ** 2)),),
    concluding={
        "motion": Equation(LENGTH * dot(w[i]), field(ABOVE)),
        "others": Equation(p.partner[k] ** 2 * Sum(j, b[j] ** 2), p.here**2),
    },
    experiments=(Nearby("motion", Equation(LENGTH * dot(w[i]), field(ABOVE + 1)), "M + 1"),),
    breaks=(Break("balance"),),
    source=OUTPUT,
    remarks=(Remark("ach-motion"), Remark("dln-learning-flow")),
)
