"""The cost of balancing two Gramians as a sum of squares on a fibre: see ``gramian``."""

from proofs.gramian import HELMKE_MOORE
from proofs.lemmas.gramians import COST, MOVED, ON_A_FIBRE, POLAR, W1, W2, R, S
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.matrix_kinds import Aid, Identity, Use
from verify.terms.matrices import norm2, num, tr

HM_GRAMIAN_LINK = Claim(
    id="hm-gramian-link",
    title="two layers: the cost of balancing two Gramians and the sum of squares on a fibre",
    setting=ON_A_FIBRE,
    assuming=(),
    concluding={
        "cost": Identity(norm2(MOVED * W1) + norm2(W2 * MOVED**-1), COST),
        "root": Identity((POLAR.H * R * POLAR) * (POLAR.H * R * POLAR), (W2 * W1).H * (W2 * W1)),
        "value": Identity(tr(POLAR.H * R * POLAR), tr(R)),
    },
    hints={
        "root": Aid(
            uses={
                "identity": (
                    Use("polar", left=-(W1.H * W2.H * W2)),
                    Use("polar", mark="H", left=-num(1), right=W2.H * W2 * S * POLAR),
                )
            }
        )
    },
    source=HELMKE_MOORE,
    remarks=(Remark("dln-kempf-ness"), Remark("hm-gramian")),
)
