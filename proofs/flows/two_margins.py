"""Exponential loss of f_1 = u^2 + v^2 and f_2 = 2 u^2 + v^2, in the clock int exp(-f_1) dt."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from proofs.flows.powers import Powers
from proofs.flows.samples import pulled, relative
from verify.integrate.system import Moment, Scalar, System

ROWS = [[Fraction(1), Fraction(1)], [Fraction(2), Fraction(1)]]


def two_margins() -> System:
    """In p = log u and q = log v, which stay small, from u = v = 1."""
    model = Powers(2, 2)

    def field(x: Sequence[Scalar], moment: Moment) -> list[Scalar]:
        weights = [v.exp() for v in x]
        terms = relative(ROWS, model.output(weights, moment.number), moment)
        moved = model.moved(weights, pulled(ROWS, terms), moment.number)
        return [slope / w for slope, w in zip(moved, weights, strict=True)]

    quantities = {"u/v": lambda x, moment: (x[0] - x[1]).exp()}
    names, zero = ("p", "q"), (Fraction(0), Fraction(0))
    return System("two margins of degree two", names, zero, field, quantities=quantities)
