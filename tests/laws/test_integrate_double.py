"""Laws of the engines in doubles: the field, many trajectories at once, single ones."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F
from math import exp

import mpmath
import numpy as np
import pytest

from benchmarks.problems import HORIZONS, p1, p2, p3, p4, p5
from verify.errors import BadInput
from verify.integrate import batch, double
from verify.integrate.base import DOUBLE, FlowStopped
from verify.integrate.double import Double
from verify.integrate.taylor import Taylor
from verify.integrate.trace import program
from verify.settings.system import System

UNIT = 2.0**-53


def system(*start, field, **more) -> System:
    return System("tested flow", tuple(f"x{j}" for j in range(len(start))), tuple(map(F, start)), field, **more)


def logistic(x=F(1, 4)) -> System:
    return system(x, field=lambda x, m: [x[0] * (1 - x[0])])


def rotation() -> System:
    """An isometry: local errors add up on the way and do not grow. max |x| <= 1."""
    return system(1, 0, field=lambda x, m: [-x[1], x[0]])


def escape() -> System:
    return system(1, field=lambda x, m: [x[0] ** 2])


def every_kind() -> System:
    """Every kind of node: clock, roots, exp, log, constants, sums with and without products."""

    def field(x, m):
        a, b, c = x
        long = a * F(1, 3) + b * F(-2, 7) + c + F(5, 11)
        return [
            (a * a + b * b).power(F(1, 2)) / c + m.clock * long,
            (a * F(1, 2)).exp() - (b + 3).log() * c.power(F(-3, 2)) + a * F(-5, 3) - b - c,
            a * b - b * c + c * c * F(3, 4) - a + F(1, 9),
        ]

    return system(F(1, 2), F(2, 3), F(5, 4), field=field)


def exactly(p, x: list[F], clock: F) -> list[F]:
    """The program on fractions, one node after the other."""
    values: list[F] = []
    for i, node in enumerate(p.nodes):
        match node:
            case ("state",):
                values.append(x[i])
            case ("clock",):
                values.append(clock)
            case ("mul", a, b):
                values.append(values[a] * values[b])
            case ("lin", terms, constant):
                values.append(sum((c * values[j] for j, c in terms), F(constant)))
            case ("dot", products, terms, constant):
                total = sum((c * values[a] * values[b] for a, b, c in products), F(constant))
                values.append(total + sum(c * values[j] for j, c in terms))
            case ("power", a, e):
                values.append(values[a] ** int(e))
    return [a * values[d] for d, a in p.slopes]


@pytest.mark.parametrize("problem", [p1, p2, p3, p4])
def test_the_field_is_the_program(problem) -> None:
    """Both doubles' fields against fractions, at points that are doubles; the room is one unit of the largest slope for each node."""
    p = program(problem())
    points = [[F(float(x)) + F(k * (-1) ** j, 64) for j, x in enumerate(p.start)] for k in range(3)]
    wanted = [exactly(p, x, F(0)) for x in points]
    columns = np.array(points, dtype=float).T
    together, out = batch.field(p)(0.0, columns), np.empty_like(columns)
    assert batch.field(p)(0.0, columns, out) is out and (out == together).all()
    for k, slopes in enumerate(wanted):
        alone = double.field(p)(0.0, [float(x) for x in points[k]])
        room = F(len(p.nodes)) * F(UNIT) * max(map(abs, slopes))
        assert max(abs(F(float(a)) - b) for a, b in zip(together[:, k], slopes, strict=True)) <= room
        assert max(abs(F(a) - b) for a, b in zip(alone, slopes, strict=True)) <= room


def test_every_kind_of_node() -> None:
    """Against the field itself on floats, in NumPy's own functions; a clock for each trajectory."""
    p = program(every_kind())
    assert {node[0] for node in p.nodes} >= {"state", "clock", "power", "exp", "log", "dot"}
    x = np.array([[0.5, 0.7, 1.5], [0.6, 0.2, 0.1], [1.25, 0.75, 2.0]])
    clock = np.array([0.0, 0.5, 2.0])
    a, b, c = x
    wanted = [
        np.hypot(a, b) / c + clock * (a / 3 - b * 2 / 7 + c + 5 / 11),
        np.exp(a / 2) - np.log(b + 3) / c**1.5 - a * 5 / 3 - b - c,
        a * b - b * c + c * c * 0.75 - a + 1 / 9,
    ]
    assert np.abs(batch.field(p)(clock, x) - wanted).max() <= 40 * UNIT
    for k in range(3):
        alone = double.field(p)(clock[k], x[:, k])
        assert np.abs(np.array(alone) - np.array(wanted)[:, k]).max() <= 40 * UNIT


def test_long_sums_and_repeated_terms() -> None:
    """A sum of more parts than a line of source holds, and children out of order or far apart."""
    count = 170
    start = [F(j % 7 - 3, 8) for j in range(count)]
    weights = [F((5 * j) % 11 - 5, 3) for j in range(count)]
    total = lambda x: sum((x[j] * weights[j] for j in range(1, count)), x[0] * weights[0])  # noqa: E731
    flow = system(*start, field=lambda x, m: [total(x) + x[(3 * j) % count] * x[(7 * j) % count] for j in range(count)])
    p = program(flow)
    wanted = exactly(p, start, F(0))
    assert wanted[1] == sum(a * x for a, x in zip(weights, start, strict=True)) + start[3] * start[7]
    found = batch.field(p)(0.0, np.array(start, dtype=float)[:, None])[:, 0]
    room = F(UNIT) * 2 * count * sum(abs(a * x) for a, x in zip(weights, start, strict=True))
    for values in (found, double.field(p)(0.0, [float(x) for x in start])):
        assert max(abs(F(float(a)) - b) for a, b in zip(values, wanted, strict=True)) <= room


# many trajectories


@pytest.fixture
def attempts(monkeypatch):
    """Counts the attempted steps: twelve calls of the field each, and one at the start."""
    calls = [0]

    def counted(p):
        inner = original(p)

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
    """On an isometry the error is at most the sum of what each step was allowed; the last term is rounding."""
    found = batch.ensemble(rotation(), [[1, 0]], F(20), tolerance, 4)
    times = np.array([0, 5, 10, 15, 20.0])
    error = max(np.abs(found[:, 0, 0] - np.cos(times)).max(), np.abs(found[:, 1, 0] - np.sin(times)).max())
    assert error <= attempts() * (tolerance + 8 * UNIT)


def test_the_order_is_eight(attempts) -> None:
    """Steps grow as tolerance^(-1/8): tenfold over eight digits. Order 6 would take 21 times as many, order 10 six times."""
    steps = []
    for tolerance in (1e-5, 1e-13):
        batch.ensemble(rotation(), [[1, 0]], F(100), tolerance, 1)
        steps.append(attempts())
    assert 7 < steps[1] / steps[0] < 14


def test_closed_forms() -> None:
    starts = [F(k, 40) for k in range(1, 40)]
    found = batch.ensemble(logistic(), [[x] for x in starts], F(30), 1e-13, 3)[:, 0]
    wanted = [[1 / (1 + (1 / x - 1) * exp(-t)) for x in map(float, starts)] for t in (0, 10, 20, 30)]
    assert np.abs(found - wanted).max() < 1e-11
    decay = batch.ensemble(system(1, field=lambda x, m: [-x[0]]), [[1], [F(1, 10**9)]], F(30), 1e-13, 1)[1, 0]
    assert np.abs(decay / [exp(-30), 1e-9 * exp(-30)] - 1).max() < 1e-11  # relative to the state, however small
    clocked = batch.ensemble(system(1, field=lambda x, m: [2 * m.clock * x[0]]), [[1]] * 2, F(2), 1e-13, 1)[1, 0]
    assert np.abs(clocked / exp(4) - 1).max() < 1e-11


def test_starts_and_samples() -> None:
    starts = [[F(1, 3)], [F(2, 7)], [F(10**30 + 1, 3 * 10**30)]]
    found = batch.ensemble(logistic(), starts, F(1, 3), 1e-12, 5)
    assert found.shape == (6, 1, 3)
    assert found[0, 0].tolist() == [float(x) for (x,) in starts]
    once = batch.ensemble(logistic(), starts, F(1, 3), 1e-12, 1)
    assert np.abs(found[-1] - once[-1]).max() < 1e-11
    again = batch.ensemble(logistic(), starts, F(1, 3), 1e-12, 5)
    assert (again == found).all()


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
        batch.ensemble(escape(), [[F(1, 10)], [F(1, 5)], [F(-3)], [F(3, 2)], [F(1, 4)]], F(1), 1e-12, 3)
    assert abs(stopped.value.time - F(2, 3)) < F(1, 10**9)
    batch.ensemble(escape(), [[F(1, 10)], [F(1, 5)], [F(-3)], [F(1, 4)]], F(1), 1e-12, 3)


def test_a_field_that_ends_or_never_began() -> None:
    root = system(1, field=lambda x, m: [-x[0].power(F(-1, 2))])
    with pytest.raises(FlowStopped, match="trajectory 1") as stopped:
        batch.ensemble(root, [[9], [1]], F(1), 1e-10, 1)
    assert abs(stopped.value.time - F(2, 3)) < F(1, 10**4)
    with pytest.raises(FlowStopped, match="trajectory 2.*not defined") as stopped:
        batch.ensemble(root, [[9], [8], [0]], F(1), 1e-10, 1)
    assert stopped.value.time == 0


def test_p1_against_the_taylor_engine() -> None:
    """Thirty digits against doubles; fewer than a hundred steps of 1e-13 of states below 2."""
    flow = p1()
    starts = [[x + F((7 * k + 3 * j) % 101 - 50, 1000) for j, x in enumerate(flow.start)] for k in range(64)]
    found = batch.ensemble(flow, starts, HORIZONS[p1], 1e-13, 2)
    for k in (0, 17, 63):
        run = Taylor().run(replace(flow, start=tuple(starts[k])), HORIZONS[p1], 30, samples=2)
        for state, column in zip(run.states, found[:, :, k], strict=True):
            exact = [x for row in state.exact() for x in row]
            assert max(abs(x - F(float(y))) for x, y in zip(exact, column, strict=True)) < F(2, 10**11)


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


# one trajectory


@pytest.mark.parametrize("digits", [3, 7, 10, 13])
def test_double_says_how_far_it_is_off(digits) -> None:
    """On an isometry the error is at most the allowance and the rounding, summed; and the allowance is what was asked for."""
    run = Double().run(rotation(), F(20), digits, samples=4)
    for t, state in zip(run.times, run.states, strict=True):
        (x, y), t = state.exact()[0], float(t)
        assert max(abs(float(x) - np.cos(t)), abs(float(y) - np.sin(t))) <= run.truncation + 8 * run.rounding
    # rounding up: the radius may grow by what is lost
    assert run.truncation <= run.steps * max(F(1, 10 ** (digits + 3)), F(46, 10**15)) * F(1001, 1000)
    assert (run.kind, run.engine, run.digits, run.order) == (DOUBLE, "double", digits, 8)


def test_double_starts_are_rounded_once_and_states_are_doubles() -> None:
    flow = system(F(1, 3), F(-2, 10**20), F(7 * 10**25), field=lambda x, m: [x[1], -x[1], x[1]], layout=(((2, 1), (0, -1)), ((1, 1),)))
    run = Double().run(flow, F(1, 7), 5, samples=3)
    assert run.states[0].exact() == ((F(float(7 * 10**25)), -F(1 / 3)), (F(-2e-20),))
    assert all(F(float(x)) == x for state in run.states for row in state.exact() for x in row)
    assert run.times == (0, F(1, 21), F(2, 21), F(1, 7))
    assert run == Double().run(flow, F(1, 7), 5, samples=3)


@pytest.mark.parametrize("problem", [p1, p4, p5])
def test_double_against_taylor(problem) -> None:
    """All along: these flows descend, so that the allowances of the steps are not enlarged on the way."""
    flow, horizon = problem(), HORIZONS[problem] / 2
    run, wanted = (engine.run(flow, horizon, digits, samples=3) for engine, digits in ((Double(), 13), (Taylor(), 20)))
    for a, b in zip(run.states, wanted.states, strict=True):
        gap = max(abs(x - y) for r, q in zip(a.exact(), b.exact(), strict=True) for x, y in zip(r, q, strict=True))
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
    assert len(seen) == run.steps and seen[-1] == 3 and F(3, 2) in seen and seen == sorted(set(seen))


def test_bad_requests() -> None:
    with pytest.raises(BadInput, match="digits is 14.*taylor"):
        Double().run(logistic(), F(1), 14, samples=1)
    with pytest.raises(BadInput, match="horizon"):
        Double().run(logistic(), 0.1, 10, samples=1)
    with pytest.raises(BadInput, match="beyond doubles.*taylor"):
        Double().run(logistic(F(10**400)), F(1), 10, samples=1)
