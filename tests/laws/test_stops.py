"""Where an engine stops, it says that it did: no engine shows that a solution ends, so none says
it.

What belongs to the kind: states and times of every scale, engines of every kind, blow-ups, poles in
time, roots, settled directions.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction as F
from typing import Any

import pytest

from proofs.quasi_norm import QUASI_NORM
from verify.claims.request import Request
from verify.integrate import batch, double, runge_kutta
from verify.integrate.balls import PlainBalls
from verify.integrate.double import Double
from verify.integrate.stiff.engine import Stiff
from verify.integrate.stops import GAVE_UP, NO_DIGITS, UNDEFINED, FlowStopped
from verify.integrate.system import System
from verify.integrate.taylor import Taylor
from verify.integrate.validated import Validated
from verify.judge.decide import judge

ENGINES: dict[str, Callable[[System, F], Any]] = {
    "taylor": lambda s, end: Taylor().run(s, end, 20, samples=1),
    "validated": lambda s, end: Validated().run(s, end, 15, samples=1),
    "balls": lambda s, end: PlainBalls().run(s, end, 12, samples=1),
    "stiff": lambda s, end: Stiff().run(s, end, 20, samples=1),
    "double": lambda s, end: Double().run(s, end, 9, samples=1),
    "ensemble": lambda s, end: batch.ensemble(s, [s.start], end, 1e-9, 1),
}
SINGULAR = {
    "x' = x^2": (F(1), lambda x, m: [x[0] ** 2], F(1)),
    "x' = x^2, small": (F(1, 10**9), lambda x, m: [x[0] ** 2], F(10**9)),
    "x' = -1/x": (F(1), lambda x, m: [-1 / x[0]], F(1, 2)),
    "a pole in time": (F(0), lambda x, m: [1 / (1 - m.time)], F(1)),
    "a double pole in time": (F(0), lambda x, m: [1 / (1 - m.time) ** 2], F(1)),
    "a linear pole in time": (F(1), lambda x, m: [x[0] / (1 - m.time)], F(1)),
    "a pole at 22/7": (F(1), lambda x, m: [x[0] / (F(22, 7) - m.time)], F(22, 7)),
    "a root in time": (F(1), lambda x, m: [(1 - m.time).sqrt()], F(1)),
}


def flow(start: F, field: Callable) -> System:
    return System("a flow", ("x",), (start,), field)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", SINGULAR)
def test_engines_stop_before_and_say_that_they_gave_up(
    name: str, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(double, "MOST_STEPS", 2000)  # as the limit does, sooner
    start, field, end = SINGULAR[name]
    with pytest.raises(FlowStopped) as stop:
        ENGINES[engine](flow(start, field), 4 * end)
    assert stop.value.outcome in (GAVE_UP, NO_DIGITS) and F(0) < stop.value.time <= end * F(
        10001, 10000
    )
    for word in ("blows up", "the solution ends", "the flow stopped"):
        assert word not in str(stop.value)


@pytest.mark.parametrize("digits", range(3, 16, 3))
def test_a_flow_that_only_looks_as_if_it_blew_up_is_followed_through(digits: int) -> None:
    """u' = u^2 (1 - u^3) from 10^-digits grows like a blow-up until u is about 1/2, and 0 < u < 1
    for ever.
    """
    end = F(10**digits) + 3
    system = System("u", ("u",), (F(1, 10**digits),), lambda x, m: [x[0] ** 2 * (1 - x[0] ** 3)])
    run = Taylor().run(system, end, 20 + digits, samples=1)
    assert F(9, 10) < run.states[-1].exact()[0][0] < 1
    enclosure = Validated().run(system, end, 12, samples=1)
    low, high = (
        enclosure.states[-1].exact()[0][0] - enclosure.radii[-1],
        enclosure.states[-1].exact()[0][0] + enclosure.radii[-1],
    )
    assert F(9, 10) < low < high < 1


def test_few_digits_are_used_up_and_that_is_said() -> None:
    """From 10^-30 the way costs 30 digits: five do not suffice."""
    system = System("u", ("u",), (F(1, 10**30),), lambda x, m: [x[0] ** 2 * (1 - x[0] ** 3)])
    with pytest.raises(FlowStopped, match="no digits are left") as stop:
        Taylor().run(system, F(2 * 10**30), 5, samples=1)
    assert stop.value.outcome is NO_DIGITS


@pytest.mark.parametrize("engine", ["taylor", "stiff", "double", "ensemble"])
def test_a_start_outside_the_domain_has_no_solution(engine: str) -> None:
    with pytest.raises(FlowStopped, match="not defined") as stop:
        ENGINES[engine](flow(F(-1), lambda x, m: [x[0].log()]), F(1))
    assert stop.value.outcome is UNDEFINED and stop.value.time == 0


@pytest.mark.parametrize(("engine", "module"), [("double", double), ("ensemble", runge_kutta)])
def test_a_stiff_flow_ends_with_its_reason(
    engine: str, module: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """x settles at once, and bounds every step by 3/10^6 all the same."""
    monkeypatch.setattr(module, "MOST_STEPS", 300)
    system = System("stiff", ("x", "y"), (F(1), F(1)), lambda x, m: [-(10**6) * x[0], -x[1]])
    with pytest.raises(FlowStopped, match=r"(more than 300 steps|steps in a row).*settled") as stop:
        ENGINES[engine](system, F(10))
    assert stop.value.outcome is GAVE_UP


def test_saddle_to_saddle_gives_up_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    """J = (a b c - 1)^2/2 from small starts: what has settled bounds the explicit steps. The stiff
    engine gets there, and where it may not both are named.
    """
    from verify.claims.conclusions import Throughout
    from verify.integrate import stops
    from verify.theories.enclosures import enclosing

    start = (F(1, 100), F(1, 90), F(1, 80))
    system = System(
        "abc",
        ("a", "b", "c"),
        start,
        loss=lambda x, m: (x[0] * x[1] * x[2] - 1) ** 2 / 2,
        quantities={"a": lambda x, m: x[0]},
    )
    run = lambda: enclosing.follow_start(
        "small", lambda: system, F(10**6), {"c": Throughout("a", ">")}, 12
    )
    monkeypatch.setattr(stops, "MOST_STEPS", 40)
    found = run()
    assert found.decided["c"].holds and found.enclosure.engine == "stiff, validated"  # type: ignore[union-attr]
    monkeypatch.setattr(stops, "MOST_STEPS", 20)
    reason = run().decided["c"].reason
    assert "the engine gave up" in reason and "settled directions bound the steps" in reason
    assert "the stiff engine, as the explicit one was bound at t = " in reason


def test_an_experiment_says_that_its_engine_gave_up() -> None:
    """J = -w2/w1 from a balanced start: the run stops short, and what is said of it is said of the
    engine.
    """
    drift = judge(QUASI_NORM, Request(loss="-w2/w1", digits=20)).measured[0]
    assert (
        drift.status == "agrees"
        and drift.text.endswith((GAVE_UP, NO_DIGITS))
        and "ends" not in drift.text
    )
