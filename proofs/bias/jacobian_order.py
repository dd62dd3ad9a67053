"""J J^T and J^T J of outputs beta = a w that share a factor: J^T J is singular as soon as there are
more weights than outputs.
"""

from proofs.bias.sources import DERIVED, SEED
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.sign import Sign
from verify.models.formulas import Formulas, Letter, letters
from verify.terms.expr import num

A, Y, Z = letters("a y z")
THREE_WEIGHTS = Formulas(
    "beta = a (y, z); rows of J: (y, a, 0), (z, 0, a)",
    (Letter("a", ">"), Letter("y"), Letter("z")),
)
OF_WEIGHTS = (Y**2 + Z**2) * A**4 - (A * Y) ** 2 * A**2 - (A * Z) ** 2 * A**2
JACOBIAN_ORDER = Claim(
    id="jacobian-order",
    title="two outputs of three weights: one product of the Jacobian with itself has an inverse",
    setting=THREE_WEIGHTS,
    assuming=(),
    concluding={
        "outputs": Sign((Y**2 + A**2) * (Z**2 + A**2) - (Y * Z) ** 2, ">"),
        "weights": Equals(OF_WEIGHTS, num(0)),
    },
    source=DERIVED,
    remarks=(Remark("function-space-flow"),),
)
JACOBIAN_ORDER_LOOSE = JACOBIAN_ORDER.false_variant(
    id="jacobian-order-loose",
    title="a loose sentence: the product over outputs, of the size of the weights, has an inverse",
    concluding={"weights": Sign(OF_WEIGHTS**2, ">")},
    source=SEED,
)
