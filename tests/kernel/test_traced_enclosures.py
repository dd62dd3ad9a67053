"""Enclosures of the kernel's functions against values of another library, to 60 digits."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import mpmath
import pytest

from verify.kernel.traced.enclose import FUNCTIONS, RING

CASES: dict[str, tuple[str, Callable[..., object], tuple[float, float]]] = {
    "exp": ("exp", mpmath.exp, (-40, 40)),
    "erf": ("erf", mpmath.erf, (-7, 7)),
    "log": ("log", mpmath.log, (0.001, 700)),
    "sqrt": ("sqrt", mpmath.sqrt, (0.001, 700)),
    "1/x": ("inv", lambda x: 1 / x, (0.01, 700)),
    "1/-x": ("inv", lambda x: 1 / x, (-700, -0.01)),
}
FINE = Fraction(1, 10**14)


def holds(found: Any, true: Any) -> bool:
    """Whether a number of 60 digits lies between."""
    low, high = (mpmath.mpf(str(x)) for x in found)
    return bool(low <= true <= high)


def wide(x: Fraction, by: Fraction) -> Any:
    return RING.number(x - by)[0], RING.number(x + by)[1]


@pytest.mark.parametrize("name", CASES)
def test_the_value_lies_between(name: str) -> None:
    """At random fractions, and of intervals that hold them."""
    kind, theirs, ends = CASES[name]
    ours, random = FUNCTIONS[kind], Random(name)
    with mpmath.workdps(60):
        for _ in range(60):
            x = Fraction(random.uniform(*ends)).limit_denominator(10**6)
            true = theirs(mpmath.mpf(x.numerator) / x.denominator)
            low, high = ours(RING.number(x))
            assert holds((low, high), true)
            assert Fraction(high) - Fraction(low) < FINE * max(1, abs(Fraction(high)))
            assert holds(ours(wide(x, FINE)), true)


def test_an_interval_holds_the_values_at_its_ends() -> None:
    """Of more than a point; what is 0 as a gate is shut is 0."""
    with mpmath.workdps(60):
        for name, theirs, (_, high) in CASES.values():
            x = Fraction(high) / 2
            found = FUNCTIONS[name](wide(x, abs(x) / 2))
            for y in (x / 2, x * 3 / 2):
                assert holds(found, theirs(mpmath.mpf(y.numerator) / y.denominator))
    assert holds(FUNCTIONS["exp"](None), 1) and holds(FUNCTIONS["erf"](None), 0)


def test_the_constant() -> None:
    with mpmath.workdps(60):
        assert holds(RING.constant, 2 / mpmath.sqrt(mpmath.pi))
    assert RING.constant[1] - RING.constant[0] < Decimal("1e-38")


def test_rounding_is_outwards() -> None:
    third, minus = RING.number(Fraction(1, 3)), RING.number(Fraction(-1, 3))
    bounds = lambda found, of: Fraction(found[0]) < of < Fraction(found[1])
    assert bounds(third, Fraction(1, 3)) and Fraction(third[1] - third[0]) < Fraction(1, 10**39)
    assert bounds(RING.times(third, minus), Fraction(-1, 9))
    assert bounds(RING.plus(third, RING.number(10**9)), Fraction(1, 3) + 10**9)
    assert bounds(RING.inverse(RING.number(7)), Fraction(1, 7))
    assert RING.times(third, None) is None and RING.plus(None, third) == third


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [("inv", -1, 1), ("inv", 0, 5), ("sqrt", 0, 5), ("sqrt", -5, 5), ("log", 0, 5), ("log", -2, -1),
     ("exp", 10**7, 10**7), ("inv", 0, 0)],
)  # fmt: skip
def test_what_is_not_enclosed(name: str, low: int, high: int) -> None:
    with pytest.raises(ArithmeticError):
        FUNCTIONS[name]((Decimal(low), Decimal(high)))
