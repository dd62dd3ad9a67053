"""Values at late times and rates along the late flow: the stiff engine takes over where settled
directions bind the explicit one, and what is printed says so.

What belongs to the kind: whatever follows a flow to a time that is asked for. Values of systems, of
networks and of formulas; ``Grows``, ``Tends`` and ``Decays``; a calm flow stays with the explicit
engine, and nothing is said of it.
"""

from __future__ import annotations

from fractions import Fraction as F

import pytest

import verify
from tests.flows_that_are_stiff import approach, three_layers
from verify.claims.conclusions import Grows, Tends
from verify.claims.experiments.late import Late
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.integrate.stiff.engine import Stiff
from verify.integrate.system import System
from verify.judge.decide import judge
from verify.models.formulas import Formulas, Letter
from verify.models.trajectories import Trajectories
from verify.terms.expr import const, num

BY = "steps of the stiff engine)"


def two_rates(fast: int) -> System:
    """x follows 1/(1 + y) at a rate of ``fast``, and y' = y^2 falls like 1/t."""
    field = lambda x, m: [fast * (1 / (1 + x[1]) - x[0]), -(x[1] ** 2)]
    quantities = {"y": lambda x, m: x[1], "x": lambda x, m: x[0]}
    return System("two rates", ("x", "y"), (F(0), F(1)), field, quantities=quantities)


def test_a_value_at_a_late_time_is_that_of_more_digits() -> None:
    """a at 10^5, after the escape."""
    system, end = three_layers(F(1, 10)), F(10**5)
    found = verify.value("a", system, time=end, digits=12)
    assert found.at.endswith(BY) and "= 100000 (" in found.at
    true = Stiff().run(system, end, 40, samples=1).states[-1].exact()[0][0]
    assert found.enclosure is not None
    assert abs(found.enclosure[0] - true) <= found.enclosure[1] + F(1, 10**34)
    assert found.enclosure[1] < F(1, 10**11)


def test_a_calm_flow_says_nothing() -> None:
    assert "stiff" not in verify.value("x", approach(), time=F(3), digits=12).at


def test_formulas_at_a_late_time() -> None:
    """y' = -y beside x' = 10^6 (1 - x)."""
    x, y = const("x"), const("y")
    rates = {"x": num(10**6) * (num(1) - x), "y": -y}
    setting = Formulas("two rates", (Letter("x"), Letter("y")), rates=rates)
    found = verify.value("x + y", {"x": 0, "y": 1}, setting=setting, time=F(2), digits=12)
    assert found.at.endswith(BY) and found.enclosure is not None
    assert abs(float(found.enclosure[0]) - 1.1353352832366127) < 1e-15


@pytest.mark.parametrize(("fast", "by"), ((1, ""), (10**6, BY)))
def test_rates_and_limits_along_the_late_flow(fast: int, by: str) -> None:
    """y = 1/(1 + t), and x tends to 1."""
    system = two_rates(fast)
    setting = Trajectories("two rates", {"here": lambda: system}, F(10**3))
    claim = verify.Claim(
        id="late-rates",
        title="late rates",
        setting=setting,
        assuming=(),
        concluding={"rate": Grows("y", F(-1)), "limit": Tends("x", F(1))},
        source=verify.Source.own("draft"),
        expected=Verdict.SUPPORTED,
        experiments=(
            Late("rate", near_miss=F(-11, 10), named="another power"),
            Late("limit", near_miss=F(9, 10), named="another limit"),
        ),
    )
    report = judge(claim, Request(digits=12))
    assert report.verdict is Verdict.SUPPORTED
    assert {(by in m.text if by else "stiff" not in m.text) for m in report.measured} == {True}
