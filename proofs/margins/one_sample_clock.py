"""One sample at D > 2: w_i^(2-D) falls linearly in the clock s = int -l' dt, and so one coordinate
becomes infinite first while the others stay bounded. Let x_j w_i^(2-D) - x_i w_j^(2-D), which has
no clock in it, be c > 0 for i = 1, j = 2 at D = 3: then w_1 = x_2/(c + x_1/w_2) < x_2/c for ever.
"""

from proofs.margins.sources import LECTURES
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.constant import Constant
from verify.claims.conclusions.sign import Sign
from verify.models.formula_flow import Follows, Weights
from verify.models.formulas import Formulas, Let, Letter, Power, letters
from verify.terms.expr import const, num

W, R, X, S, A, B, C = letters("w r x s a b c")
NET = Weights("signed-power", (R + 2, 1), "w w_minus")
CLOCK = Claim(
    id="logistic-one-sample-clock",
    title="one sample, depth three and more: what is linear in the clock of the loss",
    setting=Formulas.following(
        "one coordinate, D = r + 2, in the clock s whose rate is -l'",
        (Letter("w", ">"), Letter("r", ">"), Letter("x"), Letter("s")),
        (Power("v", W, -R),),
        Follows(NET, -X * NET.phi[0], own={"s": num(1)}),
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
