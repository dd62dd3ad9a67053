"""Laws of rates along flows with known rates; each measurement must reject its near miss with the
same settings.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F
from math import log

import pytest

from tests.laws.completion import DET, FACTORS, REDUCED, SCALED, Radau
from verify.exact.errors import BadInput
from verify.integrate.base import FlowStopped
from verify.integrate.double import Double
from verify.integrate.system import LOG, System, retimed
from verify.integrate.taylor import Taylor
from verify.theories.measure.flow_values import along
from verify.theories.measure.late_slope import EXPONENTIAL, LOGARITHM, POWER, late_slope_along
from verify.theories.measure.limit_value import limit_value_along
from verify.theories.measure.orders import order_in_parameter
from verify.theories.measure.rates import judged

FIRST = {"x": lambda x, m: x[0]}
CUBIC = System(
    "cubic decay",
    ("x",),
    (F(1),),
    lambda x, m: [-(x[0] ** 3)],
    quantities=FIRST | {"1/x^2": lambda x, m: x[0] ** -2},
)
DECAY = System(
    "decay",
    ("x",),
    (F(1),),
    loss=lambda x, m: x[0] ** 2 / 2,
    quantities=FIRST | {"-x": lambda x, m: -x[0]},
)
#: errors of x are relative to the largest state, which stays 1: x sinks into them
BESIDE_ONE = System(
    "decay beside a constant",
    ("x", "z"),
    (F(1), F(1)),
    lambda x, m: [-x[0], 0 * x[1]],
    quantities=FIRST,
)
LOGISTIC = System(
    "one sample, logistic loss",
    ("x",),
    (F(0),),
    lambda x, m: [m.rate / (1 + x[0].exp())],
    quantities=FIRST,
)


# the derivative along the flow


def test_slopes_are_those_of_the_field():
    """x = (1 + 2 t)^(-1/2): (1/x^2)' = 2 exactly, and x' = -x^3, at every sample."""
    path = along(CUBIC, "1/x^2", F(50), 25, False, samples=5, more=5, engine=Taylor())
    for t, y, slope in zip(path.places, path.values, path.slopes, strict=True):
        assert abs(y - (1 + 2 * t)) < F(1, 10**24) and abs(slope - 2) < F(1, 10**24)
    path = along(CUBIC, "x", F(50), 25, False, samples=5, more=5, engine=Taylor())
    assert all(
        abs(slope + y**3) < F(1, 10**24) for y, slope in zip(path.values, path.slopes, strict=True)
    )


def test_slopes_in_the_log_clock_and_of_a_quantity_that_reads_the_clock():
    system = replace(CUBIC, quantities={"x^-2 - 2 t": lambda x, m: x[0] ** -2 - (m.time + 1) * 2})
    path = along(system, "x^-2 - 2 t", F(10**6), 25, True, samples=5, more=5, engine=Taylor())
    assert all(
        abs(y + 1) < F(1, 10**15) and abs(slope) < F(1, 10**15)
        for y, slope in zip(path.values, path.slopes, strict=True)
    )


def test_slopes_of_a_flow_that_is_given_by_its_loss():
    path = along(DECAY, "x", F(3), 25, False, samples=3, more=5, engine=Taylor())
    assert all(
        abs(slope + y) < F(1, 10**26) for y, slope in zip(path.values, path.slopes, strict=True)
    )


# known rates


@pytest.mark.parametrize("horizon", [10**2, 10**4, 10**10])
def test_cubic_decay_has_the_exponent_minus_one_half(horizon):
    rate = late_slope_along(CUBIC, "x", F(horizon), 20)
    assert (
        judged(
            rate, F(-1, 2), F(-2, 5), what="exponent of x", named="a tenth more", conclusion="decay"
        ).status
        == "agrees"
    )
    assert rate.rejects(F(-3, 5)) and rate.rejects(F(-1, 3))


@pytest.mark.parametrize("quantity", ["x", "-x"])
def test_linear_decay_has_the_rate_one(quantity):
    rate = late_slope_along(DECAY, quantity, F(40), 20, law=EXPONENTIAL)
    assert (
        judged(rate, 1, F(9, 10), what="rate of x", named="a tenth less", conclusion="decay").status
        == "agrees"
    )
    assert not late_slope_along(DECAY, quantity, F(40), 20, law=POWER).conclusive, (
        "an exponential is no power"
    )


@pytest.mark.parametrize("horizon", [10**4, 10**10, 10**30])
def test_the_margin_of_logistic_loss_grows_like_log_t(horizon):
    rate = late_slope_along(LOGISTIC, "x", F(horizon), 20, law=LOGARITHM)
    assert (
        judged(
            rate,
            1,
            F(11, 10),
            what="x per unit of log t",
            named="a tenth more",
            conclusion="margin",
        ).status
        == "agrees"
    )
    assert rate.rejects(F(9, 10))


def test_the_exponent_of_a_margin_that_grows_like_log_t_is_zero_and_no_small_power():
    rate = late_slope_along(LOGISTIC, "x", F(10) ** 30, 20)
    assert rate.agrees(0) and rate.rejects(F(1, 10)) and rate.uncertainty > 1e-3


# the noise floor


@pytest.mark.parametrize(("engine", "more"), [(Taylor(), 10), (Double(), 3)])
def test_a_quantity_that_sinks_into_the_errors_of_its_engine(engine, more):
    path = along(BESIDE_ONE, "x", F(60), 8, False, samples=24, more=more, engine=engine)
    assert abs(path.values[-1]) < path.floor, "e^-60 is far below what 8 digits beside 1 can show"
    rate = late_slope_along(
        BESIDE_ONE, "x", F(60), 8, law=EXPONENTIAL, samples=24, more=more, engine=engine
    )
    assert rate.agrees(1) and rate.rejects(F(9, 10)) and rate.rejects(F(11, 10))
    assert rate.window[1] < -log(rate.floor) < 30 and rate.points < 12


def test_three_digits_leave_no_rate():
    rate = late_slope_along(
        BESIDE_ONE, "x", F(60), 3, law=EXPONENTIAL, samples=24, more=2, engine=Double()
    )
    found = judged(rate, 1, F(9, 10), what="rate of x", named="a tenth less", conclusion="decay")
    assert found.status == "inconclusive" and "noise floor" in found.text


# the completion that collapses


def test_the_reduced_variables_are_those_of_the_factors():
    """W and det W from U V, entry by entry, against w11, w12, r with their own field."""
    wide, narrow = (Taylor().run(s, F(4), 25, samples=4) for s in (FACTORS, REDUCED))
    for factors, reduced in zip(wide.states, narrow.states, strict=True):
        (a, b), (c, d), (e, f), (g, h) = factors.exact()  # V = U^T is the first layer
        ((w11, w12, r),) = reduced.exact()
        assert abs(e * a + f * c - w11) < F(1, 10**22) and abs(e * b + f * d - w12) < F(1, 10**22)
        det = (a * d - b * c) * (e * h - f * g)
        assert log(det / DET) == pytest.approx(float(r), rel=1e-13, abs=1e-13)
    assert w12 > F(1, 10) and r < F(-1, 100), "the flow has moved"


def test_the_two_stiff_engines_of_the_tests_agree_where_both_can_go():
    by_taylor, by_radau = (
        e.run(retimed(REDUCED, LOG), F(4), d, samples=4).states[-1].exact()[0]
        for e, d in ((Taylor(), 15), (Radau(), 11))
    )
    assert all(
        float(a) == pytest.approx(float(b), rel=1e-8)
        for a, b in zip(by_taylor, by_radau, strict=True)
    )


@pytest.mark.parametrize(("horizon", "more_than"), [(10**6, 300), (10**8, 7000)])
def test_w11_grows_like_the_cube_root_of_six_t(horizon, more_than):
    rate = late_slope_along(REDUCED, "w11", F(horizon), 8, more=3, engine=Radau())
    say = {"what": "exponent of w11", "conclusion": "growth"}
    assert judged(rate, F(1, 3), F(1, 4), named="exponent 1/4", **say).status == "agrees"
    assert judged(rate, F(1, 3), F(35, 100), named="exponent 0.35", **say).status == "agrees"
    assert judged(rate, F(1, 4), F(1, 3), named="exponent 1/3", **say).status == "contradicts"
    assert 1e-8 < rate.floor < 1e-5
    constant = limit_value_along(SCALED, "w11/t^(1/3)", F(horizon), 8, more=3, engine=Radau())
    say = {"what": "constant of w11", "conclusion": "growth"}
    assert (
        judged(constant, 6 ** (1 / 3), 5 ** (1 / 3), named="5 in place of 6", **say).status
        == "agrees"
    )
    assert (
        judged(constant, 6 ** (1 / 3), 2 * 6 ** (1 / 3), named="twice as much", **say).status
        == "inconclusive"
    ), "far away"
    end = (
        Radau()
        .run(retimed(REDUCED, LOG), F(round(log(horizon) * 16), 16), 8, samples=1)
        .states[-1]
        .exact()[0]
    )
    assert -end[2] / log(10) > more_than, "det W is far below the smallest double"


def test_the_loss_and_w22_fall_with_their_exponents():
    for quantity, exponent, miss in (("w22", F(-1, 3), F(-1, 4)), ("J", F(-2, 3), F(-1, 2))):
        rate = late_slope_along(REDUCED, quantity, F(10**6), 8, more=3, engine=Radau())
        assert rate.agrees(exponent) and rate.rejects(miss)


def test_an_explicit_engine_reaches_early_times_only_and_there_the_near_miss_is_not_told_apart():
    rate = late_slope_along(REDUCED, "w11", F(200), 10)
    assert rate.agrees(F(1, 3)) and rate.rejects(F(1, 4)) and not rate.rejects(F(35, 100))


# orders of methods


def test_euler_has_order_one():
    def error(eta: F) -> float:
        x = 1.0
        for _ in range(round(1 / eta)):
            x -= float(eta) * x**3
        return abs(x - 3**-0.5)

    halved = [F(1, 8) / 2**k for k in range(8)]
    rate = order_in_parameter(halved, [error(eta) for eta in halved], 1e-14)
    assert (
        judged(
            rate,
            1,
            F(11, 10),
            what="order of Euler's method",
            named="a tenth more",
            conclusion="order",
        ).status
        == "agrees"
    )
    assert rate.rejects(2) and rate.rejects(F(9, 10))


# what is refused


def test_what_is_refused():
    with pytest.raises(BadInput, match="choose one of them"):
        late_slope_along(CUBIC, "y", F(10), 10)
    with pytest.raises(BadInput, match="clock"):
        late_slope_along(retimed(CUBIC, LOG), "x", F(10), 10, law=EXPONENTIAL)
    with pytest.raises(BadInput, match="law"):
        late_slope_along(CUBIC, "x", F(10), 10, law="gaussian")
    with pytest.raises(BadInput, match="more"):
        late_slope_along(CUBIC, "x", F(10), 10, more=0)
    hidden = replace(BESIDE_ONE, layout=(((0, 1),),))
    with pytest.raises(BadInput, match="layout"):
        late_slope_along(hidden, "x", F(10), 10)
    shifted = replace(CUBIC, quantities={"log(x - 1/2)": lambda x, m: (x[0] - F(1, 2)).log()})
    with pytest.raises(BadInput, match="not defined"):
        late_slope_along(shifted, "log(x - 1/2)", F(10), 10)
    with pytest.raises(FlowStopped):
        late_slope_along(
            System("blow-up", ("x",), (F(1),), lambda x, m: [x[0] ** 2], quantities=FIRST),
            "x",
            F(2),
            10,
        )
