"""Settings that end with an event: a flow is followed until a quantity is beyond a value for the
first time, or until all rates are small, so that no horizon is guessed.

What belongs to the kind: events early and late, behind plateaus, in both directions, by either
engine, gradients and fields; conclusions that fail before the event, and only after it; events
that never come, that are there at the start, that are touched; certificates of another event.
"""

from __future__ import annotations

import copy
from fractions import Fraction as F
from typing import Any

import pytest

from tests.flows_that_are_stiff import approach, three_layers
from verify import Claim, Source, check_enclosure
from verify.claims.conclusions import Grows, Reaches, Throughout
from verify.claims.evidence import Report
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.integrate.system import LOG, Quantity, System, retimed
from verify.judge.decide import judge
from verify.models.trajectories import Trajectories
from verify.models.until import SPEED, Until, all_rates_below
from verify.theories.enclosures.certificate import statement_of
from verify.theories.enclosures.spoken import verdict_of

ENCLOSED, REFUTED, UNDECIDED = Verdict.ENCLOSED, Verdict.REFUTED, Verdict.UNDECIDED
first: Any = lambda x, m: x[0]
loss: Any = lambda x, m: (x[0] * x[1] * x[2] - 1) ** 2 / 2
SMALL, TURN = F(1, 100), System("turn", ("x", "y"), (F(1), F(0)), lambda x, m: [x[1], -x[0]])
LONG = F(10**15)


def ending(system: System, end: F, until: Until, *said: Any, **quantities: Quantity) -> Claim:
    from dataclasses import replace

    system = replace(system, quantities=quantities)
    return Claim(
        id="until",
        title="what holds up to an event",
        setting=Trajectories("a flow", {"the start": lambda: system}, end, until=until),
        assuming=(),
        concluding={f"c{k}": c for k, c in enumerate(said)},
        source=Source.own("draft"),
        expected=ENCLOSED,
    )


#: x = 1 - e^-t is 1/2 at log 2 = 0.693..., and its rate 1/1000 at log 1000 = 6.907...; cos t is 0
#: at pi/2 = 1.570...; the layers escape near t = 93
CASES: dict[str, tuple[System, F, Until, Any, Verdict, F, F]] = {
    "half way": (
        approach(), LONG, Until("q", ">", F(1, 2)), Throughout("q", "<", F(51, 100)),
        ENCLOSED, F(693, 1000), F(694, 1000),
    ),
    "it fails on the way": (
        approach(), LONG, Until("q", ">", F(1, 2)), Throughout("q", "<", F(49, 100)),
        REFUTED, F(0), F(6931472, 10**7),
    ),
    "it fails after the event": (
        TURN, F(10), Until("q", "<", F(0)), Throughout("q", ">", F(-1, 10)),
        ENCLOSED, F(1570, 1000), F(1571, 1000),
    ),
    "at a dyadic time": (
        approach(), LONG, Until("clock", ">", F(3)), Throughout("q", "<", F(1)),
        ENCLOSED, F(3), F(301, 100),
    ),
    "until rates are smaller than the radius asked for": (
        approach(), LONG, all_rates_below(F(1, 10**12)), Throughout("q", "<", F(1)),
        ENCLOSED, F(2763, 100), F(2764, 100),
    ),
    "rates below all digits": (
        approach(), LONG, all_rates_below(F(1, 10**40)), Throughout("q", "<", F(1)),
        UNDECIDED, F(0), F(0),
    ),
    "until all rates are small": (
        approach(), LONG, all_rates_below(F(1, 1000)), Throughout("q", "<", F(9991, 10000)),
        ENCLOSED, F(6907, 1000), F(6908, 1000),
    ),
    "never": (
        approach(), F(10**4), Until("q", ">", F(2)), Throughout("q", "<", F(1)),
        UNDECIDED, F(0), F(0),
    ),
    "approached for ever": (
        approach(), F(10**4), Until("q", ">", F(1)), Throughout("q", "<", F(1)),
        UNDECIDED, F(0), F(0),
    ),
    "touched": (
        TURN, F(5), Until("q", "<", F(-1)), Throughout("q", "<", F(2)),
        UNDECIDED, F(0), F(0),
    ),
    "at the start": (
        approach(), F(5), Until("q", "<", F(1, 2)), Throughout("q", "<", F(2)),
        UNDECIDED, F(0), F(0),
    ),
    "after a plateau": (
        three_layers(SMALL), LONG, Until("loss", "<", F(1, 10**6)), Throughout("q", "<", F(2)),
        ENCLOSED, F(80), F(120),
    ),
    "rates after a plateau begin small": (
        three_layers(SMALL), LONG, all_rates_below(F(1, 10)), Throughout("q", "<", F(2)),
        UNDECIDED, F(0), F(0),
    ),
}  # fmt: skip


def decided(name: str) -> tuple[Claim, Report]:
    system, end, until, said, *_ = CASES[name]
    more = {"loss": loss} if len(system.names) == 3 else {"clock": lambda x, m: m.time + 0 * x[0]}
    claim = ending(system, end, until, said, q=first, **more)
    return claim, judge(claim, Request(digits=8))


@pytest.mark.parametrize("name", CASES)
def test_it_is_decided_up_to_the_event_and_certified(name: str) -> None:
    *_, verdict, low, high = CASES[name]
    claim, report = decided(name)
    found = report.outcomes["c0"]
    assert report.verdict is verdict, found.reason
    if verdict is UNDECIDED:
        assert report.certificate is None and report.exit == 4
        assert claim.setting.until.quantity in found.reason  # type: ignore[union-attr]
        assert "the event is " in found.reason and not found.reason.rstrip().endswith(":")
        return
    assert report.certificate is not None and not report.certificate.refusal
    body = report.certificate.body
    check_enclosure.check(body)
    assert verdict_of(body, claim) is verdict
    assert low <= F(body["parts"][0]["horizon"]) <= high
    if verdict is ENCLOSED:
        assert "the first time at which" in found.scope and "T <= " in found.reason


def test_the_setting_says_it_wherever_it_is_printed() -> None:
    claim, report = decided("half way")
    said = "the horizon T the first time at which q > 1/2, at most 1000000000000000"
    assert said in claim.setting.detail() and said in report.statement
    assert report.parameters["until"] == {"quantity": "q", "relation": ">", "bound": "1/2"}
    assert "the first time at which" in claim.setting.latex()
    assert claim.setting.latex() == claim.setting.latex("q")  # the event's quantity is defined
    assert claim.setting.wire()["until"] == report.parameters["until"]


OTHERS: dict[str, Any] = {
    "another event": lambda p: p["facts"][-1].update(bound="2/5"),
    "no event": lambda p: p["facts"].pop(),
    "the other side": lambda p: p["facts"][-1].update(relation="<"),
    "another quantity": lambda p: p["facts"][-1].update(name="r"),
    "another conclusion": lambda p: p["facts"][0].update(bound="2"),
    "beyond the latest time": lambda p: p.update(horizon=str(2 * LONG)),
    "it lasts from later on": lambda p: p["facts"][0].update(after="1/2"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_a_certificate_of_something_else_does_not_settle_it(name: str) -> None:
    claim, report = decided("half way")
    assert report.certificate is not None
    body = copy.deepcopy(report.certificate.body)
    OTHERS[name](body["parts"][0])
    assert verdict_of(body, claim) is None
    body["statement"] = statement_of(body)
    if name in ("the other side", "beyond the latest time"):  # others are true, of something else
        with pytest.raises(check_enclosure.Refused):
            check_enclosure.check(body)


def test_a_failure_is_no_refutation_without_what_has_not_come() -> None:
    claim, report = decided("it fails on the way")
    assert report.certificate is not None
    body = copy.deepcopy(report.certificate.body)
    body["parts"][0]["facts"].pop()
    assert verdict_of(body, claim) is None


BAD: dict[str, Any] = {
    "an equality": lambda: Until("q", "=", F(1)),
    "a float": lambda: Until("q", "<", 0.5),  # type: ignore[arg-type]
    "a number": lambda: Until(3, "<", F(1)),  # type: ignore[arg-type]
    "no rate": lambda: all_rates_below(0),
    "words": lambda: Trajectories("f", {"s": approach}, F(1), until="q > 1"),  # type: ignore[arg-type]
    "no such quantity": lambda: ending(
        approach(), F(1), Until("r", ">", F(1, 2)), Throughout("q", "<", F(2)), q=first
    ),
    "from later on": lambda: ending(
        approach(), F(1), Until("q", ">", F(1, 2)), Throughout("q", "<", F(2), F(1, 2)), q=first
    ),
    "two events": lambda: ending(
        approach(), F(1), Until("q", ">", F(1, 2)), Reaches("q", ">", F(1, 4), F(1)), q=first
    ),
    "a rate": lambda: ending(approach(), F(1), Until("q", ">", F(1, 2)), Grows("q", F(1)), q=first),
    "a clock of its own": lambda: ending(
        retimed(TURN, LOG), F(1), all_rates_below(1), Throughout("q", "<", F(2)), q=first
    ),
    "a quantity of that name": lambda: ending(
        TURN, F(1), all_rates_below(1), Throughout("q", "<", F(2)), q=first, **{SPEED: first}
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_meant_is_refused_where_it_is_written(name: str) -> None:
    with pytest.raises(BadInput) as error:
        judge(BAD[name](), Request(digits=8))
    assert (
        "expected" in str(error.value)
        or "rename" in str(error.value)
        or "it has" in str(error.value)
    )
