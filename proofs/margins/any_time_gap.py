"""Depth two: what the potential at b exceeds its tangent at x by falls to 0 as x -> b from either
side.
"""

from proofs.margins.sources import LECTURES
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.equals import Equals
from verify.models.formulas import Exp, Formulas, Let, Letter, letters
from verify.terms.expr import const, dot, num

U, B, C, E = letters("u b c E")
x, s = E - 1 / E, const("x")
GAP = Claim(
    id="diag-anytime-gap",
    title="depth two: the potential above its tangent",
    setting=Formulas(
        "x = 2 sinh u moves, b and c = q(b) stand still; gap = q(b) - q(x) - q'(x) (b - x)",
        (Letter("u"), Letter("b"), Letter("c")),
        (
            Exp("E", U),
            Let("x", x),
            Let("q", 2 - E - 1 / E + s * U),
            Let("gap", C - const("q") - U * (B - s)),
        ),
        {"u": num(1)},
    ),
    assuming=(),
    concluding={"towards": Equals(dot(const("gap")), s - B)},
    source=LECTURES,
    remarks=(Remark("diag-d2-qalpha"),),
)
