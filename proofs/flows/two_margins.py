"""Exponential loss of f_1 = u^2 + v^2 and f_2 = 2 u^2 + v^2, in the clock int exp(-f_1) dt: u' = 2
u + 4 u exp(-u^2), v' = 2 v + 2 v exp(-u^2).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from verify.integrate.system import Moment, Scalar, System


def two_margins() -> System:
    """In p = log u and q = log v, which stay small, from u = v = 1."""

    def field(x: Sequence[Scalar], moment: Moment) -> list[Scalar]:
        weight = (-(x[0] * 2).exp()).exp()
        return [weight * 4 + 2, weight * 2 + 2]

    quantities = {"u/v": lambda x, moment: (x[0] - x[1]).exp()}
    names, zero = ("p", "q"), (Fraction(0), Fraction(0))
    return System("two margins of degree two", names, zero, field, quantities=quantities)
