"""The constant of the squared loss L = |X beta - y|^2, without 1/2, at D = 2: w_+' = -4 rho w_+ and
w_-' = 4 rho w_-, rho = X^T r entrywise, so (log w_+/w_-)' = -8 rho. The paper prints 4: the same
argmin, another clock.
"""

from proofs.bias.sources import PRINTED, THEOREM_1
from verify.claims.claim import Claim
from verify.claims.conclusions.equals import Equals
from verify.models.formula_flow import Follows, Weights
from verify.models.formulas import Formulas, Letter, letters
from verify.terms.expr import dot

P, M, RHO = letters("p m rho")
NET = Weights("signed-power", (2, 1), "p m")
TWO = Formulas.following(
    "depth 2: p = w_+, m = w_-, rho = (X^T r)_i",
    (Letter("p", ">"), Letter("m", ">"), Letter("rho")),
    (),
    Follows(NET, 2 * RHO * NET.phi[0]),
)
FLOW_CONSTANT = Claim(
    id="flow-constant",
    title="squared loss, depth 2: the ratio of the branches and its constant 8",
    setting=TWO,
    assuming=(),
    concluding={"rate": Equals(dot(P / M), -8 * RHO * P / M)},
    source=THEOREM_1,
    as_printed="flow-constant-printed",
)
FLOW_CONSTANT_PRINTED = FLOW_CONSTANT.false_variant(
    id="flow-constant-printed",
    title="as printed: the constant 4 of the squared loss at depth 2",
    concluding={"rate": Equals(dot(P / M), -4 * RHO * P / M)},
    source=PRINTED,
)
