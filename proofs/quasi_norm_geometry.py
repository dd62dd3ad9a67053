"""Where the bound of the quasi-norm is met: at depth 2 the gap of Q^2 <= |u_1|^2 |u_2|^2 is a sum
of squares, zero where the squares of the layers are proportional; proportional layers do not stay
so.
"""

from proofs.sources import DERIVED
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.equals import Equals
from verify.models.formula_flow import Follows, Weights
from verify.models.formulas import Formulas, Letter, letters
from verify.terms.expr import Expr, dot, num

U = letters("a1 a2 a3")
V = letters("b1 b2 b3")
SLOPE = letters("g1 g2 g3")


def added(terms: list[Expr]) -> Expr:
    return terms[0] + terms[1] + terms[2]


NET = Weights("diagonal", (2, 3), "a1 a2 a3 b1 b2 b3")
TWO_LAYERS = Formulas.following(
    "two layers a and b of width 3, entries of one sign: Q = a1 b1 + a2 b2 + a3 b3; gradient flow,"
    " g = grad J(w)",
    tuple(Letter(f"{x}{i}", ">") for x in "ab" for i in (1, 2, 3))
    + tuple(Letter(f"g{i}") for i in (1, 2, 3)),
    (),
    Follows(NET, added([g * w for g, w in zip(SLOPE, NET.phi, strict=True)])),
)


def cross(i: int, j: int) -> Expr:
    """a_i b_j - a_j b_i: zero for proportional layers."""
    return U[i] * V[j] - U[j] * V[i]


INNER = added([x * y for x, y in zip(U, V, strict=True)])
GAP = added([x**2 for x in U]) * added([x**2 for x in V]) - INNER**2
QUASI_NORM_BOUND_EQUALITY = Claim(
    id="quasi-norm-bound-equality",
    title="the gap between the quasi-norm and its bound, two layers of width 3",
    setting=TWO_LAYERS,
    assuming=(),
    concluding={
        "gap": Equals(GAP, added([cross(0, 1) ** 2, cross(0, 2) ** 2, cross(1, 2) ** 2])),
        "leaves": Equals(dot(cross(0, 1)), (U[0] * U[1] - V[0] * V[1]) * (SLOPE[0] - SLOPE[1])),
    },
    source=DERIVED,
    remarks=(Remark("quasi-norm-bound"),),
)

QUASI_NORM_BOUND_MET = QUASI_NORM_BOUND_EQUALITY.false_variant(
    id="quasi-norm-bound-met",
    title="a misreading: the quasi-norm as the product of the layers' norms",
    concluding={"gap": Equals(GAP, num(0))},
)
