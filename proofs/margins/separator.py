"""The separator of two samples is the point of least length with margins at least 1, by its
multipliers.
"""

from proofs.margins.separable import W1, W2
from proofs.margins.separable_starts import F
from proofs.margins.sources import SEPARABLE
from verify.claims.claim import Claim
from verify.claims.conclusions.equals import Equals
from verify.models.formulas import Formulas, Let, Letter
from verify.terms.expr import const, num

MARGIN_1, MARGIN_2 = W1 + W2 / 5 - 1, num(F(3, 10)) * W1 + num(F(11, 10)) * W2 - 1
SEPARATED = Claim(
    id="soudry-separator",
    title="the separator of two samples by its multipliers",
    setting=Formulas(
        "w = (u, v), samples (1, 1/5) and (3/10, 11/10)",
        (Letter("u"), Letter("v")),
        (Let("first", MARGIN_1), Let("second", MARGIN_2)),
    ),
    assuming=(),
    concluding={
        "cost": Equals(
            W1**2 + W2**2 - F(125, 104),
            (W1 - F(45, 52)) ** 2 + (W2 - F(35, 52)) ** 2
            + F(75, 52) * const("first") + F(25, 26) * const("second"),
        )
    },
    source=SEPARABLE,
)  # fmt: skip
