"""The regularising flow of two scalar layers in closed form: w1^2 = (G + sqrt(G^2 + 4 x^2))/2, w2 =
x/w1.
"""

from proofs.flows.scalar_layers import multipliers, rates
from proofs.regflow_scalar import REGFLOW
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.equals import Equals
from verify.models.formulas import Exp, Formulas, Let, Letter, Root, letters
from verify.terms.expr import const, dot, num

T, X, START, E, R, W1, W2 = letters("t x G0 E R w1 w2")
G = const("G")
FIELD = rates([W1, W2], multipliers([W1, W2]))

REGFLOW_D1 = Claim(
    id="dln-regflow-d1",
    title="the regularising flow of two scalar layers, solved",
    setting=Formulas(
        "two scalar layers with the product x, G0 = w1(0)^2 - w2(0)^2",
        (Letter("t"), Letter("x", "!="), Letter("G0")),
        (
            Exp("E", -2 * T),
            Let("G", START * E),
            Root("R", G**2 + 4 * X**2),
            Root("w1", (G + R) / 2),
            Let("w2", X / W1),
        ),
        {"t": num(1)},
        ({"t": 0, "x": 2, "G0": 3},),
    ),
    assuming=(),
    concluding={
        "flow-1": Equals(dot(W1), FIELD[0]),
        "flow-2": Equals(dot(W2), FIELD[1]),
        "moment": Equals(W1**2 - W2**2, G),
        "product": Equals(W1 * W2, X),
    },
    remarks=(Remark("dln-regflow-d1-unique"),),
    unstated="that N > 2 layers have a solution, w_k^2 of given differences and product: the"
    " theorem of intermediate values is not among the theorems that proofs cite; that they"
    " have at most one is dln-regflow-d1-unique",
    source=REGFLOW,
)
