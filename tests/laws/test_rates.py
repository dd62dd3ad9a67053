"""Laws of measured rates: planted laws with known exponents, planted noise floors, planted
logarithms, and what is refused.
"""

from __future__ import annotations

from fractions import Fraction as F
from math import exp, inf, isfinite, log, nan, sin

import pytest

from verify.exact.errors import BadInput
from verify.theories.measure.late_slope import EXPONENTIAL, LOGARITHM, POWER, late_slope
from verify.theories.measure.limit_value import limit_value
from verify.theories.measure.orders import order_in_parameter
from verify.theories.measure.rates import FAR, Rate, judged

GEOMETRIC = [F(10) * 2**k for k in range(14)]
EVEN = [F(k) for k in range(1, 15)]


def slope(y, law=POWER, noise=0.0) -> Rate:
    times = EVEN if law == EXPONENTIAL else GEOMETRIC
    return late_slope(times, [y(float(t)) for t in times], noise, law)


POWERS = {
    "pure": (lambda t: 3 * t**0.5, 0.5),
    "decay": (lambda t: t**-1.25, -1.25),
    "shifted": (lambda t: t + 5, 1),
    "two powers": (lambda t: t**0.5 * (1 + t**-0.7), 0.5),
    "cube root": (lambda t: (6 * t) ** (1 / 3) * (1 - 0.4 * t ** (-2 / 3)), 1 / 3),
    "many powers": (lambda t: (1 + 2 * t + t**1.5) ** 2, 3),
}


@pytest.mark.parametrize("name", POWERS)
def test_exponents_of_power_laws(name):
    y, a = POWERS[name]
    rate = slope(y)
    assert rate.agrees(a)
    assert rate.rejects(a + 0.1) and rate.rejects(a - 0.1)


LOGARITHMS = {
    "t log t": (lambda t: t * log(t), 1),
    "t / log^2 t": (lambda t: t / log(t) ** 2, 1),
    "sqrt(t) log t": (lambda t: t**0.5 * log(t), 0.5),
    "t log log t": (lambda t: t * log(log(t)), 1),
    "log t": (log, 0),
    "t log(1000 t)": (lambda t: t * log(1000 * t), 1),
}


@pytest.mark.parametrize("name", LOGARITHMS)
def test_a_factor_of_logarithms_widens_the_uncertainty_so_that_the_exponent_stays_inside(name):
    y, a = LOGARITHMS[name]
    rate = slope(y)
    assert rate.agrees(a)
    last = (log(y(float(GEOMETRIC[-1]))) - log(y(float(GEOMETRIC[-2])))) / log(2)
    assert not isfinite(rate.uncertainty) or rate.uncertainty > abs(last - a) / 4, (
        "as wide as what the logarithm does, up to a factor"
    )
    assert abs(last - a) > 0.01, "the last local slope alone would have missed it"


def test_t_log_t_is_not_mistaken_for_a_power_a_little_above_one():
    """A straight-line fit in log-log gives 1.15 with a correlation of 0.9999: confidently wrong."""
    rate = slope(lambda t: t * log(t))
    assert _fit([log(t) for t in GEOMETRIC], [log(t * log(t)) for t in GEOMETRIC]) == pytest.approx(
        1.16, abs=0.03
    )
    assert rate.rejects(1.16) and rate.agrees(1)


def test_rates_of_exponentials():
    assert slope(lambda t: 5 * exp(-t), EXPONENTIAL).agrees(1)
    rate = slope(lambda t: exp(-2 * t) * (1 + exp(-t)), EXPONENTIAL)
    assert rate.agrees(2) and rate.rejects(2.2) and rate.rejects(1.8)
    rate = slope(lambda t: t**2 * exp(-3 * t), EXPONENTIAL)
    assert rate.agrees(3) and rate.rejects(2.7) and rate.rejects(3.3)


def test_growth_like_a_logarithm():
    rate = slope(lambda t: 2 * log(t) + 7 + 3 / t, LOGARITHM)
    assert rate.agrees(2) and rate.rejects(1.9) and rate.rejects(2.1)


def test_a_fit_below_the_floor_is_off_by_half_and_looks_converged_ours_stops_above_it():
    times = [F(k) for k in range(2, 62, 2)]
    values = [exp(-t) + 1e-12 for t in times]
    blind = _fit([float(t) for t in times], [-log(y) for y in values])
    assert 0.2 < blind < 0.75, "what a fit of everything says; the rate is 1"
    unwarned = late_slope(times, values, 0.0, EXPONENTIAL)
    assert unwarned.agrees(0) and unwarned.rejects(1), (
        "the same data with the noise denied: the floor is measured, not the flow"
    )
    rate = late_slope(times, values, 2e-12, EXPONENTIAL)
    assert rate.agrees(1) and rate.rejects(0.9) and rate.rejects(1.1) and rate.rejects(blind)
    assert rate.floor == 2e-12 and rate.window[1] < log(1e12) and rate.points < len(times) / 2


def test_too_few_values_above_the_floor_give_no_rate():
    times = [F(k) for k in range(2, 62, 2)]
    rate = late_slope(times, [exp(-t) + 1e-4 for t in times], 2e-4, EXPONENTIAL)
    assert not rate.conclusive and rate.uncertainty == inf and "noise floor" in rate.reason
    assert not rate.agrees(1) and not rate.rejects(0.5)


def test_random_noise_of_the_stated_size_stays_inside():
    from random import Random

    random = Random(7)
    for a in (-0.5, 0.25, 1, 2):
        for size in (1e-3, 1e-6):
            values = [float(t) ** a * (1 + 0.3 / float(t)) for t in GEOMETRIC]
            noise = [size * y for y in values]
            rate = late_slope(
                GEOMETRIC,
                [y + random.uniform(-n, n) for y, n in zip(values, noise, strict=True)],
                noise,
            )
            assert rate.agrees(a)


@pytest.mark.parametrize(("family", "most"), [("powers", 0), ("logarithms", 0), ("both", 8)])
def test_how_often_the_true_exponent_is_outside_among_400_random_laws(family, most):
    """Noise of four sizes. What may be missed, once in 50, is a slow power that nearly cancels a
    logarithm.
    """
    from random import Random

    random, missed = Random(3), []
    for _ in range(400):
        a, b, e = random.uniform(-2, 2), random.uniform(-0.9, 0.9), random.uniform(-2, 2)
        b, e = b * (family != "logarithms"), e * (family != "powers")
        p, unit, size = (
            random.uniform(0.3, 1.5),
            10 ** random.uniform(-0.5, 3),
            random.choice([0, 1e-9, 1e-6, 1e-3]),
        )
        values = [float(t) ** a * log(unit * t) ** e * (1 + b * float(t) ** -p) for t in GEOMETRIC]
        noise = [size * y for y in values]
        rate = late_slope(
            GEOMETRIC,
            [y + random.uniform(-n, n) for y, n in zip(values, noise, strict=True)],
            noise,
        )
        assert not rate.contradicts(a)
        missed += [abs(rate.value - a) / rate.uncertainty] if rate.rejects(a) else []
    assert len(missed) <= most, missed


def test_oscillations_widen_the_uncertainty():
    """y = t (1 + A sin(w log t + p)): the local slope has no limit, the exponent of the envelope is
    1.
    """
    from random import Random

    random = Random(0)
    for _ in range(200):
        w, phase, size = random.uniform(0.3, 6), random.uniform(0, 6), random.uniform(0.01, 0.5)
        rate = slope(
            lambda t, w=w, phase=phase, size=size: t * (1 + size * sin(w * log(t) + phase))
        )
        assert not rate.rejects(1) and not rate.contradicts(1)


def test_a_crossover_that_has_begun_is_seen():
    """sqrt(t) + t/1000 has the exponent 1; within the window the local slopes climb ever faster."""
    rate = slope(lambda t: t**0.5 + 1e-3 * t)
    assert not rate.conclusive and "further apart" in rate.reason


def test_another_law_is_no_rate():
    assert not slope(lambda t: exp(t / 1e4)).conclusive
    assert "another law" in slope(lambda t: exp(t / 1e4)).reason
    assert not slope(lambda t: 3.0).conclusive and slope(lambda t: 3.0).reason == "nothing moved"


def _fit(x, y):
    """Least squares, all points alike: the naive slope."""
    mx, my = sum(x) / len(x), sum(y) / len(y)
    return sum((a - mx) * (b - my) for a, b in zip(x, y, strict=True)) / sum(
        (a - mx) ** 2 for a in x
    )


# limits


def test_limits_at_growing_horizons():
    powers = limit_value(GEOMETRIC, [2 + float(t) ** -0.5 for t in GEOMETRIC], 1e-15)
    assert powers.agrees(2) and powers.rejects(2.1) and powers.rejects(1.9)
    logs = limit_value(GEOMETRIC, [2 + 1 / log(t) for t in GEOMETRIC], 1e-15)
    assert logs.agrees(2) and logs.uncertainty > 0.02, "1/log t is still 0.09 at the last horizon"
    decays = limit_value(EVEN, [2 - 3 * exp(-t) for t in EVEN], 1e-15, "plain")
    assert decays.agrees(2) and decays.rejects(2.1) and decays.rejects(1.9)


def test_a_quantity_that_grows_has_no_limit():
    assert not limit_value(GEOMETRIC, [float(t) for t in GEOMETRIC], 0.0).conclusive
    growing = limit_value(GEOMETRIC, [log(t) for t in GEOMETRIC], 0.0)
    assert not growing.conclusive or growing.uncertainty > log(GEOMETRIC[-1])


# orders in a parameter

ORDERS = {
    "1": (lambda h: 3 * h * (1 + 2 * h), 1),
    "2": (lambda h: h * h * (1 - 5 * h + 7 * h * h), 2),
    "3/2": (lambda h: h**1.5 * (1 + h), 1.5),
    "1, half powers": (lambda h: h * (1 + h**0.5), 1),
    "4": (lambda h: 7 * h**4, 4),
}


@pytest.mark.parametrize("name", ORDERS)
@pytest.mark.parametrize("runs", [6, 7, 8, 10])
def test_orders_from_halved_parameters(name, runs):
    error, p = ORDERS[name]
    halved = [F(1, 32) / 2**k for k in range(runs)]
    rate = order_in_parameter(halved, [error(float(eta)) for eta in halved])
    assert rate.agrees(p)
    assert (rate.rejects(p + 0.1) and rate.rejects(p - 0.1)) or runs == 6, (
        "six runs agree with too much where C eta is large"
    )


def test_eta_log_eta_widens_the_order():
    halved = [F(1, 32) / 2**k for k in range(10)]
    rate = order_in_parameter(halved, [float(eta) * log(1 / eta) for eta in halved])
    assert rate.agrees(1) and rate.uncertainty > 0.05


def test_errors_that_sink_into_their_noise_are_refused():
    """The square of eta on a floor of 1e-9: local orders fall from 2 to 0 and settle there."""
    etas = [F(1, 4) / 2**k for k in range(24)]
    errors = [float(eta) ** 2 + 1e-9 for eta in etas]
    assert order_in_parameter(etas, errors).rejects(2), (
        "with the noise denied it measures the floor"
    )
    rate = order_in_parameter(etas, errors, 2e-9)
    assert rate.agrees(2) and rate.rejects(1.9) and rate.rejects(2.1)


# the record


def test_the_record_needs_both_the_agreement_and_the_rejection():
    rate = Rate(0.334, 0.002, 1e-9, 12, (1.0, 14.0), 3.0)
    say = {"what": "exponent of w11", "named": "exponent 1/4", "conclusion": "growth"}
    assert judged(rate, F(1, 3), F(1, 4), **say).status == "agrees"
    assert "rejected" in judged(rate, F(1, 3), F(1, 4), **say).text
    near = judged(rate, F(1, 3), 0.335, **say)
    assert (
        near.status == "inconclusive"
        and "NOT rejected" in near.text
        and "not told apart" in near.text
    )
    assert judged(rate, 0.5, F(1, 4), **say).status == "contradicts"
    assert judged(rate, 0.334 + 0.002 * (FAR - 1), F(1, 4), **say).status == "inconclusive"
    for nothing in (
        Rate(nan, inf, 0.0, 3, (1.0, 2.0), 1.0, "too few"),
        Rate(0.334, 0.002, 0.0, 9, (1.0, 2.0), 0.0, "nothing moved"),
    ):
        found = judged(nothing, F(1, 3), F(1, 4), **say)
        assert found.status == "inconclusive" and nothing.reason in found.text


def test_what_is_refused():
    rate = Rate(1.0, 0.1, 0.0, 9, (1.0, 2.0), 1.0)
    with pytest.raises(BadInput, match="near miss"):
        judged(rate, 1, 1.0, what="a", named="itself", conclusion="c")
    with pytest.raises(BadInput, match="near miss"):
        judged(rate, 1, 2, what="a", named="", conclusion="c")
    fine = [1.0] * 14
    for times, values, noise, law in (
        (EVEN, fine, 0.0, POWER),
        (GEOMETRIC, fine, 0.0, EXPONENTIAL),
        ([t + 1 for t in EVEN], fine, 0.0, LOGARITHM),
        (GEOMETRIC, fine[1:], 0.0, POWER),
        (GEOMETRIC, fine, [0.0], POWER),
        (GEOMETRIC, fine, -1.0, POWER),
        (GEOMETRIC, [nan, *fine[1:]], 0.0, POWER),
        (GEOMETRIC, fine, 0.0, "gaussian"),
        (GEOMETRIC[::-1], fine, 0.0, POWER),
    ):
        with pytest.raises(BadInput):
            late_slope(times, values, noise, law)
    with pytest.raises(BadInput):
        limit_value(EVEN, fine, 0.0, "log")
    with pytest.raises(BadInput):
        limit_value(GEOMETRIC, fine, 0.0, "sundial")
    for etas in ([F(1), F(1, 2)], [F(1, 2), F(1, 6)], [F(1, 2), F(-1, 4)]):
        with pytest.raises(BadInput):
            order_in_parameter(etas, [1.0, 0.5])
