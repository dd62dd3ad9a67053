"""The constant of the squared loss L = |X beta - y|^2, without 1/2, at D = r + 2: w_+' = -2 D rho
w_+^(D-1) and w_-' = 2 D rho w_-^(D-1), rho = X^T r entrywise; the gradient G of Q moves by -2 D
(D-2) alpha^(D-2) rho and stays in (-1, 1). The paper prints D (D-2), and a box for X^T int r that
is twice too large.
"""

from proofs.bias.sources import PRINTED, THEOREM_3
from verify.claims.claim import Claim
from verify.claims.conclusions.constant import Constant
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.sign import Sign
from verify.models.formula_flow import Follows, Weights
from verify.models.formulas import Formulas, Let, Letter, Power, letters
from verify.terms.expr import const, dot

P, M, R, RHO = letters("p m r rho")
V, W, G = const("v"), const("w"), const("G")
NET = Weights("signed-power", (R + 2, 1), "p m")
DEEP = Formulas.following(
    "depth D = r + 2: p = w_+, m = w_-, rho = (X^T r)_i; (v + w)/2 = alpha^(2-D) from the start on",
    (Letter("p", ">"), Letter("m", ">"), Letter("r", ">"), Letter("rho")),
    (Power("v", P, -R), Power("w", M, -R), Let("G", (W - V) / (V + W))),
    Follows(NET, 2 * RHO * NET.phi[0]),
)
BOX = Claim(
    id="flow-constant-deep",
    also=("lemma8-box",),
    title="squared loss, depth three and more: the constant of the gradient, and its box",
    setting=DEEP,
    assuming=(),
    concluding={
        "rate": Equals(dot(G), -2 * R * (R + 2) * RHO * 2 / (V + W)),
        "kept": Constant(V + W),
        "above": Sign(1 - G, ">"),
        "below": Sign(1 + G, ">"),
    },
    source=THEOREM_3,
    as_printed="flow-constant-deep-printed",
)
BOX_PRINTED = BOX.false_variant(
    id="flow-constant-deep-printed",
    title="as printed: half the constant of the gradient at depth three and more",
    concluding={"rate": Equals(dot(G), -R * (R + 2) * RHO * 2 / (V + W))},
    source=PRINTED,
)
