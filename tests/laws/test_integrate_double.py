"""Laws of single trajectories in doubles."""

from __future__ import annotations

from fractions import Fraction as F

import mpmath
import numpy as np
import pytest

from benchmarks.problems import HORIZONS, p1, p5
from tests.laws.small_systems import logistic, rotation, system
from verify.exact.errors import BadInput
from verify.integrate.base import DOUBLE, FlowStopped
from verify.integrate.double import Double
from verify.integrate.taylor import Taylor


@pytest.mark.parametrize("digits", [3, 7, 10, 13])
def test_double_says_how_far_it_is_off(digits) -> None:
    """On an isometry the error is at most the allowance and the rounding, summed; and the allowance
    is what was asked for.
    """
    run = Double().run(rotation(), F(20), digits, samples=4)
    for t, state in zip(run.times, run.states, strict=True):
        (x, y), t = state.exact()[0], float(t)
        assert (
            max(abs(float(x) - np.cos(t)), abs(float(y) - np.sin(t)))
            <= run.truncation + 8 * run.rounding
        )
    # rounding up: the radius may grow by what is lost
    assert run.truncation <= run.steps * max(F(1, 10 ** (digits + 3)), F(46, 10**15)) * F(
        1001, 1000
    )
    assert (run.kind, run.engine, run.digits, run.order) == (DOUBLE, "double", digits, 8)


def test_double_starts_are_rounded_once_and_states_are_doubles() -> None:
    flow = system(
        F(1, 3),
        F(-2, 10**20),
        F(7 * 10**25),
        field=lambda x, m: [x[1], -x[1], x[1]],
        layout=(((2, 1), (0, -1)), ((1, 1),)),
    )
    run = Double().run(flow, F(1, 7), 5, samples=3)
    assert run.states[0].exact() == ((F(float(7 * 10**25)), -F(1 / 3)), (F(-2e-20),))
    assert all(F(float(x)) == x for state in run.states for row in state.exact() for x in row)
    assert run.times == (0, F(1, 21), F(2, 21), F(1, 7))
    assert run == Double().run(flow, F(1, 7), 5, samples=3)


@pytest.mark.parametrize("problem", [p1, p5])
def test_double_against_taylor(problem) -> None:
    """All along, within the sum of what the steps were allowed. Not P4: stability limits its steps,
    and the estimates are too small.
    """
    flow, horizon = problem(), HORIZONS[problem] / 2
    run, wanted = (
        engine.run(flow, horizon, digits, samples=3)
        for engine, digits in ((Double(), 13), (Taylor(), 20))
    )
    for a, b in zip(run.states, wanted.states, strict=True):
        gap = max(
            abs(x - y)
            for r, q in zip(a.exact(), b.exact(), strict=True)
            for x, y in zip(r, q, strict=True)
        )
        assert gap <= run.truncation + run.rounding


@pytest.mark.parametrize(
    ("start", "field", "time"),
    [
        (F(1), lambda x, m: [x[0] ** 2], F(1)),
        (F(1), lambda x, m: [-x[0].power(F(-1, 2))], F(2, 3)),
        (F(1, 2), lambda x, m: [x[0].log()], F(-float(mpmath.li(0.5)))),
        (F(0), lambda x, m: [1 / x[0]], F(0)),
        (F(-1), lambda x, m: [x[0].log()], F(0)),
        (F(800), lambda x, m: [x[0].exp()], F(0)),
    ],
    ids=["blow-up", "root", "logarithm", "division by zero", "undefined logarithm", "overflow"],
)
def test_double_stops_where_the_flow_does(start, field, time) -> None:
    with pytest.raises(FlowStopped, match="tested flow") as stopped:
        Double().run(system(start, field=field), F(2), 12, samples=5)
    assert abs(stopped.value.time - time) < F(1, 10**6)


def test_double_reports_progress() -> None:
    seen: list[F] = []
    run = Double().run(logistic(), F(3), 10, samples=2, progress=seen.append)
    assert (
        len(seen) == run.steps and seen[-1] == 3 and F(3, 2) in seen and seen == sorted(set(seen))
    )


def test_bad_requests() -> None:
    with pytest.raises(BadInput, match=r"digits is 14.*taylor"):
        Double().run(logistic(), F(1), 14, samples=1)
    with pytest.raises(BadInput, match="horizon"):
        Double().run(logistic(), 0.1, 10, samples=1)
    with pytest.raises(BadInput, match=r"beyond doubles.*taylor"):
        Double().run(system(F(1), field=lambda x, m: [x[0] * 10**400]), F(1), 10, samples=1)
