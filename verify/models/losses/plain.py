"""Losses that are not scale invariant: difference criterion, squared, logistic, norm, linear."""

from __future__ import annotations

from fractions import Fraction

from verify.models.losses.base import Family
from verify.terms.expr import Expr, const, exp, lin, log, num, quad, w

_SAMPLES = 3

DIFFERENCE = Family(
    "difference",
    "lambda w'S_W w - w'S_B w",
    lambda width: const("lambda") * quad("S_W") - quad("S_B"),
    {"lambda": Fraction(1, 2)},
    see="quasi-norm-degree-k",
)
SQUARED = Family(
    "squared", "(w'S_T w)/2 - m'w + 1/2", lambda width: quad("S_T") / 2 - lin("m") + Fraction(1, 2)
)
NORM = Family("norm", "|w|^2", lambda width: quad("I"))
LINEAR = Family("linear", "w_1", lambda width: w[1], drawn=True)
SHIFTED = Family("shifted", "|w|^2 + w_1", lambda width: quad("I") + w[1])


def _logistic(width: int) -> Expr:
    """sum_j log(1 + exp(-x_j'w)) over a few labelled samples (labels folded into x_j)."""
    result = num(0)
    for j in range(1, _SAMPLES + 1):
        result = result + log(1 + exp(-lin(f"x{j}")))
    return result


LOGISTIC = Family("logistic", "sum_j log(1 + exp(-x_j'w)), j = 1..3", _logistic, drawn=True)


def of_degree(degree: int) -> Family:
    """w_1^(d+1)/(w_1 + w_2), or w_1^d at width 1: homogeneous of any integer degree d."""
    text = f"w_1^{degree + 1}/(w_1 + w_2), or w_1^{degree} at width 1"
    return Family(
        f"degree-{degree}",
        text,
        lambda width: w[1] ** (degree + 1) / (w[1] + w[2]) if width > 1 else w[1] ** degree,
        drawn=True,
    )


FAMILIES = (DIFFERENCE, SQUARED, LOGISTIC, NORM, LINEAR, SHIFTED)
