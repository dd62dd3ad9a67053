"""Close to a singularity, or to one that cancels, an engine arrives or gives up within a stated
amount of work: steps and bits are counted here, never seconds.

The kind: a divisor, root or logarithm whose base is shifted by something tiny, so that the flow is
smooth and stiff behind it; numerators that vanish with their divisors, along the time and along the
state; components of very different sizes beside them; all of these in the clock log(1 + t).
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction as F
from random import Random
from typing import Any

import pytest

from verify.integrate import taylor_steps
from verify.integrate.series import Expansion
from verify.integrate.stops import GAVE_UP, MOST_LEFT, NO_DIGITS, SAME_PACE, FlowStopped
from verify.integrate.system import LOG, System, retimed
from verify.integrate.taylor import Taylor
from verify.integrate.validated import Validated

Fields = dict[str, Callable[[F, F, int], Callable[[Any, Any], list]]]
#: eps, a place c and a power m -> a field of x; at x = 1 all of them are defined
KINDS: Fields = {
    "a shifted divisor": lambda eps, c, m: lambda x, _: [-x[0] / (x[0] + eps)],
    "a shifted power": lambda eps, c, m: lambda x, _: [-(x[0] ** m) / (x[0] ** m + eps)],
    "a shifted root": lambda eps, c, m: lambda x, _: [-x[0] / (x[0] ** 2 + eps).sqrt()],
    "a root that stays": lambda eps, c, m: lambda x, _: [-((x[0] ** 2 + eps).sqrt())],
    "a shifted logarithm": lambda eps, c, m: lambda x, _: [x[0] * (x[0] + eps).log() - 1],
    "a divisor that is a logarithm": lambda eps, c, m: lambda x, _: [1 / (x[0] + eps).log()],
    "cancels in time": lambda eps, c, m: (
        lambda x, t: [x[0] * (c - t.time) ** m / (c - t.time) ** m]
    ),
    "cancels in the state": lambda eps, c, m: lambda x, _: [(x[0] - c) ** m / (c - x[0]) ** m],
    "nearly cancels": lambda eps, c, m: lambda x, t: [-x[0] / ((c - t.time) ** 2 + eps)],
    "a quotient of itself": lambda eps, c, m: lambda x, _: [-(x[0] ** (m + 1)) / x[0] ** m],
}
WINDOW_AND_WAY = 3 * SAME_PACE + 2500  # expansions: the way there, and until the pace is the same


def drawn(kind: str, seed: int) -> System:
    """The kind with numbers drawn, from x = 1, beside a component of another size or alone."""
    draw = Random(f"{kind} {seed}")
    eps, c = F(1, 10 ** draw.randint(14, 40)), F(draw.randint(1, 30), draw.choice([7, 16, 20]))
    f = KINDS[kind](eps, c, draw.randint(1, 3))
    if not seed % 2:
        found = System(kind, ("x",), (F(1),), f)
    else:
        size = F(10) ** draw.randint(-30, 6)
        found = System(
            kind, ("x", "y"), (F(1), size), lambda x, t: [*f(x, t), -x[1] / (1 + x[0] ** 2)]
        )
    return retimed(found, LOG) if seed % 3 == 2 else found


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The bits of every expansion."""
    bits: list[int] = []
    run = Expansion.run

    def counted(self: Expansion, *args: Any) -> Any:
        bits.append(self.bits)
        return run(self, *args)

    monkeypatch.setattr(Expansion, "run", counted)
    return bits


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("kind", KINDS)
def test_an_engine_arrives_or_gives_up_soon(kind: str, seed: int, work: list[int]) -> None:
    system, digits = drawn(kind, seed), (12, 20, 35)[seed % 3]
    try:
        run = Taylor().run(system, F(3), digits, samples=1)
        assert run.times[-1] == 3
    except FlowStopped as stop:
        assert stop.outcome in (GAVE_UP, NO_DIGITS) and stop.reason
    assert len(work) <= WINDOW_AND_WAY, f"{len(work)} expansions, the last with {work[-1]} bits"
    assert max(work) <= 64 * work[0] + (1 << 15)


@pytest.mark.parametrize("kind", KINDS)
def test_so_does_the_enclosure(kind: str, work: list[int]) -> None:
    system = drawn(kind, 2 * len(kind) % 6)
    try:
        Validated().run(system, F(3), 15, samples=1)
    except FlowStopped as stop:
        assert stop.outcome in (GAVE_UP, NO_DIGITS) and stop.reason
    assert len(work) <= 5 * WINDOW_AND_WAY


def test_many_digits_are_not_tried_where_few_end_at_the_same_place(work: list[int]) -> None:
    """400 digits take minutes to come to a pole; 100 and 180 say that they do not pass."""
    with pytest.raises(FlowStopped):
        Validated().run(drawn("cancels in time", 0), F(3), 400, samples=1)
    assert max(work) < 300 / 0.3, f"{max(work)} bits"


def test_what_stalls_is_said() -> None:
    """x = 10^-12 from t = 1 on, and 10^12 of its time constants to go."""
    system = System("stiff", ("x",), (F(1),), KINDS["a shifted divisor"](F(1, 10**12), F(1), 1))
    with pytest.raises(FlowStopped, match=f"{SAME_PACE} steps in a row.*settled") as stop:
        Taylor().run(system, F(2), 20, samples=1)
    assert stop.value.outcome is GAVE_UP and F(99, 100) < stop.value.time < F(101, 100)


def test_a_long_run_at_one_pace_arrives(monkeypatch: pytest.MonkeyPatch) -> None:
    """What can be reached is: thousands of steps, none of them longer than the others."""
    monkeypatch.setattr(taylor_steps, "MOST_STEPS", 700)
    wave = System("wave", ("x", "y"), (F(1), F(0)), lambda x, m: [x[1], -x[0]])
    run = Taylor().run(wave, F(500), 12, samples=1)
    assert SAME_PACE < run.steps < 700
    with pytest.raises(FlowStopped, match="more than 700 steps"):
        Taylor().run(wave, F(5000), 12, samples=1)
    assert MOST_LEFT > 2 * 700


@pytest.mark.parametrize("digits", (12, 40))
def test_a_close_passage_is_no_stall(digits: int) -> None:
    """Steps that shrink towards a narrow place grow again behind it: x' = w/((1/3 - t)^2 + w^2)."""
    w = F(1, 10**9)
    peak = System("peak", ("x",), (F(0),), lambda x, m: [w / ((F(1, 3) - m.time) ** 2 + w**2)])
    run = Taylor().run(peak, F(10**6), digits, samples=1)
    assert abs(run.states[-1].exact()[0][0] - F(3141592, 10**6)) < F(1, 10**5)
