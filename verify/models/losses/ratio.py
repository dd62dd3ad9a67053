"""Rayleigh quotients of linear discriminant analysis, minimised, and their regularised forms.

For a vector w the trace ratio, the ratio trace and the log-det ratio are this quotient or its log.
Input-space regularisation changes a quadratic form and keeps degree 0; output-space regularisation
adds a constant and does not.
"""

from __future__ import annotations

from fractions import Fraction

from verify.models.losses.base import Family
from verify.terms.expr import Expr, const, lin, log, num, quad, w

B, W, N = quad("S_B"), quad("S_W"), quad("I")
_LAMBDA = {"lambda": Fraction(1, 10)}


def _always(expr: Expr):
    return lambda width: expr


RATIO = Family("ratio", "-(w'S_B w)/(w'S_W w)", _always(-B / W))
FISHER = Family("fisher", "-(m'w)^2/(w'S_W w)", _always(-(lin("m") ** 2) / W))
LOG_RATIO = Family("log-ratio", "-log((w'S_B w)/(w'S_W w))", _always(-log(B / W)))
TRACE_RATIO = Family("trace-ratio", "-tr(w'S_B w)/tr(w'S_W w)", _always(-B / W))
RATIO_TRACE = Family("ratio-trace", "-tr((w'S_W w)^-1 w'S_B w)", _always(-(W**-1) * B))
LOG_DET = Family("log-det", "-log det((w'S_W w)^-1 w'(S_B + S_W)w)", _always(-log(W**-1 * (B + W))))
INPUT = Family(
    "ratio-input-regularised",
    "-(w'S_B w)/(w'(S_W + lambda I)w)",
    _always(-B / (W + const("lambda") * N)),
    _LAMBDA,
)
OUTPUT = Family(
    "ratio-output-regularised",
    "-(w'S_B w)/(w'S_W w + lambda)",
    _always(-B / (W + const("lambda"))),
    _LAMBDA,
    see="quasi-norm-output-space",
)
FRACTION = Family(
    "fraction", "w_1/(w_1 + w_2)", _always(w[1] / (w[1] + w[2])), widths=(2, 10**9), drawn=True
)
DIAG_TRACE_RATIO = Family(
    "trace-ratio-diag",
    "-tr(D S_B D)/tr(D S_W D), D = diag(w)",
    _always(-quad("diag_B") / quad("diag_W")),
)
_STILL = "tr((D S_W D)^-1 D S_B D) = tr(S_W^-1 S_B) does not depend on w"
DIAG_RATIO_TRACE = Family(
    "ratio-trace-diag",
    "-tr((D S_W D)^-1 D S_B D), D = diag(w)",
    _always(num(-1)),
    still=_STILL,
    drawn=True,
)
DIAG_LOG_DET = Family(
    "log-det-diag",
    "-log det((D S_W D)^-1 D S_T D), D = diag(w)",
    _always(num(-1)),
    still="log det((D S_W D)^-1 D S_T D) = log det(S_W^-1 S_T) does not depend on w",
    drawn=True,
)


def _diag_output(width: int) -> Expr:
    """tr((D S_W D + lambda I)^-1 D S_B D) at width 2, with the fixed data S_W = [[2,1],[1,2]], S_B
    = [[1,1],[1,1]].
    """
    lam = const("lambda")
    a, b, c = 2 * w[1] ** 2 + lam, w[1] * w[2], 2 * w[2] ** 2 + lam
    top = c * w[1] ** 2 - 2 * b * w[1] * w[2] + a * w[2] ** 2
    return -top / (a * c - b**2)


DIAG_OUTPUT = Family(
    "ratio-trace-diag-output",
    "-tr((D S_W D + lambda I)^-1 D S_B D), D = diag(w), S_W = [[2,1],[1,2]], S_B = [[1,1],[1,1]]",
    _diag_output,
    _LAMBDA,
    widths=(2, 2),
    drawn=True,
)
FAMILIES = (
    RATIO,
    FISHER,
    LOG_RATIO,
    TRACE_RATIO,
    RATIO_TRACE,
    LOG_DET,
    INPUT,
    OUTPUT,
    DIAG_TRACE_RATIO,
    DIAG_RATIO_TRACE,
    DIAG_LOG_DET,
    DIAG_OUTPUT,
    FRACTION,
)
