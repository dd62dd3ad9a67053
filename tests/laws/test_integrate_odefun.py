"""mpmath's odefun as an engine: closed forms, every kind of node, the contract of all engines, and
its numbers as mpmath has them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction as F

import mpmath
import pytest

from proofs import CLAIMS
from tests.reports import BY_ID
from verify.claims.request import Request
from verify.exact.errors import BadInput
from verify.integrate.base import FlowStopped, Integrator, Trajectory
from verify.integrate.odefun import Odefun
from verify.integrate.stops import GAVE_UP, UNDEFINED
from verify.integrate.system import LOG, System
from verify.integrate.taylor import Taylor
from verify.models.diagonal_flow import diagonal_flow
from verify.theories.measure.flow_values import along
from verify.theories.measure.late_slope import late_slope_along
from verify.theories.sums.drops import plan

DIGITS = 20


def flow(start, field, **more) -> System:
    names = tuple("xyz"[: len(start)])
    return System("a flow", names, tuple(map(F, start)), field=field, **more)


DECAY = flow((1,), lambda x, m: [-x[0]], quantities={"x": lambda x, m: x[0]})
CLOSED: dict[str, tuple[System, Callable]] = {
    "exponential": (DECAY, lambda t: [mpmath.exp(-t)]),
    "circle": (
        flow((1, 0), lambda x, m: [-x[1], x[0]]),
        lambda t: [mpmath.cos(t), mpmath.sin(t)],
    ),
    "clock": (flow((0,), lambda x, m: [3 * m.time**2]), lambda t: [t**3]),
    "root": (flow((1,), lambda x, m: [2 * x[0].sqrt()]), lambda t: [(1 + t) ** 2]),
    "quotient": (flow((2,), lambda x, m: [1 / x[0]]), lambda t: [mpmath.sqrt(4 + 2 * t)]),
    "exp": (flow((0,), lambda x, m: [(-x[0]).exp()]), lambda t: [mpmath.log(1 + t)]),
    "log": (
        flow((2,), lambda x, m: [-x[0] * x[0].log()]),
        lambda t: [mpmath.exp(mpmath.log(2) * mpmath.exp(-t))],
    ),
    "sums": (
        flow((1, 2), lambda x, m: [F(1, 3) * x[0] - x[0] * x[1] / 7 * 0 + 1, 2 - x[1]]),
        lambda t: [4 * mpmath.exp(t / 3) - 3, mpmath.mpf(2)],
    ),
}


def run(system: System, digits: int = DIGITS, samples: int = 2, **more) -> Trajectory:
    engine: Integrator = Odefun()
    return engine.run(system, F(1, 2), digits, samples=samples, **more)


@pytest.mark.parametrize("name", CLOSED)
def test_closed_forms(name: str) -> None:
    system, closed = CLOSED[name]
    found = run(system)
    assert found.times == (0, F(1, 4), F(1, 2)) and found.kind == "high precision"
    with mpmath.workdps(40):
        for time, state in zip(found.times, found.states, strict=True):
            row = [x for part in state.mpf() for x in part]
            wanted = closed(mpmath.mpf(time.numerator) / time.denominator)
            for x, y in zip(row, wanted, strict=True):
                assert isinstance(x, mpmath.mpf) and abs(x - y) < mpmath.mpf(10) ** -DIGITS


def test_no_global_precision_is_read_or_changed() -> None:
    answers = []
    for digits in (5, 15, 70):
        with mpmath.workdps(digits):
            answers.append(run(DECAY))
            assert mpmath.mp.dps == digits
    assert answers[0] == answers[1] == answers[2]


def test_progress_sees_every_step_and_the_end() -> None:
    seen: list[F] = []
    found = run(CLOSED["circle"][0], progress=seen.append)
    assert seen == sorted(seen) and seen[-1] == F(1, 2) and len(seen) >= found.steps


def test_its_errors_are_of_the_size_that_it_says() -> None:
    """Not smaller than nothing, and not larger than what was asked for allows."""
    for digits in (12, 25):
        found = run(DECAY, digits)
        assert 0 < found.truncation <= found.steps * F(1, 10 ** (digits + 3))
        with mpmath.workdps(50):
            error = abs(found.states[-1].mpf()[0][0] - mpmath.exp(mpmath.mpf(-0.5)))
            assert error < mpmath.mpf(10) ** -digits


def test_it_gives_up_before_a_pole_and_says_so() -> None:
    with pytest.raises(FlowStopped) as stopped:
        Odefun().run(flow((1,), lambda x, m: [x[0] ** 2]), F(3), 8, samples=1)
    assert stopped.value.outcome == GAVE_UP and abs(stopped.value.time - 1) < F(1, 10**6)


@pytest.mark.parametrize(
    "system",
    [
        flow((0,), lambda x, m: [1 / x[0]]),
        flow((-1,), lambda x, m: [x[0].sqrt()]),
        flow((0,), lambda x, m: [x[0].log()]),
    ],
    ids=["quotient", "root", "log"],
)
def test_a_field_without_a_value_at_the_start(system: System) -> None:
    with pytest.raises(FlowStopped) as stopped:
        run(system)
    assert stopped.value.outcome == UNDEFINED and stopped.value.time == 0


@pytest.mark.parametrize("wrong", [{"horizon": 0.5}, {"digits": 0}, {"samples": 0}], ids=str)
def test_requests_are_checked_as_everywhere(wrong: dict) -> None:
    asked = {"horizon": F(1), "digits": 10, "samples": 1} | wrong
    with pytest.raises(BadInput, match=next(iter(wrong))):
        Odefun().run(DECAY, asked["horizon"], asked["digits"], samples=asked["samples"])


def test_it_can_be_chosen_where_an_engine_can() -> None:
    mine, theirs = (
        along(DECAY, "x", F(1), 12, False, samples=4, more=4, engine=engine)
        for engine in (Taylor(), Odefun())
    )
    assert mine.places == theirs.places
    assert all(abs(a - b) < F(1, 10**12) for a, b in zip(mine.values, theirs.values, strict=True))
    rate = late_slope_along(DECAY, "x", F(20), 12, law="exponential", samples=8, engine=Odefun())
    assert abs(rate.value - 1) < 1e-6  # it decays like e^(-t)


def test_the_logarithmic_clock() -> None:
    system = flow((1,), lambda x, m: [-x[0] * m.rate], clock=LOG)
    with mpmath.workdps(40):
        found = run(system).states[-1].mpf()[0][0]
        assert abs(found - mpmath.exp(1 - mpmath.exp(mpmath.mpf(0.5)))) < mpmath.mpf(10) ** -DIGITS


#: claims about trajectories, each start; and where an experiment follows a network's flow, its own
FOLLOWED = [
    *(
        (c.id, label)
        for c in CLAIMS
        if c.setting.kind == "trajectories"
        for label in c.setting.starts
    ),
    *((c.id, "drift") for c in CLAIMS if any(e.kind == "drift" for e in c.experiments)),
]


def followed(name: str, label: str) -> System:
    claim = BY_ID[name]
    if claim.setting.kind == "trajectories":
        return claim.setting.starts[label]()
    request = Request()
    (point,) = plan(claim, request).numeric_points(claim, request)
    decay = claim.flow.decay
    return diagonal_flow(point, point.constants[decay] if decay else F(0), share=False)


def reached(system: System, digits: int) -> tuple[F, Trajectory]:
    """As far as the flow can be followed easily, and ours there."""
    horizon = F(1, 32)
    for _ in range(8):
        try:
            return horizon, Taylor().run(system, horizon, digits, samples=2)
        except FlowStopped as end:
            horizon = F(int(end.time * 2**20), 2**21)
    raise AssertionError(system.title)


def apart(one: Trajectory, other: Trajectory) -> F:
    """The largest difference, over the largest state."""
    rows = [[x for s in t.states for row in s.exact() for x in row] for t in (one, other)]
    return max(abs(a - b) for a, b in zip(*rows, strict=True)) / max(map(abs, rows[0]))


@pytest.mark.parametrize(("name", "label"), FOLLOWED)
def test_it_agrees_with_ours_on_the_trajectories_of_claims(name: str, label: str) -> None:
    """The bound is what both were asked for; nothing stands still, and another start is noticed."""
    digits, system = 12, followed(name, label)
    horizon, ours = reached(system, digits)
    theirs = Odefun().run(system, horizon, digits, samples=2)
    assert apart(ours, theirs) < F(1, 10**digits)
    states = [s.exact() for s in ours.states]
    assert states[0] != states[-1]
    other = replace(system, start=tuple(x + F(1, 10**9) for x in system.start))
    wrong = Taylor().run(other, horizon, digits, samples=2)
    assert apart(wrong, theirs) > F(1, 10**digits)
