"""Laws of the second engine: it agrees with the first, with closed forms, and it stops where flows
do.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from fractions import Fraction as F

import mpmath
import numpy as np
import pytest

from benchmarks.problems import p1, p2, p3, p4, p5
from verify.exact.errors import BadInput
from verify.integrate import batch, heyoka_engine, heyoka_ensemble
from verify.integrate.base import DOUBLE, HIGH_PRECISION, FlowStopped
from verify.integrate.heyoka_engine import Heyoka
from verify.integrate.heyoka_ensemble import ensemble
from verify.integrate.system import System
from verify.integrate.taylor import Taylor
from verify.integrate.trace import program


def _missing() -> bool:
    try:
        heyoka_engine.installed()
    except BadInput:
        return True
    return False


needs_heyoka = pytest.mark.skipif(
    _missing(), reason="the package heyoka is not installed (extra heyoka, Linux x86-64 only)"
)


def system(*start, field, **more) -> System:
    return System(
        "tested flow",
        tuple(f"x{j}" for j in range(len(start))),
        tuple(map(F, start)),
        field,
        **more,
    )


def logistic(x=F(1, 4), rate=F(1)) -> System:
    return system(x, field=lambda x, m: [x[0] * (1 - x[0]) * rate])


def rotation() -> System:
    return system(1, 0, field=lambda x, m: [-x[1], x[0]])


def flat(state) -> list[F]:
    return [x for row in state.exact() for x in row]


def gap(a, b) -> F:
    return max(abs(x - y) for x, y in zip(flat(a), flat(b), strict=True))


@needs_heyoka
@pytest.mark.parametrize(
    ("problem", "horizon"),
    [(p1, F(10)), (p2, F(1, 20)), (p3, F(1, 10)), (p4, F(1, 2)), (p5, F(47))],
)
def test_two_engines_agree_to_the_digits_asked(problem, horizon) -> None:
    flow = problem()
    first, second = (engine.run(flow, horizon, 30, samples=3) for engine in (Taylor(), Heyoka()))
    assert first.times == second.times and len(first.states) == len(second.states) == 4
    for a, b in zip(first.states, second.states, strict=True):
        assert gap(a, b) < max(map(abs, flat(a))) / 10**30


@needs_heyoka
@pytest.mark.parametrize("digits", [5, 12, 13, 40, 120])
def test_errors_on_an_isometry_are_what_the_run_says(digits) -> None:
    run = Heyoka().run(rotation(), F(20), digits, samples=4)
    with mpmath.workdps(digits + 30):
        for t, state in zip(run.times, run.states, strict=True):
            (x, y), t = state.mpf()[0], mpmath.mpf(t.numerator) / t.denominator
            said = (
                mpmath.mpf((run.truncation + 8 * run.rounding).numerator)
                / (run.truncation + 8 * run.rounding).denominator
            )
            assert max(abs(x - mpmath.cos(t)), abs(y - mpmath.sin(t))) <= said
    assert run.truncation <= run.steps * F(1001, 1000) / 10 ** (digits + 3)
    assert (run.engine, run.kind) == ("heyoka", DOUBLE if digits <= 12 else HIGH_PRECISION)


@needs_heyoka
def test_every_kind_of_node() -> None:
    def field(x, m):
        a, b, c = x
        return [
            (a * a + b * b).power(F(1, 2)) / c + m.time * (a * F(1, 3) + c + F(5, 11)),
            (a * F(1, 2)).exp() - (b + 3).log() * c.power(F(-3, 2)) + a * F(-5, 3) - b - c,
            m.number(F(1)),
        ]

    flow = system(F(1, 2), F(2, 3), F(5, 4), field=field)
    assert {node[0] for node in program(flow).nodes} >= {
        "state",
        "clock",
        "power",
        "exp",
        "log",
        "dot",
        "lin",
    }
    first, second = (engine.run(flow, F(1, 2), 40, samples=2) for engine in (Taylor(), Heyoka()))
    assert all(gap(a, b) < F(1, 10**40) for a, b in zip(first.states, second.states, strict=True))


@needs_heyoka
def test_numbers_reach_the_engine_in_full() -> None:
    """Starts, data, times: 1/3 and its like are no doubles. x' = a x from 1/3, to time 1/7, at 60
    digits.
    """
    a = F(-(10**20) - 1, 3 * 10**19)
    run = Heyoka().run(
        system(F(1, 3), F(10**25, 7), field=lambda x, m: [x[0] * a, x[1] * 0]),
        F(1, 7),
        60,
        samples=1,
    )
    assert run.times == (0, F(1, 7))
    (x0, big0), (x, big) = (flat(s) for s in run.states)
    assert (
        abs(x0 * 3 - 1) < F(1, 10**60) and abs(big * 7 / 10**25 - 1) < F(1, 10**60) and big == big0
    )
    with mpmath.workdps(90):
        wanted = mpmath.exp(mpmath.mpf(a.numerator) / a.denominator / 7) / 3
        assert abs(mpmath.mpf(x.numerator) / x.denominator - wanted) < mpmath.mpf(10) ** (
            25 - 60
        )  # of the largest state


@needs_heyoka
@pytest.mark.parametrize("size", [F(1, 10**400), F(1), F(10**400)])
@pytest.mark.parametrize("digits", [13, 30])
def test_small_states_keep_their_digits(size, digits) -> None:
    """x' = -x over ten powers of e^-10: the error is relative to the state, however small, also
    beyond the range of doubles.
    """
    run = Heyoka().run(system(size, field=lambda x, m: [-x[0]]), F(100), digits, samples=10)
    with mpmath.workdps(50):
        for t, state in zip(run.times, run.states, strict=True):
            x = flat(state)[0] / size
            assert abs(
                mpmath.mpf(x.numerator) / x.denominator * mpmath.exp(int(t)) - 1
            ) < run.steps * mpmath.mpf(10) ** -(digits + 3)


@needs_heyoka
def test_small_states_keep_their_digits_in_doubles() -> None:
    run = Heyoka().run(system(F(1, 10**50), field=lambda x, m: [-x[0]]), F(100), 9, samples=10)
    for t, state in zip(run.times, run.states, strict=True):
        assert abs(float(flat(state)[0]) * 1e50 * np.exp(float(t)) - 1) < run.steps * 1e-12


@needs_heyoka
def test_one_compilation_for_a_shape_and_no_number_stays_behind() -> None:
    heyoka_engine._compiled.cache_clear()
    for start, rate, horizon in [
        (F(1, 4), F(2), F(1)),
        (F(1, 5), F(3), F(2)),
        (F(1, 4), F(2), F(1)),
    ]:
        run = Heyoka().run(logistic(start, rate), horizon, 20, samples=2)
        wanted = Taylor().run(logistic(start, rate), horizon, 25, samples=2)
        assert all(gap(a, b) < F(1, 10**20) for a, b in zip(run.states, wanted.states, strict=True))
    assert heyoka_engine._compiled.cache_info().misses == 1
    Heyoka().run(rotation(), F(1), 20, samples=2)
    assert heyoka_engine._compiled.cache_info().misses == 2


@needs_heyoka
def test_shared_nodes_stay_shared() -> None:
    """Forty maps y -> y - y^2/2 in each other: written out, the field has 2^40 factors."""

    def field(x, m):
        y = x[0]
        for _ in range(40):
            y = y - y * y * F(1, 2)
        return [-y]

    flow = system(F(1, 2), field=field)
    first, second = (engine.run(flow, F(1), 20, samples=1) for engine in (Taylor(), Heyoka()))
    assert gap(first.states[-1], second.states[-1]) < F(1, 10**20)


@needs_heyoka
@pytest.mark.parametrize("digits", [10, 30])
@pytest.mark.parametrize(
    ("start", "field", "time"),
    [
        (F(1), lambda x, m: [x[0] ** 2], 1),
        (F(1), lambda x, m: [-x[0].power(F(-1))], F(1, 2)),
        (F(1), lambda x, m: [-x[0].power(F(-1, 2))], F(2, 3)),
        (F(0), lambda x, m: [1 / x[0]], 0),
    ],
    ids=["blow-up", "division", "root", "undefined start"],
)
def test_stops_where_the_flow_does(digits, start, field, time) -> None:
    with pytest.raises(FlowStopped, match="tested flow") as stopped:
        Heyoka().run(system(start, field=field), F(2), digits, samples=3)
    assert abs(stopped.value.time - time) < F(1, 10**6)


@needs_heyoka
def test_same_arguments_same_numbers_and_progress() -> None:
    seen: list[F] = []
    run = Heyoka().run(p1(), F(1), 25, samples=7, progress=seen.append)
    assert run == Heyoka().run(p1(), F(1), 25, samples=7)
    assert len(seen) == run.steps and seen[-1] == 1 and seen == sorted(set(seen))


# many trajectories


@needs_heyoka
@pytest.mark.parametrize("samples", [1, 5])
@pytest.mark.parametrize("count", [1, 19])
def test_ensembles_agree(samples, count) -> None:
    """Two methods, two programs; on a flow that descends the allowances add up over fewer than a
    hundred steps each.
    """
    flow = p1()
    starts = [
        [x + F((7 * k + 3 * j) % 101 - 50, 1000) for j, x in enumerate(flow.start)]
        for k in range(count)
    ]
    one, two = (engine(flow, starts, F(2), 1e-13, samples) for engine in (ensemble, batch.ensemble))
    assert one.shape == two.shape == (samples + 1, 12, count)
    assert (one[0] == two[0]).all() and np.abs(one - two).max() < 2e-11
    assert (one == ensemble(flow, starts, F(2), 1e-13, samples)).all()


@needs_heyoka
def test_ensembles_in_the_clock_and_without_data() -> None:
    clocked = ensemble(
        system(1, field=lambda x, m: [m.time * x[0] + m.time * x[0]]),
        [[1], [2], [-3]],
        F(2),
        1e-14,
        2,
    )
    wanted = np.outer(np.exp([0, 1, 4]), [1, 2, -3])
    assert np.abs(clocked[:, 0] / wanted - 1).max() < 1e-12
    turned = ensemble(rotation(), [[1, 0]] * 9, F(1), 1e-14, 1)
    assert np.abs(turned[1] - np.array([[np.cos(1)], [np.sin(1)]])).max() < 1e-12


@needs_heyoka
@pytest.mark.parametrize("samples", [1, 4])
@pytest.mark.parametrize("place", [3, 17])
def test_the_one_that_escapes_is_named(place, samples) -> None:
    starts = [[F(1, 10 + k)] for k in range(20)]
    flow = system(1, field=lambda x, m: [x[0] ** 2])
    ensemble(flow, starts, F(1), 1e-12, samples)
    starts[place] = [F(3, 2)]
    with pytest.raises(FlowStopped, match=f"trajectory {place} of tested flow") as stopped:
        ensemble(flow, starts, F(1), 1e-12, samples)
    assert abs(stopped.value.time - F(2, 3)) < F(1, 10**6)


@needs_heyoka
def test_an_endless_approach_is_stopped(monkeypatch) -> None:
    """In doubles x' = -1/x comes to a stand before x = 0; the number of steps ends it."""
    monkeypatch.setattr(heyoka_ensemble, "MOST_STEPS", 2000)
    with pytest.raises(FlowStopped, match="trajectory 1 of tested flow") as stopped:
        ensemble(system(1, field=lambda x, m: [-1 / x[0]]), [[4], [1]], F(1), 1e-12, 1)
    assert abs(stopped.value.time - F(1, 2)) < F(1, 10**4)


# requests


def test_a_missing_package_is_named(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "heyoka", None)
    for call in (
        lambda: Heyoka().run(rotation(), F(1), 20, samples=1),
        lambda: ensemble(rotation(), [[1, 0]], F(1), 1e-10, 1),
    ):
        with pytest.raises(BadInput, match=r"flowlaw\[heyoka\].*Linux"):
            call()


@needs_heyoka
def test_bad_requests() -> None:
    with pytest.raises(BadInput, match="horizon"):
        Heyoka().run(rotation(), 0.1, 20, samples=1)
    with pytest.raises(BadInput, match="tolerance"):
        ensemble(rotation(), [[1, 0]], F(1), 1e-17, 1)
    with pytest.raises(BadInput, match="start 0 has 1"):
        ensemble(rotation(), [[1]], F(1), 1e-10, 1)
    with pytest.raises(BadInput, match="beyond doubles"):
        Heyoka().run(replace(rotation(), start=(F(10**400), F(0))), F(1), 10, samples=1)
