"""Homogeneous networks under exponential loss E: one sample in the clock of its own margin, and
cubes of weights with several samples.

One sample of length 1 and f = |w|^L along it: q = |w|^L has q' = L^2 q^a e^(-q), a = 2 - 2/L, so
that y = L^2 t q^a e^(-q) follows dy/dq = 1 - y + a y/q; y tends to 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from verify.integrate.system import Moment, Scalar, System


def one_margin(order: int) -> System:
    """From q = 1 at t = 0; the clock is q - 1."""
    a = 2 - Fraction(2, order)

    def field(x: Sequence[Scalar], moment: Moment) -> list[Scalar]:
        return [1 - x[0] + x[0] * a / (moment.time + 1)]

    def constant(x: Sequence[Scalar], moment: Moment) -> Scalar:
        """L^2 E T log(T)^a: log T = q + log y - a log q - 2 log L."""
        q = moment.time + 1
        later = x[0].log() - q.log() * a - moment.number(Fraction(order**2)).log()
        return x[0] * (later / q + 1).power(a)

    quantities = {"L^2 E T log(T)^(2 - 2/L)": constant}
    title = f"one sample, order {order}, in the clock of its margin"
    return System(title, ("y",), (Fraction(0),), field, quantities=quantities)


def cubes(rows: Sequence[Sequence[Fraction]], start: Sequence[Fraction]) -> System:
    """q_n = x_n.w^3 for each sample."""
    columns = [list(c) for c in zip(*rows, strict=True)]

    def parts(x: Sequence[Scalar]) -> tuple[list[Scalar], list[Scalar], list[Scalar]]:
        """Margins, the terms of E, and -grad E."""
        powers = [v**3 for v in x]
        margins = [_dot(row, powers) for row in rows]
        terms = [(-q).exp() for q in margins]
        slopes = [v**2 * 3 * _dot(c, terms) for v, c in zip(x, columns, strict=True)]
        return margins, terms, slopes

    def field(x: Sequence[Scalar], moment: Moment) -> list[Scalar]:
        return parts(x)[2]

    def rate(x: Sequence[Scalar], moment: Moment) -> Scalar:
        """|grad E|^2/(E log(1/E)) - 9 sum q_n exp(-q_n)/|w|^2."""
        margins, terms, slopes = parts(x)
        loss, square = _total(terms), _total([v * v for v in x])
        pull = _total([h * h for h in slopes]) / (loss * -(loss.log()))
        return pull - _total([q * e for q, e in zip(margins, terms, strict=True)]) * 9 / square

    names = tuple(f"w_{i}" for i in range(1, len(columns) + 1))
    quantities = {"the rate of log(smoothed margin)": rate}
    title = "cubes of weights, exponential loss"
    return System(title, names, tuple(start), field, quantities=quantities)


def _dot(a: Sequence, b: Sequence) -> Scalar:
    return _total([y * x if isinstance(x, Fraction) else x * y for x, y in zip(a, b, strict=True)])


def _total(terms: Sequence) -> Scalar:
    return sum(terms[1:], terms[0])
