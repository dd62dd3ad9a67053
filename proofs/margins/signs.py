"""Steepest descent in the norm of the largest entry moves every entry by the sign of its slope. One
sample x: w = t sign(x), and no b whose largest entry is 1 has a larger margin than that direction.

x_i = p_i - q_i with p_i, q_i >= 0, and -1 <= b_i <= 1 as b_i = 1 - a_i = c_i - 1: x.b falls short
of |x|_1, the sum of p_i + q_i where one of the two is 0, by sum p_i a_i + q_i c_i; by nothing where
b_i is the sign of x_i. The direction of x itself, which gradient flow takes, falls short: of x =
(u, v) with 0 < u < v, b = x/v has the margin u^2/v + v < u + v. That for several samples the limit
is the largest margin in that norm is a theorem of that paper, not judged here.
"""

from proofs.margins.sources import GEOMETRY
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions import Equation
from verify.claims.conclusions.at_most import AtMost
from verify.claims.conclusions.equals import Equals
from verify.claims.experiments import Nearby
from verify.claims.hypotheses.related import Related
from verify.models.declared import Declared, constant, let
from verify.models.formulas import Formulas, Let, Letter, letters
from verify.terms.expr import const, num
from verify.terms.indices import Index, Sum

i = Index("i", "coordinates")
p, q, a, c = (constant(name, i, sign=">=") for name in "pqac")
x, b = let("x", i, of=p[i] - q[i]), let("b", i, of=1 - a[i])
MARGIN, MOST = Sum(i, x[i] * b[i]), Sum(i, p[i] + q[i])
SHORT = Sum(i, p[i] * a[i] + q[i] * c[i])

SIGNS = Claim(
    id="opt-geometry-signs",
    title="one sample, the norm of the largest entry: what a predictor falls short by",
    setting=Declared((p, q, a, c, x, b)),
    assuming=(Related.of("range", a[i] + c[i], num(2)),),
    concluding={"short": Equation(MOST - MARGIN, SHORT), "most": AtMost(MARGIN, MOST)},
    experiments=(
        Nearby("short", Equation(MOST - MARGIN, 2 * SHORT), "twice of it"),
        Nearby("most", AtMost(MOST, MARGIN), "exchanged"),
    ),
    breaks=(Break("range"),),
    source=GEOMETRY,
    remarks=(Remark("opt-geometry"), Remark("opt-geometry-signs-own")),
)
U, V = letters("u v")
OWN = SIGNS.false_variant(
    id="opt-geometry-signs-own",
    title="a misreading: the margin of a sample's own direction, measured by the size of entries",
    setting=Formulas(
        "x = (u, v) with u < v, margin of b = x/v, whose largest entry is 1, beside that of (1, 1)",
        (Letter("u", ">"), Letter("v", ">")),
        (Let("m", U**2 / V + V),),
        points=({"u": 3, "v": 4},),
    ),
    assuming=(),
    concluding={"most": Equals(const("m"), U + V)},
)
