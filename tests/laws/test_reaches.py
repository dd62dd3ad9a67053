"""Events as conclusions: a quantity gets beyond a value before a time, decided by enclosures.

What belongs to the kind: events early and late, after plateaus, in both directions, by either
engine, from several starts; ones that come too late, never, or are touched; two facts of one claim;
certificates in which the event, its time or its side is another one.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from fractions import Fraction as F
from typing import Any

import pytest

from tests.flows_that_are_stiff import approach, three_layers
from tests.laws.test_stiff_claims import late
from verify import check_enclosure
from verify.claims.conclusions import Conclusion, Reaches, Throughout
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.integrate.system import System
from verify.judge.decide import judge
from verify.theories.enclosures.spoken import verdict_of

DIGITS = Request(digits=8)
ENCLOSED, REFUTED, UNDECIDED = Verdict.ENCLOSED, Verdict.REFUTED, Verdict.UNDECIDED
SMALL, TURN = F(1, 10**4), System("turn", ("x", "y"), (F(1), F(0)), lambda x, m: [x[1], -x[0]])
first: Any = lambda x, m: x[0]
clock: Any = lambda x, m: m.time + 0 * x[0]  # crosses exactly where parts of links end
product: Any = lambda x, m: x[0] * x[1] * x[2]
#: x = 1 - e^-t is 1/2 at log 2 = 0.693..., cos t is -1/2 at 2 pi/3 = 2.094...
CASES: dict[str, tuple[System, Any, F, Conclusion, Verdict]] = {
    "in time": (approach(), first, F(5), Reaches("q", ">", F(1, 2), F(7, 10)), ENCLOSED),
    "too late": (approach(), first, F(5), Reaches("q", ">", F(1, 2), F(69, 100)), REFUTED),
    "never": (approach(), first, F(5), Reaches("q", ">", F(1), F(5)), REFUTED),
    "never, and near it": (approach(), first, F(300), Reaches("q", ">", F(1), F(300)), REFUTED),
    "at the start": (approach(), first, F(5), Reaches("q", "<", F(1, 10), F(5)), ENCLOSED),
    "down": (TURN, first, F(5), Reaches("q", "<", F(-1, 2), F(21, 10)), ENCLOSED),
    "down, too late": (TURN, first, F(5), Reaches("q", "<", F(-1, 2), F(209, 100)), REFUTED),
    "and back": (TURN, first, F(13, 2), Reaches("q", "<", F(-99, 100), F(13, 2)), ENCLOSED),
    "touched": (TURN, first, F(5), Reaches("q", "<", F(-1), F(4)), UNDECIDED),
    "at a dyadic time": (approach(), clock, F(5), Reaches("q", ">", F(3), F(3073, 1024)), ENCLOSED),
    "touched at its last time": (approach(), clock, F(5), Reaches("q", ">", F(3), F(3)), UNDECIDED),
    "after a plateau": (
        three_layers(SMALL),
        product,
        F(10**6),
        Reaches("q", ">", F(1, 2), F(10**4)),
        ENCLOSED,
    ),
    "a plateau": (
        three_layers(SMALL),
        product,
        F(10**6),
        Reaches("q", ">", F(1, 2), F(5000)),
        REFUTED,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_an_event_is_decided_and_certified(name: str) -> None:
    system, quantity, end, said, verdict = CASES[name]
    claim = late(system, end, said, q=quantity)
    report = judge(claim, DIGITS)
    assert report.verdict is verdict, report.outcomes["c0"].reason
    if verdict is UNDECIDED:
        assert report.certificate is None
        return
    assert report.certificate is not None and not report.certificate.refusal
    body = report.certificate.body
    check_enclosure.check(body)
    assert verdict_of(body, claim) is verdict
    if verdict is ENCLOSED:
        assert "seen near clock" in report.outcomes["c0"].reason
        assert F(body["parts"][0]["horizon"]) <= said.before  # type: ignore[attr-defined]


def test_beside_what_lasts_each_has_a_part_of_its_own() -> None:
    claim = late(
        approach(),
        F(5),
        Throughout("q", "<", F(1)),
        Reaches("q", ">", F(1, 2), F(1)),
        Reaches("q", ">", F(9, 10), F(3)),
        q=first,
    )
    report = judge(claim, DIGITS)
    assert report.verdict is ENCLOSED and report.certificate is not None
    body = report.certificate.body
    assert [p["facts"][0]["words"] for p in body["parts"]] == ["c0", "reached", "reached"]
    assert verdict_of(body, claim) is ENCLOSED


def put(part: Any, **found: Any) -> None:
    part["facts"][0].update(found)


OTHERS: dict[str, Callable[[Any], Any]] = {
    "another bound": lambda p: put(p, bound="2/5"),
    "the other side": lambda p: put(p, relation="<"),
    "another quantity": lambda p: put(p, name="r"),
    "another start": lambda p: p["start"].__setitem__(0, "1/3"),
    "after the time": lambda p: p.update(horizon="3/4"),
    "no fact": lambda p: p.update(facts=[]),
    "two facts": lambda p: p["facts"].append(p["facts"][0]),
}


@pytest.mark.parametrize("name", OTHERS)
def test_a_certificate_of_another_event_does_not_settle_the_claim(name: str) -> None:
    claim = late(approach(), F(5), Reaches("q", ">", F(1, 2), F(7, 10)), q=first)
    certificate = judge(claim, DIGITS).certificate
    assert certificate is not None
    body: Any = copy.deepcopy(certificate.body)
    OTHERS[name](body["parts"][0])
    assert verdict_of(body, claim) is None


def test_part_of_the_time_does_not_exclude_an_event() -> None:
    """x < 1/2 up to 1/2 says nothing about [0, 7/10]."""
    short = late(approach(), F(5), Reaches("q", ">", F(1, 2), F(1, 2)), q=first)
    longer = late(approach(), F(5), Reaches("q", ">", F(1, 2), F(7, 10)), q=first)
    certificate = judge(short, DIGITS).certificate
    assert certificate is not None
    assert verdict_of(certificate.body, short) is REFUTED
    assert verdict_of(certificate.body, longer) is None


@pytest.mark.parametrize(
    "bad",
    (
        lambda: Reaches("q", ">=", F(1), F(1)),
        lambda: Reaches("q", ">", 0.5, F(1)),  # type: ignore[arg-type]
        lambda: Reaches("q", ">", F(1), 0.5),  # type: ignore[arg-type]
        lambda: Reaches("q", ">", F(1), F(0)),
        lambda: Reaches(3, ">", F(1), F(1)),  # type: ignore[arg-type]
        lambda: late(approach(), F(5), Reaches("q", ">", F(1), F(6)), q=first),
        lambda: late(approach(), F(5), Reaches("r", ">", F(1), F(1)), q=first),
    ),
)
def test_what_is_not_well_formed_is_refused(bad: Callable[[], Any]) -> None:
    with pytest.raises(BadInput):
        bad()
