"""Settings that end with an event, from several starts and from starts where it does not come: each
start has its own time, and the one without is named with the time reached and the cause.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F
from typing import Any

import pytest

from tests.flows_that_are_stiff import approach
from tests.laws.test_until import ENCLOSED, TURN, UNDECIDED, ending, first
from verify.claims.conclusions import Throughout
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.integrate.system import System
from verify.judge.decide import judge
from verify.models.trajectories import Trajectories
from verify.models.until import Until


def goes_to(target: F, start: F = F(0)) -> System:
    return System("goes", ("x",), (start,), lambda x, m: [target - x[0]])


FAST: Any = lambda x, m: [10**4 * (x[0] - x[1]) - x[1], -x[1]]
SEVERAL: dict[str, tuple[tuple[System, ...], Until, F, Verdict, str]] = {
    "at times of their own": (
        (approach(), goes_to(F(1), F(1, 4))), Until("q", ">", F(1, 2)), F(10), ENCLOSED, "T <= 0."
    ),
    "one is there at first": (
        (approach(), goes_to(F(1), F(3, 4))), Until("q", ">", F(1, 2)), F(10), UNDECIDED,
        "from 's1': the event is there already at t = 0",
    ),
    "one never comes": (
        (approach(), goes_to(F(1, 4))), Until("q", ">", F(1, 2)), F(10), UNDECIDED,
        "from 's1': the event is not met at t = 10",
    ),
    "the first of several crossings": (
        (TURN,), Until("q", "<", F(1, 2)), F(100), ENCLOSED, "T <= 1.0472"
    ),
    "a start on a saddle": (
        (System("saddle", ("x", "y"), (F(0), F(1)), lambda x, m: [x[0], -x[1]]),),
        Until("q", ">", F(1, 2)), F(10), UNDECIDED, "the event is not met at t = 10",
    ),
    "a fast mode that is unstable": (
        (System("fast", ("x", "y"), (F(1), F(1)), FAST),),
        Until("q", "<", F(1, 2)), F(10), UNDECIDED, "the engine gave up at t = ",
    ),
    "where the field is not smooth": (
        (System("root", ("x",), (F(1),), lambda x, m: [-x[0].sqrt()]),),
        Until("q", "<", F(-1)), F(10), UNDECIDED, "no digits are left at t = 2 ",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SEVERAL)
def test_every_start_has_its_event_or_the_one_without_is_named(name: str) -> None:
    systems, until, end, verdict, why = SEVERAL[name]
    claim = ending(systems[0], end, until, Throughout("q", "<", F(2)), q=first)
    made = {f"s{k}": lambda s=s: replace(s, quantities={"q": first}) for k, s in enumerate(systems)}
    claim = replace(claim, setting=Trajectories("a flow", made, end, until=until))
    report = judge(claim, Request(digits=8))
    found = report.outcomes["c0"]
    assert found.verdict is verdict and why in found.reason
    assert (report.certificate is None) is (verdict is UNDECIDED)
