"""Under balance and scale invariance the flow conserves Q = sum_i |w_i|^(2/L), hence the (2/L)
quasi-norm Q^(L/2).

Source: arXiv:2603.02622v1, abstract; L = 1 is the Euclidean norm, L = 2 the l1 norm. The w_i may
vanish: balanced, Q = |u_l|^2.
"""

from proofs.sources import DEEP_LDA
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions import Conserved
from verify.claims.experiments import Drift
from verify.claims.hypotheses import Balanced, Homogeneous
from verify.models import Flow
from verify.terms.expr import L, q, total

Q = total("i", q["i"])

QUASI_NORM = Claim(
    id="quasi-norm",
    title="the (2/L) quasi-norm under balance",
    setting=Flow(),
    assuming=(Homogeneous(), Balanced()),
    concluding={"conserved": Conserved(Q)},
    experiments=(
        Drift(
            "conserved",
            near_miss=Conserved(total("i", q["i"] ** (1 + L / 20))),
            named="exponent 2/L + 1/10",
        ),
    ),
    breaks=(Break("euler", loss="norm"), Break("balance", loss="fraction")),
    source=DEEP_LDA,
    remarks=(
        Remark("lda-layer-norm"),
        Remark("quasi-norm-near-balance"),
        Remark("lda-gd-identity"),
    ),
)
