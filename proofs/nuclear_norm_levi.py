"""The Levi form of the nuclear norm is positive definite where X is invertible: see
``nuclear_norm``.
"""

from proofs.lemmas.sylvester import (
    ANY_DIRECTION,
    INVERSE,
    LENGTH,
    LEVI,
    SQUARES,
    STEPS,
    SYLVESTER,
    J,
    K,
    Q,
    S,
    V,
    X,
    Y,
)
from proofs.nuclear_norm import OPEN
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.matrix_kinds import Aid, Identity, Use
from verify.terms.matrices import norm2, num

OPEN_P1 = Claim(
    id="open-p1",
    title="the Levi form of the nuclear norm at an invertible matrix",
    setting=ANY_DIRECTION,
    assuming=(),
    concluding={
        "along-Y": Identity(Q * S**2 + S**2 * Q, Y.H * X + X.H * Y),
        "along-iY": Identity(K * S**2 + S**2 * K, (Y * J).H * X + X.H * (Y * J)),
        "direction": Identity(2 * Y, (X**-1).H * SYLVESTER),
        "levi": Identity(LEVI, (norm2(S**-2 * V * S) + norm2(S**-1 * V)) / 2),
    },
    hints={
        "along-Y": Aid(
            uses={"identity": (Use("V", left=num(1) / 2), Use("V", left=num(1) / 2, mark="H"))}
        ),
        "along-iY": Aid(
            uses={"identity": (Use("V", left=-J / 2, mark="H"), Use("V", left=num(1) / 2, right=J))}
        ),
        "direction": Aid(uses={"identity": (Use("V", left=-(X**-1).H),)}),
        "levi": Aid(lemmas=(INVERSE, LENGTH, SQUARES), uses={"identity": STEPS}),
    },
    source=OPEN,
    remarks=(Remark("lm-nuclear-bend"),),
)
