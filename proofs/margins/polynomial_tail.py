"""Linear classification with a polynomial tail: -l' = z^(-2), samples (1, 0) and (0, 8): w_1^3 - 8
w_2^3 is kept, so w_1/w_2 -> 2, where the exponential tail has 8.
"""

from proofs.margins.non_separable import W1, W2, T, U, V
from proofs.margins.not_spanning import PLANE
from proofs.margins.sources import SEPARABLE
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.constant import Constant
from verify.claims.conclusions.equals import Equals
from verify.models.formula_flow import Follows
from verify.models.formulas import Exp, Formulas, Letter, Root
from verify.terms.expr import num

FIRST, SECOND = PLANE.phi
TAIL = Claim(
    id="soudry-tail",
    title="a polynomial tail: what two orthogonal samples keep",
    setting=Formulas.following(
        "samples (1, 0) and (0, 8), -l'(z) = z^(-2): w = (u, v)",
        (Letter("u", ">"), Letter("v", ">"), Letter("t")),
        (),
        Follows(PLANE, 1 / FIRST + 1 / (8 * SECOND), own={"t": num(1)}),
    ),
    assuming=(),
    concluding={"kept": Constant(W1**3 - 8 * W2**3), "clock": Constant(W1**3 - 3 * T)},
    source=SEPARABLE,
    remarks=(Remark("soudry-tail-exponential"), Remark("soudry-tail-same")),
)
EXPONENTIAL = Claim(
    id="soudry-tail-exponential",
    title="an exponential tail: what the same two samples keep",
    setting=Formulas.following(
        "samples (1, 0) and (0, 8), -l'(z) = exp(-z): w = (u, v)",
        (Letter("u"), Letter("v"), Letter("t")),
        (Exp("U", FIRST), Exp("V", 8 * SECOND)),
        Follows(PLANE, 1 / U + 1 / V, own={"t": num(1)}),
    ),
    assuming=(),
    concluding={"kept": Constant(V - 64 * U), "clock": Constant(U - T)},
    source=SEPARABLE,
)
SAME = TAIL.false_variant(
    id="soudry-tail-same",
    title="a misreading: a polynomial tail has the direction of the separator (1, 1/8)",
    setting=Formulas(
        "w = (u, v) from 0 under the polynomial tail: u^3 = 3 t, v^3 = 3 t/8",
        (Letter("t", ">"),),
        (Root("u", 3 * T, 3), Root("v", 3 * T / 8, 3)),
        points=({"t": 9},),
    ),
    concluding={"direction": Equals(8 * W2, W1)},
)
