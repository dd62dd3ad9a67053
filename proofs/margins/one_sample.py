"""One sample x > 0 and beta_i = w_i^D, D = r + 2: in the clock s = int -l' dt, whatever the loss l,
w_i' = D x_i w_i^(D-1). At D > 2 w_i^(2-D) falls linearly, and so the coordinate of the largest x_i
w_i(0)^(D-2) becomes infinite first while the others stay bounded: the start decides. At D = 2 w_i =
w_i(0) e^(2 x_i s), and the largest x_i wins from every start w(0) > 0.

x_j w_i^(2-D) - x_i w_j^(2-D) has no clock in it. Let it be c > 0 for i = 1, j = 2 at D = 3: then
w_1 = x_2/(c + x_1/w_2) < x_2/c for ever.
"""

from fractions import Fraction

from proofs.margins.sources import LECTURES, SEED
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions import Conserved, Equation
from verify.claims.conclusions.constant import Constant
from verify.claims.conclusions.sign import Sign
from verify.claims.experiments import Nearby
from verify.claims.hypotheses.formulas import Given
from verify.models.declared import Declared, constant, log, loss, parameter
from verify.models.formulas import Formulas, Let, Letter, Power, letters
from verify.terms.expr import Expr, const, dot, num
from verify.terms.indices import Index, Sum

i, j = Index("i", "coordinates"), Index("j", "coordinates")
w, x = parameter("w", i, sign=">"), constant("x", i)
degree = constant("D", sign=">")
D = degree.here
margin = loss("E", Sum(i, x[i] * w[i] ** D), gradient="s")
squares = loss("E", Sum(i, x[i] * w[i] ** 2), gradient="s")
ell = log("m", i, of=w[i])


def gap(exponent: Expr) -> Expr:
    """What is kept, with any exponent."""
    return x[j] * w[i] ** exponent - x[i] * w[j] ** exponent


ONE_SAMPLE = Claim(
    id="logistic-one-sample",
    title="one sample, powers of weights: what two coordinates keep",
    setting=Declared((w, x, degree, margin), flow=margin.here),
    assuming=(),
    concluding={"kept": Conserved(gap(2 - D))},
    experiments=(Nearby("kept", Conserved(gap(1 - D)), "exponent 1 - D"),),
    source=LECTURES,
    remarks=tuple(map(Remark, (
        "logistic-one-sample-clock", "logistic-one-sample-bounded", "logistic-one-sample-squares",
        "logistic-one-sample-first",
    ))),
)  # fmt: skip
SQUARES = Claim(
    id="logistic-one-sample-squares",
    title="one sample, squares of weights: what two coordinates keep",
    setting=Declared((w, x, squares, ell), flow=squares.here),
    assuming=(),
    concluding={
        "kept": Conserved(x[j] * ell[i] - x[i] * ell[j]),
        "rate": Equation(dot(ell[i]), -2 * x[i] * squares.partner.here),
    },
    experiments=(Nearby("kept", Conserved(x[j] * ell[j] - x[i] * ell[i]), "indices turned"),),
    source=LECTURES,
)

W, R, X, S, A, B, C = letters("w r x s a b c")
CLOCK = Claim(
    id="logistic-one-sample-clock",
    title="one sample, depth three and more: what is linear in the clock of the loss",
    setting=Formulas(
        "one coordinate, D = r + 2, in the clock s whose rate is -l'",
        (Letter("w", ">"), Letter("r", ">"), Letter("x"), Letter("s")),
        (Power("v", W, -R),),
        {"w": (R + 2) * X * W / const("v"), "s": num(1)},
    ),
    assuming=(),
    concluding={"linear": Constant(const("v") + R * (R + 2) * X * S)},
    source=LECTURES,
)
BOUNDED = Claim(
    id="logistic-one-sample-bounded",
    title="one sample, depth three: a bound on the coordinate behind",
    setting=Formulas(
        "c = x_2/w_1 - x_1/w_2 is kept; a = x_1, b = x_2, w = w_2, and so w_1 = p",
        (Letter("a", ">"), Letter("b", ">"), Letter("c", ">"), Letter("w", ">")),
        (Let("p", B / (C + A / W)),),
    ),
    assuming=(),
    concluding={"bounded": Sign(B / C - const("p"), ">")},
    source=LECTURES,
    remarks=(Remark("logistic-one-sample"),),
)

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
