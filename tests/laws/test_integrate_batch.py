"""Laws of the engines in doubles: many trajectories at once."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F
from math import exp

import numpy as np
import pytest

from benchmarks.problems import HORIZONS, p1
from tests.laws.small_systems import logistic, rotation, system
from verify.exact.errors import BadInput
from verify.integrate import batch
from verify.integrate.base import FlowStopped
from verify.integrate.system import System
from verify.integrate.taylor import Taylor

UNIT = 2.0**-53


def escape() -> System:
    return system(1, field=lambda x, m: [x[0] ** 2])


@pytest.fixture
def attempts(monkeypatch):
    """Counts the attempted steps: twelve calls of the field each, and one at the start."""
    calls = [0]

    def counted(*of):
        inner = original(*of)

        def f(*arguments):
            calls[0] += 1
            return inner(*arguments)

        return f

    original = batch.field
    monkeypatch.setattr(batch, "field", counted)

    def taken() -> int:
        steps, rest = divmod(calls[0] - 1, 12)
        assert rest == 0
        calls[0] = 0
        return steps

    return taken


@pytest.mark.parametrize("tolerance", [1e-4, 1e-7, 1e-10, 1e-13])
def test_the_tolerance_is_honoured(attempts, tolerance) -> None:
    """On an isometry the error is at most the sum of what each step was allowed; the last term is
    rounding.
    """
    found = batch.ensemble(rotation(), [[1, 0]], F(20), tolerance, 4)
    times = np.array([0, 5, 10, 15, 20.0])
    error = max(
        np.abs(found[:, 0, 0] - np.cos(times)).max(), np.abs(found[:, 1, 0] - np.sin(times)).max()
    )
    assert error <= attempts() * (tolerance + 8 * UNIT)


def test_the_order_is_eight(attempts) -> None:
    """Steps grow as tolerance^(-1/8): tenfold over eight digits. Order 6 would take 21 times as
    many, order 10 six times.
    """
    steps = []
    for tolerance in (1e-5, 1e-13):
        batch.ensemble(rotation(), [[1, 0]], F(100), tolerance, 1)
        steps.append(attempts())
    assert 7 < steps[1] / steps[0] < 14


def test_closed_forms() -> None:
    starts = [F(k, 40) for k in range(1, 40)]
    found = batch.ensemble(logistic(), [[x] for x in starts], F(30), 1e-13, 3)[:, 0]
    wanted = [
        [1 / (1 + (1 / x - 1) * exp(-t)) for x in map(float, starts)] for t in (0, 10, 20, 30)
    ]
    assert np.abs(found - wanted).max() < 1e-11
    decay = batch.ensemble(
        system(1, field=lambda x, m: [-x[0]]), [[1], [F(1, 10**9)]], F(30), 1e-13, 1
    )[1, 0]
    assert np.abs(decay / [exp(-30), 1e-9 * exp(-30)] - 1).max() < 1e-11  # relative to the state
    clocked = batch.ensemble(
        system(1, field=lambda x, m: [2 * m.time * x[0]]), [[1]] * 2, F(2), 1e-13, 1
    )[1, 0]
    assert np.abs(clocked / exp(4) - 1).max() < 1e-11


def test_starts_and_samples() -> None:
    starts = [[F(1, 3)], [F(2, 7)], [F(10**30 + 1, 3 * 10**30)]]
    found = batch.ensemble(logistic(), starts, F(1, 3), 1e-12, 5)
    assert found.shape == (6, 1, 3)
    assert found[0, 0].tolist() == [float(x) for (x,) in starts]
    assert (
        np.abs(found[-1] - batch.ensemble(logistic(), starts, F(1, 3), 1e-12, 1)[-1]).max() < 1e-11
    )
    assert (found == batch.ensemble(logistic(), starts, F(1, 3), 1e-12, 5)).all()


def test_a_trajectory_does_not_depend_on_its_company(monkeypatch) -> None:
    """Slow and fast ones together, alone, and in groups that end in the middle."""
    starts = [[F(k, 3), F(1)] for k in (1, 300, 2, 90, 3, 4, 700)]
    flow = system(1, 1, field=lambda x, m: [x[1] * 0, -x[0] * x[1]])
    together = batch.ensemble(flow, starts, F(1), 1e-10, 2)
    alone = [batch.ensemble(flow, [start], F(1), 1e-10, 2)[:, :, 0] for start in starts]
    monkeypatch.setattr(batch, "WORKSPACE", 1)
    monkeypatch.setattr(batch, "NARROWEST", 3)
    grouped = batch.ensemble(flow, starts, F(1), 1e-10, 2)
    for k in range(len(starts)):
        for other in (alone[k], grouped[:, :, k]):
            assert np.abs(together[:, :, k] - other).max() <= 8 * UNIT * np.abs(other).max()


@pytest.mark.parametrize("widest", [1024, 2])
def test_the_one_that_escapes_is_named(monkeypatch, widest) -> None:
    monkeypatch.setattr(batch, "WIDEST", widest)
    with pytest.raises(FlowStopped, match="trajectory 3 of tested flow") as stopped:
        batch.ensemble(
            escape(), [[F(1, 10)], [F(1, 5)], [F(-3)], [F(3, 2)], [F(1, 4)]], F(1), 1e-12, 3
        )
    assert abs(stopped.value.time - F(2, 3)) < F(1, 10**9)
    batch.ensemble(escape(), [[F(1, 10)], [F(1, 5)], [F(-3)], [F(1, 4)]], F(1), 1e-12, 3)


def test_a_field_that_ends_or_never_began() -> None:
    root = system(1, field=lambda x, m: [-x[0].power(F(-1, 2))])
    with pytest.raises(FlowStopped, match="trajectory 1") as stopped:
        batch.ensemble(root, [[9], [1]], F(1), 1e-10, 1)
    assert abs(stopped.value.time - F(2, 3)) < F(1, 10**4)
    with pytest.raises(FlowStopped, match=r"not defined.*trajectory 2") as stopped:
        batch.ensemble(root, [[9], [8], [0]], F(1), 1e-10, 1)
    assert stopped.value.time == 0


def test_p1_against_the_taylor_engine() -> None:
    """Thirty digits against doubles; fewer than a hundred steps of 1e-13 of states below 2."""
    flow = p1()
    starts = [
        [x + F((7 * k + 3 * j) % 101 - 50, 1000) for j, x in enumerate(flow.start)]
        for k in range(64)
    ]
    found = batch.ensemble(flow, starts, HORIZONS[p1], 1e-13, 2)
    for k in (0, 17, 63):
        run = Taylor().run(replace(flow, start=tuple(starts[k])), HORIZONS[p1], 30, samples=2)
        for state, column in zip(run.states, found[:, :, k], strict=True):
            exact = [x for row in state.exact() for x in row]
            assert max(abs(x - F(float(y))) for x, y in zip(exact, column, strict=True)) < F(
                2, 10**11
            )


@pytest.mark.parametrize(
    ("starts", "tolerance", "words"),
    [
        ([[0.5]], 1e-10, "start 0 .*not exact"),
        ([[F(1, 2)], [True]], 1e-10, "start 1 .*not exact"),
        ([[F(1, 2)], [F(1), F(2)]], 1e-10, "start 1 has 2 values for 1"),
        ([], 1e-10, "no starts"),
        ([[F(1, 2)]], 1e-15, "tolerance.*taylor"),
        ([[F(1, 2)]], float("nan"), "tolerance"),
        ([[10**400]], 1e-10, "beyond doubles.*taylor"),
    ],
)
def test_bad_ensembles(starts, tolerance, words) -> None:
    with pytest.raises(BadInput, match=words):
        batch.ensemble(logistic(), starts, F(1), tolerance, 1)
