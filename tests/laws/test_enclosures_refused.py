"""Where there is no enclosure, the answer is a refusal that names the time; requests that mean
nothing are bad input.
"""

from __future__ import annotations

from fractions import Fraction as F

import mpmath
import pytest
from mpmath import mpf

from verify.exact.errors import BadInput
from verify.integrate.balls import PlainBalls
from verify.integrate.base import FlowStopped
from verify.integrate.system import System
from verify.integrate.validated import Validated

ENGINES = [Validated(), PlainBalls()]


def flow(start, field) -> System:
    return System("flow", ("x",), (F(start),), field=field)


DECAY = flow(1, lambda x, m: [-x[0]])


@pytest.mark.parametrize("engine", ENGINES, ids=lambda e: e.name)
@pytest.mark.parametrize("digits", [1, 10, 20])
def test_blow_up_is_named_with_its_time(engine, digits):
    with pytest.raises(FlowStopped) as caught:
        engine.run(flow(1, lambda x, m: [x[0] ** 2]), F(2), digits, samples=1)
    assert F(1, 4) < caught.value.time <= 1
    assert " at t = " in str(caught.value) and "the solution ends" not in str(caught.value)


@pytest.mark.parametrize("engine", ENGINES, ids=lambda e: e.name)
@pytest.mark.parametrize(
    "field",
    [
        lambda x, m: [1 / x[0]],
        lambda x, m: [x[0].log()],
        lambda x, m: [x[0].power(F(-1, 2))],
        lambda x, m: [x[0].power(F(1, 2))],
    ],
)
def test_a_start_on_a_singularity(engine, field):
    with pytest.raises(FlowStopped) as caught:
        engine.run(flow(0, field), F(1), 10, samples=1)
    assert caught.value.time == 0


@pytest.mark.parametrize("engine", ENGINES, ids=lambda e: e.name)
@pytest.mark.parametrize(
    "start, field, singular",
    [
        (
            1,
            lambda x, m: [-(x[0].power(F(1, 2)))],
            F(2),
        ),  # arrives at 0, where the root is not smooth
        (1, lambda x, m: [-1 + x[0].log() * 0 - x[0].log()], None),  # rests at 1/e: no refusal
        (1, lambda x, m: [-1 / x[0]], F(1, 2)),
        (1, lambda x, m: [1 / (1 - m.time) + x[0] * 0], F(1)),  # a pole of the clock alone
        (1, lambda x, m: [(1 - m.time).power(F(1, 2))], F(1)),
        (2, lambda x, m: [x[0] - 2 + 1 / (x[0] - m.time)], None),
    ],
)
def test_domains_that_are_left(engine, start, field, singular):
    """Followed up to the singularity at most; short of it there is an answer."""
    if singular is None:
        assert engine.run(flow(start, field), F(1), 8, samples=1).times[-1] == 1
        return
    with pytest.raises(FlowStopped) as caught:
        engine.run(flow(start, field), singular * F(3, 2), 8, samples=1)
    assert caught.value.time <= singular
    assert engine.run(flow(start, field), singular / 2, 8, samples=1).times[-1] == singular / 2


def test_a_loss_that_is_not_smooth_on_the_path():
    """J = sqrt((x - 1)^2) = |x - 1| from 3: the flow arrives at the corner at t = 2."""
    corner = System("corner", ("x",), (F(3),), loss=lambda x, m: ((x[0] - 1) ** 2).power(F(1, 2)))
    assert abs(
        Validated().run(corner, F(3, 2), 10, samples=1).states[-1].exact()[0][0] - F(3, 2)
    ) < F(1, 10**9)
    with pytest.raises(FlowStopped) as caught:
        Validated().run(corner, F(3), 10, samples=1)
    assert 0 < caught.value.time <= 2


@pytest.mark.parametrize("rate, horizon", [(10**3, F(1)), (10**6, F(1, 200))])
def test_a_stiff_flow(rate, horizon):
    """x' = -rate (x - 1): enclosed in steps of a few 1/rate; 10^6 to t = 1 is the same 200 times
    over.
    """
    stiff = flow(2, lambda x, m: [(x[0] - 1) * -rate])
    found = Validated().run(stiff, horizon, 3, samples=4)
    with mpmath.workdps(2500):
        for time, state, radius in zip(found.times, found.states, found.radii, strict=True):
            true = 1 + mpmath.exp(-rate * mpf(time.numerator) / time.denominator)
            x = state.exact()[0][0]
            assert (
                abs(true - mpf(x.numerator) / x.denominator)
                <= mpf(radius.numerator) / radius.denominator
            )


@pytest.mark.parametrize("engine", ENGINES, ids=lambda e: e.name)
def test_one_digit(engine):
    found = engine.run(DECAY, F(1), 1, samples=1)
    x = found.centres[-1][0] if hasattr(found, "centres") else found.states[-1].exact()[0][0]
    assert found.radii[-1] <= F(1, 10)
    assert abs(x - F(36788, 100000)) <= found.radii[-1] + F(1, 10**5)


@pytest.mark.parametrize("engine", ENGINES, ids=lambda e: e.name)
@pytest.mark.parametrize(
    "horizon, digits, samples, named",
    [
        (F(1), 10**6, 1, "digits"),
        (F(1), 0, 1, "digits"),
        (F(1), -3, 1, "digits"),
        (F(1), 10.0, 1, "digits"),
        (F(1), True, 1, "digits"),
        (F(0), 10, 1, "horizon"),
        (F(-1), 10, 1, "horizon"),
        (1.0, 10, 1, "horizon"),
        (float("inf"), 10, 1, "horizon"),
        (float("nan"), 10, 1, "horizon"),
        ("1", 10, 1, "horizon"),
        (F(1), 10, 0, "samples"),
        (F(1), 10, 1.5, "samples"),
    ],
)
def test_requests_that_mean_nothing(engine, horizon, digits, samples, named):
    with pytest.raises(BadInput, match=named):
        engine.run(DECAY, horizon, digits, samples=samples)


@pytest.mark.parametrize(
    "start, digits", [(10**300, 310), (10**400, 410), (F(1, 10**400), 10), (-(10**400), 410)]
)
def test_starts_beyond_doubles(start, digits):
    """Enclosed or refused, by either engine; what is enclosed is right. A certificate takes shorter
    ones (test_limits).
    """
    for engine in ENGINES:
        try:
            found = engine.run(flow(start, lambda x, m: [-x[0]]), F(1, 10), digits, samples=1)
        except FlowStopped:
            continue
        x = found.centres[-1][0] if hasattr(found, "centres") else found.states[-1].exact()[0][0]
        with mpmath.workdps(900):
            true = mpf(F(start).numerator) / F(start).denominator * mpmath.exp(mpf(-1) / 10)
            assert (
                abs(true - mpf(x.numerator) / x.denominator)
                <= mpf(found.radii[-1].numerator) / found.radii[-1].denominator
            )


def test_nothing_global_is_changed():
    """Neither the precision nor the length of python-flint's series, whatever comes of the run."""
    from flint import ctx

    before = ctx.prec, ctx.cap
    for engine in ENGINES:
        engine.run(DECAY, F(1), 30, samples=1)
        with pytest.raises(FlowStopped):
            engine.run(flow(1, lambda x, m: [x[0] ** 2]), F(2), 10, samples=1)
        assert (ctx.prec, ctx.cap) == before


@pytest.mark.parametrize("engine", ENGINES, ids=lambda e: e.name)
def test_progress_is_told(engine):
    seen: list[F] = []
    engine.run(DECAY, F(1), 10, samples=2, progress=seen.append)
    assert seen and seen[-1] == 1
