"""Enclosures in other clocks agree with those in plain time, and with closed forms."""

from __future__ import annotations

from fractions import Fraction as F

import mpmath
import pytest

from verify.exact.errors import BadInput
from verify.integrate.system import LOG, Clock, Moment, System, retimed
from verify.integrate.validated import Validated


def decay(reads_rate: bool) -> System:
    """x' = -x^2, x = 1/(1 + t): in the clock s = log(1 + t) it is e^(-s)."""

    def field(x, moment: Moment):
        return [-(x[0] ** 2) * moment.rate] if reads_rate else [-(x[0] ** 2)]

    return System("x' = -x^2", ("x",), (F(1),), field=field)


@pytest.mark.parametrize("reads_rate", [False, True])
@pytest.mark.parametrize("horizon", [F(1), F(23, 3), F(46)])
def test_log_time_encloses_the_closed_form(reads_rate: bool, horizon: F) -> None:
    found = Validated().run(retimed(decay(reads_rate), LOG), horizon, 25, samples=4)
    with mpmath.workdps(60):
        for s, state, radius in zip(found.times, found.states, found.radii, strict=True):
            true = mpmath.exp(-mpmath.mpf(s.numerator) / s.denominator)
            x = state.exact()[0][0]
            assert (
                abs(mpmath.mpf(x.numerator) / x.denominator - true)
                <= mpmath.mpf(radius.numerator) / radius.denominator
            )
            assert radius <= F(1, 10**25)


def test_a_clock_of_the_state_carries_its_time_along() -> None:
    """dt/ds = 1/x^2 for x' = -x^2: x = 1 - s, t = s/(1 - s); time is one more state."""
    own = Clock("own", "s", rate=lambda x, s: x[0] ** -2)
    found = Validated().run(retimed(decay(True), own), F(1, 2), 30, samples=2)
    for s, state, radius in zip(found.times, found.states, found.radii, strict=True):
        (x,), (t,) = state.exact()
        assert abs(x - (1 - s)) <= radius and abs(t - s / (1 - s)) <= radius < F(1, 10**30) * 2


def test_only_one_change_of_time() -> None:
    with pytest.raises(BadInput, match="its clock is log already"):
        retimed(retimed(decay(True), LOG), LOG)
