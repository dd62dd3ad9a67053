"""Claims about stiff flows: the engine is chosen by itself, the screen says which ran, and the
certificate is accepted by the reader of enclosures.

What belongs to the kind: every claim whose times the explicit engine does not reach, from losses
and from fields, that hold and that do not, with conclusions from a late time on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction as F

import pytest

from tests.flows_that_are_stiff import approach, completion, three_layers
from verify import Claim, Source, check_enclosure
from verify.claims.conclusions.throughout import Throughout
from verify.claims.evidence import Report
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.integrate.system import Quantity, System
from verify.judge.decide import judge
from verify.models.trajectories import Trajectories
from verify.report.pictures.lines import line

SQUARE = lambda x, m: x[0] ** 2 + x[1] ** 2 if len(x) > 1 else x[0] ** 2


def late(system: System, end: F, *said: Throughout, **quantities: Quantity) -> Claim:
    """A claim about one start."""
    system = replace(system, quantities=quantities)
    return Claim(
        id="late",
        title="what holds late",
        setting=Trajectories("a flow", {"the start": lambda: system}, end),
        assuming=(),
        concluding={f"c{k}": c for k, c in enumerate(said)},
        source=Source.own("draft"),
        expected=Verdict.ENCLOSED,
    )


def decided(make: Callable[[], System], end: F, *said: Throughout, digits: int = 10) -> Report:
    claim = late(make(), end, *said, first=lambda x, m: x[0], square=SQUARE)
    return judge(claim, Request(digits=digits))


def test_the_free_entry_of_a_completion_at_10_to_the_9() -> None:
    """w11 at 10^9 is 1817.1178...: (6 t)^(1/3) less 1.5 parts in a million."""
    late = F(10**9) - 1
    report = decided(
        lambda: completion(F(1, 10)),
        F(10**9),
        Throughout("square", ">", F(181711, 100), after=late),
        Throughout("square", "<", F(181712, 100), after=F(0)),
        digits=8,
    )
    assert report.verdict is Verdict.ENCLOSED and report.exit == 0
    assert all("steps of the stiff engine" in o.reason for o in report.outcomes.values())
    assert report.certificate is not None and not report.certificate.refusal
    assert "exists for 0 <= t <= 1000000000" in check_enclosure.check(report.certificate.body)


def test_what_does_not_hold_is_refuted_with_a_certificate() -> None:
    """From small layers a stays below 1/2 for a long plateau, and not for ever."""
    report = decided(lambda: three_layers(F(1, 10**4)), F(10**6), Throughout("first", "<", F(1, 2)))
    assert report.verdict is Verdict.REFUTED
    assert report.certificate is not None and not report.certificate.refusal
    said = check_enclosure.check(report.certificate.body)
    assert "a > 1/2" in said


def test_a_calm_flow_stays_with_the_explicit_engine() -> None:
    report = decided(approach, F(5), Throughout("first", "<", F(1)))
    assert report.verdict is Verdict.ENCLOSED and "stiff" not in report.outcomes["c0"].reason


@pytest.mark.parametrize("bound", (F(1), F(2)))
def test_what_the_radius_does_not_tell_is_undecided(bound: F) -> None:
    """Two rates: the slow one is not near 1 at first, and is 1 at the start."""
    field = lambda x, m: [-(10**6) * x[0], -x[1]]
    make = lambda: System("two rates", ("x", "y"), (F(1), F(1)), field)
    report = decided(make, F(100), Throughout("first", "<", bound))
    assert (report.verdict is Verdict.ENCLOSED) == (bound > 1)


def test_a_picture_of_it_is_drawn_from_the_same_enclosure() -> None:
    """The band is as narrow as the radius, at every time that is drawn."""
    claim = late(completion(F(1, 10)), F(10**9), Throughout("q", ">"), q=SQUARE)
    report = judge(claim, Request(digits=6))
    setting = claim.setting
    assert isinstance(setting, Trajectories)
    ((label, build),) = setting.starts.items()
    found = line(claim, label, build, setting.horizon, 6, None, report.followed)
    assert found.validated and "steps of the stiff engine" in found.words
    assert all(0 <= high - low < F(1, 10**3) for low, high in found.spans["q"])
    assert 1817 < found.spans["q"][-1][0] < 1818
