"""Gradient flow of exponential loss sum_n exp(-x_n.w) in the clock tau = log t: w = tau w^ + rho.

w^ is the separator of least length with every x_n.w^ >= 1. The force of a sample times dt/dtau =
e^tau is exp(-x_n.rho - (x_n.w^ - 1) tau): support vectors, x_n.w^ = 1, leave no tau. rho' = dw/dtau
- w^ stays where w goes to infinity, and so log t = 10^6 can be reached: t = e^(10^6).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from proofs.flows.samples import EXPONENTIAL, LOGISTIC, Row, dot, forces, margins, pulled, total
from verify.integrate.system import Moment, Quantity, Scalar, System
from verify.models.driven import Driven


def log_time(
    rows: Sequence[Row],
    separator: Row,
    start: Row,
    logistic: bool = False,
    wrong: Row | None = None,
) -> System:
    """In the plane; ``start``: rho at tau = 0, where t = 1 and w = rho. ``logistic``: of the loss
    sum_n log(1 + exp(-x_n.w)). ``wrong``: a sample that is held out and on the wrong side, z.w^ <
    0; with it the losses.
    """
    model = Driven.of("diagonal", 1, 2)
    loss = LOGISTIC if logistic else EXPONENTIAL
    along = margins(rows, model.output(separator, Fraction))
    near = [row for row, rise in zip(rows, along, strict=True) if rise == 1]

    def own(x: Sequence[Scalar], moment: Moment) -> list[Scalar]:
        """x_n.w: phi is linear."""
        here = margins(rows, model.output(x, moment.number))
        return [q + moment.time * rise for q, rise in zip(here, along, strict=True)]

    def field(x: Sequence[Scalar], moment: Moment) -> list[Scalar]:
        terms = [f * moment.time.exp() for f in forces(loss, own(x, moment), moment)]
        moved = model.moved(x, pulled(rows, terms), moment.number)
        return [slope - a for slope, a in zip(moved, separator, strict=True)]

    quantities: dict[str, Quantity] = {
        "rho_1": lambda x, moment: x[0],
        "rho_2": lambda x, moment: x[1],
        "log(T)^2 (1 - cos)": _angle(separator),
    }
    for n, row in enumerate(near, 1):
        quantities[f"exp(-x_{n}.rho)"] = _weight(row)
        quantities[f"log(T) gap_{n}"] = _gap(row, separator)
    if wrong is not None:
        quantities |= _losses(own, separator, wrong)
    title = f"gradient flow of {'logistic' if logistic else 'exponential'} loss in log time"
    return System(title, ("rho_1", "rho_2"), tuple(start), field, quantities=quantities)


def _losses(
    own: Callable[[Sequence[Scalar], Moment], list[Scalar]], separator: Row, wrong: Row
) -> dict[str, Quantity]:
    """T E, E the exponential loss of the margins ``own``; log(1 + exp(-z.w)), with z.w = z.rho - c
    tau, by log T.
    """
    behind = -dot(wrong, separator)

    def whole(x: Sequence[Scalar], moment: Moment) -> Scalar:
        return total([(-q).exp() * moment.time.exp() for q in own(x, moment)])

    def held_out(x: Sequence[Scalar], moment: Moment) -> Scalar:
        return (moment.time * behind - dot(wrong, x)).softplus() / moment.time

    return {"T E": whole, "log(1 + exp(-z.w))/log(T)": held_out}


def _weight(row: Row) -> Quantity:
    return lambda x, moment: (-dot(row, x)).exp()


def _angle(separator: Row) -> Quantity:
    """tau^2 (1 - cos) = tau^2 sin^2/(1 + cos) of the angle between w and w^."""
    square = dot(separator, separator)

    def own(x: Sequence[Scalar], moment: Moment) -> Scalar:
        far = _length(x, separator, moment)
        across = moment.time * (x[1] * separator[0] - x[0] * separator[1]) / far
        cosine = (dot(separator, x) + moment.time * square) / far
        return across**2 / square / (cosine * _least(separator, moment) + 1)

    return own


def _gap(row: Row, separator: Row) -> Quantity:
    """tau (1/|w^| - row.w/|w|): the largest margin less that of a support vector."""

    def own(x: Sequence[Scalar], moment: Moment) -> Scalar:
        margin = (moment.time + dot(row, x)) / _length(x, separator, moment)
        return moment.time * (_least(separator, moment) - margin)

    return own


def _length(x: Sequence[Scalar], separator: Row, moment: Moment) -> Scalar:
    """|w|."""
    along = dot(separator, x) * 2 + moment.time * dot(separator, separator)
    return (moment.time * along + x[0] ** 2 + x[1] ** 2).power(Fraction(1, 2))


def _least(separator: Row, moment: Moment) -> Scalar:
    """1/|w^|."""
    return moment.number(1 / dot(separator, separator)).power(Fraction(1, 2))
