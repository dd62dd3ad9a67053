"""First crossings along enclosed flows: enclosed in time, shown not to come, or not decided.

What belongs to the kind: events in escapes after long plateaus, values that are approached and
never reached, values that are touched, a start on the value, quantities that are not defined.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction as F
from functools import cache
from typing import Any

import mpmath
import pytest

from tests.flows_that_are_stiff import approach, three_layers
from verify.exact.errors import BadInput
from verify.integrate.enclosure import Enclosure, Unenclosed
from verify.integrate.stiff.crossing import crossing
from verify.integrate.stiff.engine import Stiff
from verify.integrate.stiff.validated import StiffValidated
from verify.integrate.system import Quantity, System

QUANTITIES: dict[str, Quantity] = {
    "x": lambda x, m: x[0],
    "gap": lambda x, m: (1 - x[0]).log(),
    "touches": lambda x, m: (x[0] - F(1, 2)) ** 2,
    "turns": lambda x, m: (x[0] - F(1, 2)) ** 2 - F(1, 100) + 0 * m.time,
    "pole": lambda x, m: 1 / (x[0] - F(1, 4)),
}


@cache
def settled(end: int, digits: int) -> Enclosure:
    system = replace(approach(), quantities=QUANTITIES)
    return StiffValidated().run(system, F(end), digits, samples=1)


def number(x: F) -> Any:
    return mpmath.mpf(x.numerator) / x.denominator


TIMES: dict[str, tuple[str, F, Callable[[], Any]]] = {
    "half": ("x", F(1, 2), lambda: mpmath.log(2)),
    "nearly all": ("x", 1 - F(1, 10**6), lambda: 6 * mpmath.log(10)),
    "a logarithm": ("gap", F(-7), lambda: mpmath.mpf(7)),
    "down first": ("turns", F(0), lambda: mpmath.log(mpmath.mpf(10) / 6)),
}


@pytest.mark.parametrize("name", TIMES)
def test_the_time_of_an_event_is_enclosed(name: str) -> None:
    quantity, value, time = TIMES[name]
    found = crossing(settled(20, 15), quantity, value)
    assert found is not None
    with mpmath.workdps(40):
        true = time()
        assert number(found.after) <= true <= number(found.until)
    assert found.until - found.after < F(1, 10**9)


def test_a_value_that_is_approached_is_never_reached() -> None:
    """x' = 1 - x: x < 1 until t = 50, where 1 - x is 2e-22. At t = 200 it is 1e-87, and 12 digits
    decide it up to t = 25 at least: from then on halves, without end, are as undecided.
    """
    assert crossing(settled(50, 24), "x", F(1)) is None
    assert crossing(settled(50, 24), "x", F(2)) is None
    with pytest.raises(Unenclosed, match="not told") as stop:
        crossing(settled(200, 12), "x", F(1))
    assert 25 < stop.value.time < 200


@pytest.mark.parametrize("quantity", ("touches", "pole"))
def test_what_is_not_decided_says_when(quantity: str) -> None:
    with pytest.raises(Unenclosed) as stop:
        crossing(settled(20, 15), quantity, F(0))
    assert 0 <= stop.value.time <= F(7, 10)


def test_a_start_on_the_value_is_not_decided() -> None:
    with pytest.raises(Unenclosed, match="begins"):
        crossing(settled(20, 15), "x", F(0))


def test_an_unknown_name_is_bad_input() -> None:
    with pytest.raises(BadInput, match="choose"):
        crossing(settled(20, 15), "y", F(0))


def test_the_escape_after_a_plateau() -> None:
    """a b c crosses 1/2 once the three layers have grown from 10^-2; runs of more digits to both
    ends of the time are on the two sides.
    """
    quantities: dict[str, Quantity] = {"product": lambda x, m: x[0] * x[1] * x[2]}
    system: System = replace(three_layers(F(1, 100)), quantities=quantities)
    found = crossing(StiffValidated().run(system, F(10**4), 6, samples=1), "product", F(1, 2))
    assert found is not None and found.until - found.after < F(1, 10**3)
    products = []
    for end in (found.after, found.until):
        a, b, c = Stiff().run(system, end, 18, samples=1).states[-1].exact()[0]
        products.append(a * b * c)
    assert products[0] < F(1, 2) < products[1]
