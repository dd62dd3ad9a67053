"""What no engine encloses is UNDECIDED, with the time reached and the cause; what does not move is
VACUOUS; nothing is called more than that.

What belongs to the kind: starts on saddles, fast modes that are unstable, fields that are not
smooth, blow-ups behind settled directions, events that never come, bounds that are touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction as F
from typing import Any

import pytest

from tests.laws.test_stiff_claims import late
from verify.claims.conclusions import Conclusion, Reaches, Throughout
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.integrate.enclosure import Unenclosed
from verify.integrate.stiff.validated import StiffValidated
from verify.integrate.stiff.walk import StiffWalk
from verify.integrate.system import System
from verify.judge.decide import judge
from verify.models.trajectories import Trajectories
from verify.models.until import Until

first: Any = lambda x, m: x[0]
BELOW = Throughout("q", "<", F(2))


def approaching() -> System:
    return System("one", ("x",), (F(0),), lambda x, m: [1 - x[0]], quantities={"q": first})


def two(field: Callable) -> System:
    return System("two rates", ("x", "y"), (F(1), F(1)), field)


def layers(*start: int) -> System:
    loss = lambda x, m: (x[0] * x[1] * x[2] - 1) ** 2 / 2
    return System("layers", ("a", "b", "c"), tuple(map(F, start)), loss=loss)


CASES: dict[str, tuple[System, int, Conclusion, Verdict, str]] = {
    "a start on a saddle": (layers(0, 0, 0), 10**9, BELOW, Verdict.VACUOUS, "all rates are 0"),
    "a start on a saddle that nothing stays near": (
        System("two", ("a", "b"), (F(0), F(0)), loss=lambda x, m: (x[0] * x[1] - 1) ** 2 / 2),
        10**6,
        BELOW,
        Verdict.VACUOUS,
        "from 'the start' nothing moves: all rates are 0 there, exactly",
    ),
    "a start at rest that it may leave": (
        two(lambda x, m: [(x[0] - 1).sqrt(), -x[1]]),
        1,
        BELOW,
        Verdict.UNDECIDED,
        "not defined",
    ),
    "a start at rest for a moment": (
        System("driven", ("x",), (F(0),), lambda x, m: [m.time]),
        1,
        BELOW,
        Verdict.ENCLOSED,
        "",
    ),
    "a fast mode that is unstable": (
        two(lambda x, m: [10**4 * (x[0] - x[1]) - x[1], -x[1]]),
        10,
        BELOW,
        Verdict.UNDECIDED,
        "the engine gave up at t = ",
    ),
    "a field that is not smooth": (
        two(lambda x, m: [-(x[0].sqrt()), -(10**5) * x[1]]),
        10**3,
        BELOW,
        Verdict.UNDECIDED,
        "not separated from 0",
    ),
    "a blow-up behind what has settled": (
        two(lambda x, m: [x[0] ** 2, -(10**5) * x[1]]),
        10**3,
        Throughout("q", ">"),
        Verdict.UNDECIDED,
        "the stiff engine, as the explicit one was bound at t = ",
    ),
    "an event that never comes": (
        two(lambda x, m: [-(10**6) * x[0], -x[1]]),
        100,
        Reaches("q", ">", F(2), F(100)),
        Verdict.REFUTED,
        "excludes it",
    ),
    "a blow-up is no event": (
        two(lambda x, m: [x[0] ** 2, -(10**5) * x[1]]),
        10**3,
        Reaches("q", "<", F(0), F(10**3)),
        Verdict.UNDECIDED,
        "the engine gave up at t = 1 (about)",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_verdict_says_what_was_reached_and_why(name: str) -> None:
    system, end, said, verdict, why = CASES[name]
    report = judge(late(system, F(end), said, q=first), Request(digits=5))
    found = report.outcomes["c0"]
    assert found.verdict is verdict and why in found.reason
    if verdict is Verdict.UNDECIDED:
        assert report.certificate is None and report.exit == 4
        reached = re.search(r"gave up at t = (\S+) \(about\)", found.reason)
        assert reached is not None and 0 <= F(reached[1]) < end


BLOW_UPS: dict[str, tuple[Callable, int]] = {
    "a square": (lambda x, m: [x[0] ** 2, -(10**5) * x[1]], 30),
    "an exponential": (lambda x, m: [(x[0] - 1).exp(), -(10**5) * x[1]], 20),
}


@pytest.mark.parametrize("name", BLOW_UPS)
def test_steps_that_collapse_twice_at_one_place_are_the_last(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They were doubled once more, which took as long as all runs before, ten times over."""
    field, digits = BLOW_UPS[name]
    seen: list[int] = []
    advance = StiffWalk.advance

    def counting(self: StiffWalk) -> Any:
        seen.append(self.n)
        return advance(self)

    monkeypatch.setattr(StiffWalk, "advance", counting)
    with pytest.raises(Unenclosed) as stop:
        StiffValidated().run(two(field), F(10**3), digits, samples=1)
    assert 0.99 < stop.value.time < 2.01 and "may blow up or meet" in str(stop.value)
    assert len(seen) < 400


@pytest.mark.parametrize("until", (None, Until("q", ">", F(1, 2))))
def test_more_digits_than_there_are_is_a_usage_error_that_names_them(until: Until | None) -> None:
    """An enclosure works with a few more, and those are not the user's."""
    setting = Trajectories("a flow", {"s": approaching}, F(1), until=until)
    claim = replace(late(approaching(), F(1), BELOW, q=first), setting=setting)
    with pytest.raises(BadInput, match=r"digits is 10000; .*choose fewer"):
        judge(claim, Request(digits=10**4))
