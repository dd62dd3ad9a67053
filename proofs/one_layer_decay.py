"""Weight decay of one layer alone moves balance: the difference u_1^2 - u_2^2 has the derivative -2
kappa u_1^2, and an exactly balanced start does not stay balanced.
"""

from proofs.sources import DERIVED
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.constant import Constant
from verify.claims.conclusions.equals import Equals
from verify.models.formula_flow import Follows, Weights
from verify.models.formulas import Formulas, Letter, letters
from verify.terms.expr import dot

U1, U2, SLOPE, RATE, KAPPA = letters("u1 u2 g rho kappa")
NET = Weights("diagonal", (3, 1), "u1 u2 R")
ONE_LAYER = Formulas.following(
    "one coordinate of two layers, R the product of the others, R' = rho any rate, w = u1 u2 R, g ="
    " dJ/dw; weight decay kappa on layer 1 only",
    tuple(Letter(x) for x in ("u1", "u2", "R", "g", "rho", "kappa")),
    (),
    Follows(NET, SLOPE * NET.phi[0] + KAPPA * U1**2 / 2, own={"R": RATE}),
)
DIAG_BALANCE_ONE_LAYER = Claim(
    id="diag-balance-one-layer",
    title="differences of squares under weight decay of one layer",
    setting=ONE_LAYER,
    assuming=(),
    concluding={"difference": Equals(dot(U1**2 - U2**2), -2 * KAPPA * U1**2)},
    source=DERIVED,
    remarks=(Remark("diag-balance-decay"),),
)
DIAG_BALANCE_ONE_LAYER_KEPT = DIAG_BALANCE_ONE_LAYER.false_variant(
    id="diag-balance-one-layer-kept",
    title="a misreading: balance under weight decay of one layer",
    concluding={"difference": Constant(U1**2 - U2**2)},
)
