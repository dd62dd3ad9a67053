"""The metric of two outputs beta = a w with a^2 = |w|^2 is no Hessian (hessian-metric); times
|b|^(1/2), a change of time, it is the Hessian of (2/3) |b|^(3/2).
"""

from proofs.bias.hessian_metric import LENGTH, PLANE, A, C, H, R, metric
from proofs.bias.sources import OF_LECTURES
from verify.claims.claim import Claim, Remark
from verify.claims.conclusions.equals import Equals
from verify.models.formulas import Formulas, Let, Root, partial
from verify.terms.expr import const

S, Q = const("s"), const("Q")
WARPED_TIME_CHANGE = Claim(
    id="warped-time-change",
    title="a balanced shared factor after a change of time: the Hessian of the power three halves",
    setting=Formulas(
        "the metric times s = |beta|^(1/2)",
        PLANE,
        (LENGTH, Root("s", R), *metric(S), Let("Q", 2 * R * S / 3)),
        points=({"x": 15, "y": 20},),
    ),
    assuming=(),
    concluding={
        "first": Equals(partial("x", partial("x", Q)), A),
        "mixed": Equals(partial("x", partial("y", Q)), H),
        "second": Equals(partial("y", partial("y", Q)), C),
    },
    source=OF_LECTURES,
    remarks=(Remark("warped-shared-factor"),),
)
