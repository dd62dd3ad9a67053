"""Losses of samples: sum_n l(q_n), q_n = x_n.beta the margins of an output beta, of one function l.
Their force -grad J at the output is X^T f with f_n = -l'(q_n), differentiated here.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from verify.integrate.system import Moment, Scalar
from verify.models.losses.base import partial
from verify.models.losses.calculus import value
from verify.terms.expr import Expr, exp, log, w

Row = Sequence[Fraction]
MARGIN = w[1]
EXPONENTIAL, LOGISTIC = exp(-MARGIN), log(1 + exp(-MARGIN))


def forces(loss: Expr, margins: Sequence[Scalar], moment: Moment) -> list[Scalar]:
    """-l'(q_n) dt/ds for each sample, s the clock."""
    slope = partial(loss, MARGIN)
    return [-(value(slope, {MARGIN: q}, moment.number) * moment.rate) for q in margins]


def relative(rows: Sequence[Row], output: Sequence[Scalar], moment: Moment) -> list[Scalar]:
    """Of exponential loss, the forces over that of the first sample, exp(q_1 - q_n): those at the
    margins of x_n - x_1.
    """
    others = [[a - b for a, b in zip(row, rows[0], strict=True)] for row in rows[1:]]
    return [moment.number(Fraction(1)), *forces(EXPONENTIAL, margins(others, output), moment)]


def margins(rows: Sequence[Row], output: Sequence[Scalar]) -> list[Scalar]:
    """X beta."""
    return [dot(row, output) for row in rows]


def pulled(rows: Sequence[Row], found: Sequence[Scalar]) -> list[Scalar]:
    """X^T f."""
    return [dot(column, found) for column in zip(*rows, strict=True)]


def dot(a: Sequence, b: Sequence) -> Scalar:
    """Exact numbers stand behind what is traced."""
    return total([y * x if isinstance(x, Fraction) else x * y for x, y in zip(a, b, strict=True)])


def total(terms: Sequence) -> Scalar:
    """Of at least one term."""
    return sum(terms[1:], terms[0])
