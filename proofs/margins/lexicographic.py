"""Constrained paths, argmin of exponential loss at |w| = rho as rho grows.

f_1 = u^2 + v^2 and f_2 = 2 u^2 + v^2: every direction has the margin 1, and the path takes (1, 0),
whose second margin 2 is the largest one. f = u + v^2, of two degrees: at u^2 + v^2 = R, f = R +
1/4 - (u - 1/2)^2, so that the path has u = 1/2 and drops the shallow part.
"""

from fractions import Fraction

from proofs.margins.sources import LEXICOGRAPHIC
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.equals import Equals
from verify.models.formulas import Formulas, Let, Letter, letters
from verify.terms.expr import const, num

U, V = letters("u v")
R = const("R")
PATH = Claim(
    id="nacson-lexicographic",
    title="constrained paths: both margins, and a sum of two degrees",
    setting=Formulas(
        "R = |w|^2; f and g two samples of degree two, h one sample of degrees one and two",
        (Letter("u"), Letter("v")),
        (
            Let("R", U**2 + V**2),
            Let("f", U**2 + V**2),
            Let("g", 2 * U**2 + V**2),
            Let("h", U + V**2),
        ),
    ),
    assuming=(),
    concluding={
        "second": Equals(2 * R - const("g"), V**2),
        "shallow": Equals(R + num(Fraction(1, 4)) - const("h"), (U - Fraction(1, 2)) ** 2),
    },
    source=LEXICOGRAPHIC,
    remarks=tuple(map(Remark, (
        "nacson-flow", "nacson-flow-path", "nacson-flow-degrees", "nacson-flow-degrees-path",
    ))),
)  # fmt: skip
