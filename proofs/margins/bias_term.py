"""A bias is one more weight, with an entry 1 (or -1, for the other class) of every sample, and it
counts in the length: sample (2, 0) of one class and (0, 1) of the other give (2, 0, 1) and (0, -1,
-1), with separator (2/3, -2/3, -1/3) and multipliers 1/3 and 2/3. The widest gap between both
points is along (2, -1), and no predictor of that direction is as short.
"""

from fractions import Fraction

from proofs.margins.sources import SEPARABLE
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.sign import Sign
from verify.claims.hypotheses.formulas import Given
from verify.models.formulas import Formulas, Let, Letter, letters
from verify.terms.expr import const

U, V, B, M = letters("u v b m")
THIRD = Fraction(1, 3)
BIAS = Claim(
    id="soudry-bias",
    title="two samples and a bias: the separator by its multipliers",
    setting=Formulas(
        "w = (u, v), bias b; margins of (2, 0) and of (0, 1), the other class, less 1",
        (Letter("u"), Letter("v"), Letter("b")),
        (Let("first", 2 * U + B - 1), Let("second", -V - B - 1)),
    ),
    assuming=(),
    concluding={
        "cost": Equals(
            U**2 + V**2 + B**2 - 1,
            (U - 2 * THIRD) ** 2 + (V + 2 * THIRD) ** 2 + (B + THIRD) ** 2
            + 2 * THIRD * const("first") + 4 * THIRD * const("second"),
        )
    },
    source=SEPARABLE,
    remarks=(Remark("soudry-bias-longer"),),
)  # fmt: skip
ALONG = Formulas(
    "w = m (2, -1), the margin of (2, 0) being 1; that of (0, 1) at least 1, hence above 19/20",
    (Letter("m", ">"),),
    (Let("b", 1 - 4 * M),),
)
REACHED = Given("reached", M - B - Fraction(19, 20), ">")
LONGER = Claim(
    id="soudry-bias-longer",
    title="two samples and a bias: predictors along the widest gap",
    setting=ALONG,
    assuming=(REACHED,),
    concluding={"longer": Sign(5 * M**2 + B**2 - 1, ">")},
    breaks=(Break("reached"),),
    source=SEPARABLE,
)
WIDEST = LONGER.false_variant(
    id="soudry-bias-widest",
    title="a misreading: a bias does not count, and predictors along the widest gap are as short",
    concluding={"short": Sign(1 - 5 * M**2 - B**2, ">=")},
    breaks=(Break("reached"),),
)
