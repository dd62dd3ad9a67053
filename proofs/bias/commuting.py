"""Gradients of outputs that commute are sufficient for a mirror flow; of the entries of U U^T they
do not.
"""

from proofs.bias.sources import OF_LECTURES
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.equals import Equals
from verify.models.formulas import Formulas, Letter, letters, partial
from verify.terms.expr import Expr, num

U = letters("a b c k")
GRAM = Formulas("U = [[a, b], [c, k]]", tuple(Letter(x) for x in "abck"))
FIRST, MIXED = U[0] ** 2 + U[1] ** 2, U[0] * U[2] + U[1] * U[3]


def bracket(of: str) -> Expr:
    """The entry of [grad (U U^T)_11, grad (U U^T)_12] that belongs to a weight."""
    found = num(0)
    for x in "abck":
        found += partial(x, FIRST) * partial(x, partial(of, MIXED))
        found -= partial(x, MIXED) * partial(x, partial(of, FIRST))
    return found


COMMUTING_PARAMETRISATION = Claim(
    id="commuting-parametrisation",
    title="two entries of a Gram matrix: the bracket of their gradients",
    setting=GRAM,
    assuming=(),
    concluding={
        x: Equals(bracket(x), value)
        for x, value in zip("abck", (-2 * U[2], -2 * U[3], 2 * U[0], 2 * U[1]), strict=True)
    },
    source=OF_LECTURES,
    remarks=(Remark("gram-entries-commute"),),
)
GRAM_ENTRIES_COMMUTE = COMMUTING_PARAMETRISATION.false_variant(
    id="gram-entries-commute",
    title="a misreading: gradients of the entries of a Gram matrix commute",
    concluding={"bracket": Equals(bracket("c"), num(0))},
)
