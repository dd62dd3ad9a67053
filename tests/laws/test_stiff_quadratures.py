"""Integrals along enclosed flows, against what the fundamental theorem says they are.

What belongs to the kind: quantities with roots, quotients, exponentials, logarithms and the time;
plain time and log time; times at which the state's own radius is large.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F
from functools import cache
from typing import Any

import mpmath
import pytest

from tests.flows_that_are_stiff import approach, completion, drawn
from verify.exact.errors import BadInput
from verify.integrate.enclosure import Enclosure, Unenclosed
from verify.integrate.stiff.quadrature import integral
from verify.integrate.stiff.validated import StiffValidated
from verify.integrate.system import LOG, System, retimed


def last(found: Enclosure) -> list[F]:
    return [x for row in found.states[-1].exact() for x in row]


@pytest.mark.parametrize("seed", (4, 6, 12, 18, 23, 29))
def test_the_integral_of_a_slope_is_what_the_state_moved(seed: int) -> None:
    """For the first state of drawn flows that are given by their field."""
    system, end = drawn(seed)
    field = system.field
    assert field is not None
    slope = lambda x, m: field(x, m)[0]
    system = replace(system, quantities={"slope": slope})
    found = StiffValidated().run(system, min(end, F(1, 100)), 12, samples=1)
    whole = integral(found, "slope")
    moved = last(found)[0] - system.start[0]
    assert whole.times[-1] == found.times[-1]
    assert abs(whole.values[-1] - moved) <= whole.radii[-1] + found.radii[-1]
    assert whole.radii[-1] < F(1, 10**5)  # the slope's derivative is up to 10^6, the radius 10^-12


@pytest.mark.parametrize("clock", ("plain", "log"))
def test_what_is_left_of_an_exponential(clock: str) -> None:
    """x' = 1 - x: the integral of x over t is t - x; over s, with dt = e^s ds, that of x e^s."""
    weight = (lambda m: 1) if clock == "plain" else (lambda m: m.rate)
    quantities = {"mass": lambda x, m: x[0] * weight(m)}
    system = replace(approach(), quantities=quantities)
    if clock == "log":
        system = retimed(replace(system, quantities={}), LOG)
        system = replace(system, quantities=quantities)
    end = F(40) if clock == "plain" else F(3)
    found = StiffValidated().run(system, end, 20, samples=1)
    whole = integral(found, "mass")
    with mpmath.workdps(40):
        number = lambda x: mpmath.mpf(x.numerator) / x.denominator
        time = number(end) if clock == "plain" else mpmath.expm1(number(end))
        true = time - 1 + mpmath.exp(-time)
        assert abs(number(whole.values[-1]) - true) <= number(whole.radii[-1])
        assert whole.radii[-1] < F(1, 10**19)


@cache
def completed(end: int, digits: int) -> Enclosure:
    quantities = {"w22": lambda x, m: x[2] ** 2 + x[3] ** 2}
    system = replace(completion(F(1, 10)), quantities=quantities)
    return StiffValidated().run(system, F(end), digits, samples=1)


def test_the_logarithm_of_the_determinant_of_a_completion() -> None:
    """(log det W)' = -2 w22, W = U U^T: at t = 20 against the determinant itself."""
    found = completed(20, 20)
    whole = integral(found, "w22")
    with mpmath.workdps(40):
        a, b, c, d = found.states[-1].mpf()[0]
        own = mpmath.log((a * d - b * c) ** 2) - mpmath.log(mpmath.mpf(10) ** -4)
        value = mpmath.mpf(whole.values[-1].numerator) / whole.values[-1].denominator
        assert abs(own + 2 * value) < mpmath.mpf(10) ** -17
        assert whole.radii[-1] < F(1, 10**19)


def test_the_determinant_at_late_times_follows_its_law() -> None:
    """At t = 10^9 log det W is within 10^-4 (relative) of -3 6^(-1/3) t^(2/3), where the
    determinant itself is e^(-1.6 10^6).
    """
    whole = integral(completed(10**9, 5), "w22")
    with mpmath.workdps(30):
        value = mpmath.mpf(whole.values[-1].numerator) / whole.values[-1].denominator
        law = -3 * mpmath.mpf(10) ** 6 / mpmath.cbrt(6)
        assert abs((mpmath.log(mpmath.mpf(10) ** -4) - 2 * value) / law - 1) < 1e-4
    assert whole.radii[-1] < F(1, 10)


def test_what_is_refused() -> None:
    half: Any = lambda x, m: 1 / (x[0] - F(1, 2))
    system = replace(approach(), quantities={"pole": half})
    found = StiffValidated().run(system, F(2), 10, samples=1)
    with pytest.raises(Unenclosed, match="pole"):
        integral(found, "pole")
    with pytest.raises(BadInput, match="choose"):
        integral(found, "other")


def test_a_constant_is_the_time() -> None:
    system = System("rest", ("x",), (F(1),), lambda x, m: [-x[0]], quantities={"1": lambda x, m: 1})
    found = integral(StiffValidated().run(system, F(7, 3), 10, samples=1), "1")
    assert abs(found.values[-1] - F(7, 3)) <= found.radii[-1] < F(1, 10**30)
