"""Completion of a 2 x 2 matrix with w12 = w21 = 1 and w22 = 0 observed, w11 free: with det W >= 0
the loss l bounds w11 from below, as in arXiv:2005.06398v2.

Every residual is at most r = sqrt(2 l) in size, so w12, w21 >= s = 1 - r and w22 <= r, and w11 w22
>= w12 w21 gives w11 >= s^2/r. (Where w22 < 0, turn the signs of w11 and w22.)
"""

from proofs.factorisation.sources import COMPLETION
from verify.claims.claim import Break, Claim, Remark
from verify.claims.conclusions.at_most import AtMost
from verify.claims.experiments import Nearby
from verify.claims.hypotheses.related import Related
from verify.models.declared import Declared, constant

w11, w22 = constant("w11", sign=">"), constant("w22", sign=">=")
w12, w21 = constant("w12"), constant("w21", sign=">=")
r, rest = constant("r", sign=">="), constant("s", sign=">=")

RAZIN_COHEN_BOUND = Claim(
    id="razin-cohen-bound",
    title="matrix completion: the free entry and the largest residual, determinant not negative",
    setting=Declared((w11, w12, w21, w22, r, rest)),
    assuming=(
        Related.of("det", w11.here * w22.here, w12.here * w21.here, ">="),
        Related.of("upper", w12.here, rest.here, ">="),
        Related.of("lower", w21.here, rest.here, ">="),
        Related.of("corner", r.here, w22.here, ">="),
    ),
    concluding={"free": AtMost(rest.here**2, w11.here * r.here)},
    experiments=(Nearby("free", AtMost(2 * rest.here**2, w11.here * r.here), "twice of it"),),
    breaks=tuple(Break(x) for x in ("det", "upper", "lower", "corner")),
    source=COMPLETION,
    remarks=(Remark("razin-cohen-2x2"),),
)
