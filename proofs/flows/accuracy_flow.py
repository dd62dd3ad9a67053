"""Classification with beta = w_+^2 - w_-^2 from w_+ = w_- = alpha under exponential loss, in the
clock log(N/E), E = sum_n exp(-x_n.beta) over N samples: 0 at the start.

beta = 2 alpha^2 sinh(X^T nu), where nu_n' = 4 exp(-x_n.beta) in time. With p_n = exp(-x_n.beta)/E
and k = sum_i (X^T p)_i^2 2 alpha^2 cosh(X^T nu)_i, which is the rate of log(1/E) as nu moves by p,
nu' = p/k in this clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from verify.integrate.system import Moment, Quantity, Scalar, System

Row = Sequence[Fraction]


def at_accuracy(rows: Sequence[Row], scale: Fraction, largest: Fraction) -> System:
    """Quantities: the margin of each sample in the l1 norm, as a part of the ``largest``, and
    each coordinate by the margin of the first sample. ``scale``: alpha^2.
    """
    columns = [list(c) for c in zip(*rows, strict=True)]

    def field(x: Sequence[Scalar], moment: Moment) -> list[Scalar]:
        beta, speed = _beta(columns, scale, x)
        margins = [_dot(row, beta) for row in rows]
        weights = [(margins[0] - m).exp() for m in margins[1:]]
        total = _total(weights) + 1
        p = [1 / total, *(w / total for w in weights)]
        drive = [_dot(c, p) for c in columns]
        k = _total([s * v * v for s, v in zip(speed, drive, strict=True)])
        return [v / k for v in p]

    quantities = {
        **{f"x_{n}.beta/(|beta|_1 gamma)": _part(row, columns, scale, largest)
           for n, row in enumerate(rows, 1)},
        **{f"beta_{i}/x_1.beta": _entry(i - 1, rows[0], columns, scale)
           for i in range(1, len(columns) + 1)},
    }  # fmt: skip
    title = "classification in the clock of the accuracy"
    names = tuple(f"nu_{n}" for n in range(1, len(rows) + 1))
    return System(title, names, (Fraction(0),) * len(rows), field, quantities=quantities)


def _part(row: Row, columns: Sequence[Row], scale: Fraction, largest: Fraction) -> Quantity:
    def own(x: Sequence[Scalar], moment: Moment) -> Scalar:
        beta, _ = _beta(columns, scale, x)
        length = _total([(b * b).power(Fraction(1, 2)) for b in beta])
        return _dot(row, beta) / length / largest

    return own


def _entry(i: int, row: Row, columns: Sequence[Row], scale: Fraction) -> Quantity:
    def own(x: Sequence[Scalar], moment: Moment) -> Scalar:
        beta, _ = _beta(columns, scale, x)
        return beta[i] / _dot(row, beta)

    return own


def _beta(
    columns: Sequence[Row], scale: Fraction, nu: Sequence[Scalar]
) -> tuple[list[Scalar], list[Scalar]]:
    """beta, and 2 scale cosh(X^T nu)."""
    z = [_dot(c, nu) for c in columns]
    up, down = [v.exp() * scale for v in z], [(-v).exp() * scale for v in z]
    pairs = list(zip(up, down, strict=True))
    return [a - b for a, b in pairs], [a + b for a, b in pairs]


def _dot(a: Sequence, b: Sequence) -> Scalar:
    return _total([y * x if isinstance(x, Fraction) else x * y for x, y in zip(a, b, strict=True)])


def _total(terms: Sequence) -> Scalar:
    return sum(terms[1:], terms[0])
