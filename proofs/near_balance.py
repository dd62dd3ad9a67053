"""What a real start gives, none being exactly balanced: Q moves by at most the sum of the
imbalances, which are conserved.
"""

from proofs.sources import DERIVED
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions import Equation, Hints, Inequality
from verify.claims.experiments import Drift
from verify.claims.hypotheses import Homogeneous
from verify.models import Flow
from verify.terms.expr import L, over_layers, q, start, total, u

Q = total("i", q["i"])
LAYER = total("i", u["l", "i"] ** 2)
IMBALANCE = total(
    "i", over_layers("max", "l", u["l", "i"] ** 2) - over_layers("min", "l", u["l", "i"] ** 2)
)
NORMS = over_layers("prod", "l", start(LAYER))

QUASI_NORM_NEAR_BALANCE = Claim(
    id="quasi-norm-near-balance",
    title="the quasi-norm near balance",
    setting=Flow(),
    assuming=(Homogeneous(),),
    concluding={"drift": Inequality(abs(Q - start(Q)), IMBALANCE)},
    hints={"drift": Hints(rule="GEOMETRIC_MEAN_BETWEEN")},
    experiments=(
        Drift(
            "drift",
            Inequality(abs(Q - start(Q)), IMBALANCE / 1000),
            named="a thousandth of the imbalance",
        ),
    ),
    breaks=(Break("euler", loss="norm"),),
    source=DERIVED,
)
QUASI_NORM_BOUND = Claim(
    id="quasi-norm-bound",
    title="the quasi-norm and the product of the layers' norms",
    setting=Flow(),
    assuming=(Homogeneous(),),
    concluding={"bound": Inequality(Q**L, NORMS)},
    hints={"bound": Hints(rule="HOLDER")},
    experiments=(Drift("bound", Equation(Q**L, NORMS), named="= instead of <="),),
    breaks=(Break("euler", loss="ratio-output-regularised"),),
    remarks=(Remark("quasi-norm-bound-equality"),),
    unstated="when the bound is met at depth L > 2: it is the case of equality in HOLDER, which is"
    " cited without it; at depth 2 quasi-norm-bound-equality has it",
    source=DERIVED,
)
