"""Mirror descent and natural gradient are one flow, and differ by O(eta^2) in one step: mirror
descent moves z = grad Q(b) by -eta g, natural gradient moves b by -eta h'(z) g, h the inverse of
grad Q. With h(z) = z^3 all terms are exact.
"""

from proofs.bias.sources import OF_LECTURES
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.equals import Equals
from verify.models.formulas import Formulas, Let, Letter, letters
from verify.terms.expr import const

Z, G, E = letters("z g eta")
MIRROR, NATURAL = const("b"), const("c")
CUBES = Formulas(
    "b is a mirror step and c a natural gradient step of length eta from z^3, h(z) = z^3",
    (Letter("z"), Letter("g"), Letter("eta", ">")),
    (Let("b", (Z - E * G) ** 3), Let("c", Z**3 - 3 * Z**2 * E * G)),
)

MIRROR_NATURAL_CUBES = Claim(
    id="mirror-natural-cubes",
    title="mirror descent and natural gradient, cubes: the difference after one step",
    setting=CUBES,
    assuming=(),
    concluding={"difference": Equals(MIRROR - NATURAL, E**2 * (3 * Z * G**2 - E * G**3))},
    source=OF_LECTURES,
    remarks=(Remark("mirror-natural-order"),),
)
MIRROR_NATURAL_EQUAL = MIRROR_NATURAL_CUBES.false_variant(
    id="mirror-natural-equal",
    title="a misreading: a step of mirror descent as a step of natural gradient",
    concluding={"difference": Equals(MIRROR, NATURAL)},
)
