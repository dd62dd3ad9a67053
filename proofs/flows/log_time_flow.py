"""Gradient flow of exponential loss sum_n exp(-x_n.w) in the clock tau = log t: w = tau w^ + rho.

With w^ the separator of least length with every x_n.w^ >= 1

    rho' = sum_n exp(-x_n.rho - (x_n.w^ - 1) tau) x_n - w^.

Support vectors, x_n.w^ = 1, leave no tau. rho stays where w goes to infinity, and so log t = 10^6
can be reached: t = e^(10^6).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from verify.integrate.system import Moment, Quantity, Scalar, System

Row = Sequence[Fraction]


def log_time(
    rows: Sequence[Row],
    separator: Row,
    start: Row,
    logistic: bool = False,
    wrong: Row | None = None,
) -> System:
    """In the plane; ``start``: rho at tau = 0, where t = 1 and w = rho. ``logistic``: of the loss
    sum_n log(1 + exp(-x_n.w)), for exp(-z) then exp(-z)/(1 + exp(-x_n.rho - x_n.w^ tau)).
    ``wrong``: a sample that is held out and on the wrong side, z.w^ < 0; with it the losses.
    """
    gaps = [_dot(row, separator) - 1 for row in rows]
    near = [row for row, gap in zip(rows, gaps, strict=True) if not gap]

    def field(x: Sequence[Scalar], moment: Moment) -> list[Scalar]:
        slopes = [-_dot(row, x) for row in rows]
        forces = [
            (z - moment.time * gap if gap else z).exp() for z, gap in zip(slopes, gaps, strict=True)
        ]
        if logistic:
            wholes = [
                (z - moment.time * (gap + 1)).exp() for z, gap in zip(slopes, gaps, strict=True)
            ]
            forces = [a / (b + 1) for a, b in zip(forces, wholes, strict=True)]
        return [_dot([row[i] for row in rows], forces) - separator[i] for i in (0, 1)]

    quantities: dict[str, Quantity] = {
        "rho_1": lambda x, moment: x[0],
        "rho_2": lambda x, moment: x[1],
        "log(T)^2 (1 - cos)": _angle(separator),
    }
    for n, row in enumerate(near, 1):
        quantities[f"exp(-x_{n}.rho)"] = _weight(row)
        quantities[f"log(T) gap_{n}"] = _gap(row, separator)
    if wrong is not None:
        quantities |= _losses(rows, separator, gaps, wrong)
    title = f"gradient flow of {'logistic' if logistic else 'exponential'} loss in log time"
    return System(title, ("rho_1", "rho_2"), tuple(start), field, quantities=quantities)


def _losses(
    rows: Sequence[Row], separator: Row, gaps: Sequence[Fraction], wrong: Row
) -> dict[str, Quantity]:
    """T E, E the exponential loss; log(1 + exp(-z.w)), with z.w = z.rho - c tau, by log T."""
    behind = -_dot(wrong, separator)

    def own(x: Sequence[Scalar], moment: Moment) -> Scalar:
        first, *rest = (
            (-_dot(row, x) - moment.time * gap).exp() if gap else (-_dot(row, x)).exp()
            for row, gap in zip(rows, gaps, strict=True)
        )
        return sum(rest, first)

    def held_out(x: Sequence[Scalar], moment: Moment) -> Scalar:
        return (moment.time * behind - _dot(wrong, x)).softplus() / moment.time

    return {"T E": own, "log(1 + exp(-z.w))/log(T)": held_out}


def _weight(row: Row) -> Quantity:
    return lambda x, moment: (-_dot(row, x)).exp()


def _angle(separator: Row) -> Quantity:
    """tau^2 (1 - cos) = tau^2 sin^2/(1 + cos) of the angle between w and w^."""
    square = _dot(separator, separator)

    def own(x: Sequence[Scalar], moment: Moment) -> Scalar:
        far = _length(x, separator, moment)
        across = moment.time * (x[1] * separator[0] - x[0] * separator[1]) / far
        cosine = (_dot(separator, x) + moment.time * square) / far
        return across**2 / square / (cosine * _least(separator, moment) + 1)

    return own


def _gap(row: Row, separator: Row) -> Quantity:
    """tau (1/|w^| - row.w/|w|): the largest margin less that of a support vector."""

    def own(x: Sequence[Scalar], moment: Moment) -> Scalar:
        margin = (moment.time + _dot(row, x)) / _length(x, separator, moment)
        return moment.time * (_least(separator, moment) - margin)

    return own


def _length(x: Sequence[Scalar], separator: Row, moment: Moment) -> Scalar:
    """|w|."""
    along = _dot(separator, x) * 2 + moment.time * _dot(separator, separator)
    return (moment.time * along + x[0] ** 2 + x[1] ** 2).power(Fraction(1, 2))


def _least(separator: Row, moment: Moment) -> Scalar:
    """1/|w^|."""
    return moment.number(1 / _dot(separator, separator)).power(Fraction(1, 2))


def _dot(a: Sequence, b: Sequence) -> Scalar:
    """Exact numbers stand behind what is traced."""
    first, *rest = (y * x if isinstance(x, Fraction) else x * y for x, y in zip(a, b, strict=True))
    return sum(rest, first)
