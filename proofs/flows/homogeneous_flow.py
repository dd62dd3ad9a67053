"""Homogeneous networks under exponential loss E: one sample in the clock of its own margin, and
cubes of weights with several samples.

One sample of length 1 and f = |w|^L along it: q = |w|^L has q' = c q^a e^(-q), with c = L^2 and a =
2 - 2/L of the model, so that y = t q' follows dy/dq = 1 + y d(log q')/dq; y tends to 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from proofs.flows.powers import Powers
from proofs.flows.samples import EXPONENTIAL, MARGIN, forces, margins, pulled, total
from verify.integrate.system import Moment, Scalar, System
from verify.models.losses.base import partial
from verify.models.losses.calculus import value
from verify.terms.expr import log


def one_margin(order: int) -> System:
    """From q = 1 at t = 0; the clock is q - 1."""
    c, a = Powers(order, 1).speed()
    growth = partial(a * log(MARGIN) + log(-partial(EXPONENTIAL, MARGIN)), MARGIN)

    def field(x: Sequence[Scalar], moment: Moment) -> list[Scalar]:
        at = {MARGIN: moment.time + 1}
        return [total([x[0] * value(part, at, moment.number) for part in growth.args]) + 1]

    def constant(x: Sequence[Scalar], moment: Moment) -> Scalar:
        """L^2 E T log(T)^a: log T = q + log y - a log q - log c."""
        q = moment.time + 1
        later = x[0].log() - q.log() * a - moment.number(c).log()
        return x[0] * (later / q + 1).power(a)

    quantities = {"L^2 E T log(T)^(2 - 2/L)": constant}
    title = f"one sample, order {order}, in the clock of its margin"
    return System(title, ("y",), (Fraction(0),), field, quantities=quantities)


def cubes(rows: Sequence[Sequence[Fraction]], start: Sequence[Fraction]) -> System:
    """q_n = x_n.w^3 for each sample."""
    model = Powers(3, len(start))

    def parts(x: Sequence[Scalar], moment: Moment) -> tuple[list[Scalar], ...]:
        """Margins, the terms of E (each its own force), and -grad E."""
        q = margins(rows, model.output(x, moment.number))
        terms = forces(EXPONENTIAL, q, moment)
        return q, terms, model.moved(x, pulled(rows, terms), moment.number)

    def field(x: Sequence[Scalar], moment: Moment) -> list[Scalar]:
        return parts(x, moment)[2]

    def rate(x: Sequence[Scalar], moment: Moment) -> Scalar:
        """|grad E|^2/(E log(1/E)) - 9 sum q_n exp(-q_n)/|w|^2."""
        found, terms, slopes = parts(x, moment)
        loss, square = total(terms), total([v * v for v in x])
        pull = total([h * h for h in slopes]) / (loss * -(loss.log()))
        return pull - total([q * e for q, e in zip(found, terms, strict=True)]) * 9 / square

    names = tuple(f"w_{i}" for i in range(1, len(start) + 1))
    quantities = {"the rate of log(smoothed margin)": rate}
    title = "cubes of weights, exponential loss"
    return System(title, names, tuple(start), field, quantities=quantities)
