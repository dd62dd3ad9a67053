"""The value 1/2 ||exp(tau a).W||^2 is not convex for every a.

For N = 2, W = (I, I) and a = [[0, 1], [-4, 0]], exp(tau a) = [[C, S/2], [-2 S, C]] with C =
cos(2 tau), S = sin(2 tau); the value is 2 + (9/4) S^2, whose second derivative at tau = pi/4 is
-18. Here u = tan(tau), so that C and S are rational in u and u' = 1 + u^2.
"""

from proofs.hidden_convexity import CONVEX, HIDDEN_CONVEXITY, VALUE, C, S, U
from verify.claims.claim import Claim
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.sign import Sign
from verify.models.formulas import Formulas, Let, Letter
from verify.terms.expr import dot

#: exp(tau a): its derivative is a exp(tau a), whose rows are the second row and -4 times the first
ROTATION = ((C, S / 2), (-2 * S, C))

ROTATED = Formulas(
    "N = 2, W = (I, I), a = [[0, 1], [-4, 0]]: f = 1/2 (||exp(tau a)||^2 + ||exp(-tau a)||^2), u ="
    " tan(tau), u = 1 at tau = pi/4",
    (Letter("u"),),
    (
        Let("C", (1 - U**2) / (1 + U**2)),
        Let("S", 2 * U / (1 + U**2)),
        Let("f", 2 * C**2 + S**2 / 4 + 4 * S**2),
    ),
    {"u": 1 + U**2},
)

HIDDEN_CONVEXITY_VALUE = Claim(
    id="dln-hidden-convexity-value",
    title="half the sum of squares along a direction that is not Hermitian",
    setting=ROTATED,
    assuming=(),
    concluding={f"first-row-{j + 1}": Equals(dot(ROTATION[0][j]), ROTATION[1][j]) for j in range(2)}
    | {f"second-row-{j + 1}": Equals(dot(ROTATION[1][j]), -4 * ROTATION[0][j]) for j in range(2)}
    | {
        "value": Equals(VALUE, 2 + 9 * S**2 / 4),
        "bend": Equals(dot(dot(VALUE)), 18 * (C**2 - S**2)),
    },
    source=CONVEX,
)

HIDDEN_CONVEXITY_ANY = HIDDEN_CONVEXITY.false_variant(
    id="dln-hidden-convexity-any",
    title="a misreading: convexity along a direction that is not Hermitian",
    setting=ROTATED,
    concluding={"convex": Sign(dot(dot(VALUE)), ">=")},
)
