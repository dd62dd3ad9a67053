"""The prior given the product, two scalar layers: along a fibre the length element needs the weight
1/J of the co-area formula.

The fibre w1 w2 = x is an orbit of w1' = w1, w2' = -w2, whose parameter tau has d tau = dw1/w1. Its
length element is sqrt(w1^2 + w2^2) d tau, and J = |grad(w1 w2)| = sqrt(w1^2 + w2^2). In (w1, x) the
plane has the area element dw1 dx/w1: so the law of a density p given x is p d tau, which is p
times length/J. Without the weight 1/J, as printed, it is p sqrt(w1^2 + w2^2) d tau. Two laws are
the same, up to normalisation, only if the quotient of their densities is constant on the fibre.
"""

from verify.claims.claim import Claim, Remark, Source
from verify.claims.conclusions.constant import Constant
from verify.claims.conclusions.equals import Equals
from verify.models.formulas import Exp, Formulas, Let, Letter, Root, letters, partial
from verify.terms.expr import const, dot, num

COAREA = Source("2511.01137v2", "sec 5.3")
W1, W2, BETA, KAPPA = letters("w1 w2 beta kappa")
J, P, TRUE, PRINTED = const("J"), const("p"), const("q"), const("r")
FIBRE = Formulas(
    "fibre of w1 w2 through (w1, w2), run through by tau with d tau = dw1/w1; J is the co-area"
    " factor of (w1, w2) -> w1 w2; p a Gaussian prior; q is p times length/J, r is p times length,"
    " both as densities in tau",
    (Letter("w1", ">"), Letter("w2", ">"), Letter("beta", ">"), Letter("kappa", ">")),
    (
        Root("J", W1**2 + W2**2),
        Exp("p", -BETA * KAPPA * (W1**2 + W2**2) / 2),
        Let("q", P * J / J),
        Let("r", P * J),
    ),
    {"w1": W1, "w2": -W2},
    ({"w1": 3, "w2": 4, "beta": 1, "kappa": 1},),
)

COAREA_WEIGHT = Claim(
    id="coarea-weight",
    also=("err-coarea",),
    as_printed="coarea-printed",
    title="two scalar layers: the weight 1/J on a fibre",
    setting=FIBRE,
    assuming=(),
    concluding={
        "fibre": Constant(W1 * W2),
        "factor": Equals(J**2, partial("w1", W1 * W2) ** 2 + partial("w2", W1 * W2) ** 2),
        "length": Equals(J**2, dot(W1) ** 2 + dot(W2) ** 2),
        "weighted": Equals((dot(W1) ** 2 + dot(W2) ** 2) / J**2, num(1)),
        "law": Equals(TRUE, P * dot(W1) / partial("w2", W1 * W2)),
    },
    remarks=(Remark("coarea-printed"),),
    source=COAREA,
)

COAREA_PRINTED = COAREA_WEIGHT.false_variant(
    id="coarea-printed",
    title="as printed: the Gaussian restricted to a fibre as the law given the product",
    concluding={"law": Constant(PRINTED / TRUE)},
)
