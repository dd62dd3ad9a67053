"""One sample at depth three: the coordinate of the largest x_i w_i(0) becomes infinite first; the
start decides.
"""

from fractions import Fraction

from proofs.margins.sources import LECTURES, SEED
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions.sign import Sign
from verify.claims.hypotheses.formulas import Given
from verify.models.formulas import Formulas, Let, Letter, letters
from verify.terms.expr import const

A1, A2, X1, X2 = letters("p q x y")
ENDS = Formulas(
    "depth three, one sample (x, y), start (p, q): w_1 and w_2 are infinite at the clocks f and g",
    tuple(Letter(name, ">") for name in ("p", "q", "x", "y")),
    (Let("f", 1 / (3 * X1 * A1)), Let("g", 1 / (3 * X2 * A2))),
    points=({"p": Fraction(1, 2), "q": 1, "x": 1, "y": Fraction(4, 5)},),
)
FIRST = Claim(
    id="logistic-one-sample-first",
    title="one sample, depth three: which coordinate becomes infinite first",
    setting=ENDS,
    assuming=(Given("ahead", X1 * A1 - X2 * A2, ">"),),
    concluding={"first": Sign(const("g") - const("f"), ">")},
    breaks=(Break("ahead"),),
    source=LECTURES,
    remarks=(Remark("max-margin-whatever-start"),),
)
WHATEVER_START = FIRST.false_variant(
    id="max-margin-whatever-start",
    title="a loose sentence: at depth three the larger entry wins",
    assuming=(Given("larger", X1 - X2, ">"),),
    concluding={"first": Sign(const("g") - const("f"), ">")},
    breaks=(Break("larger"),),
    source=SEED,
)
