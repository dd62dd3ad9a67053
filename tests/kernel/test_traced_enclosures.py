"""Enclosures of the kernel's functions against values of another library, to 60 digits."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random

import mpmath
import pytest

from verify.kernel.traced.enclose import (
    UNIT,
    Between,
    Undecided,
    constant,
    divide,
    error,
    exponential,
    inverse,
    logarithm,
    multiply,
    number,
    root,
)

CASES: dict[
    str, tuple[Callable[[Between], Between], Callable[..., object], tuple[float, float]]
] = {
    "exp": (exponential, mpmath.exp, (-40, 40)),
    "erf": (error, mpmath.erf, (-7, 7)),
    "log": (logarithm, mpmath.log, (0.001, 700)),
    "sqrt": (root, mpmath.sqrt, (0.001, 700)),
    "1/x": (inverse, lambda x: 1 / x, (0.01, 700)),
    "1/-x": (inverse, lambda x: 1 / x, (-700, -0.01)),
}


@pytest.mark.parametrize("name", CASES)
def test_the_value_lies_between(name: str) -> None:
    """At random fractions, and of intervals that hold them."""
    ours, theirs, ends = CASES[name]
    random = Random(name)
    with mpmath.workdps(60):
        for _ in range(60):
            x = Fraction(random.uniform(*ends)).limit_denominator(10**6)
            true = theirs(mpmath.mpf(x.numerator) / x.denominator) * UNIT
            low, high = ours(number(x))
            assert low <= true <= high and high - low < UNIT >> 40
            wide = number(x)[0] - 5, number(x)[1] + 5
            assert ours(wide)[0] <= true <= ours(wide)[1]


def test_the_constant() -> None:
    with mpmath.workdps(60):
        true = 2 / mpmath.sqrt(mpmath.pi) * UNIT
        assert constant()[0] <= true <= constant()[1] and constant()[1] - constant()[0] < 5


def test_rounding_is_outwards() -> None:
    third = number(Fraction(1, 3))
    assert third[0] * 3 <= UNIT <= third[1] * 3 and third[1] - third[0] == 1
    square = multiply(third, number(Fraction(-1, 3)))
    assert square[0] * 9 <= -UNIT <= square[1] * 9
    assert divide((-1, 1), 2) == (-1, 1)


@pytest.mark.parametrize(
    ("function", "at"),
    [(inverse, (-1, 1)), (inverse, (0, 5)), (root, (0, 5)), (root, (-5, 5)),
     (exponential, (513 * UNIT, 513 * UNIT))],
)  # fmt: skip
def test_what_is_not_enclosed(function: Callable[[Between], Between], at: Between) -> None:
    with pytest.raises(Undecided):
        function(at)
