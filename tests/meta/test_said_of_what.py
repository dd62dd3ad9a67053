"""What is only measured or enclosed says of what: starts, losses, instances; and "moves" is printed
only where something does.

The kind: a sentence that reads like a universal one while the run looked at a few starts ("J ->
49/32 as t -> oo", nothing beyond the setting), and a word of the screen that nothing was computed
for ("instance moves" where the setting has no motion). To it belong every kind of conclusion that
no proof decides, the line of the list, JSON, and the instances of every algebra.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest

from proofs import CLAIMS
from verify.claims.conclusions import ALONG, SAMPLED, Throughout
from verify.claims.request import Request
from verify.exact.errors import BadInput
from verify.integrate.system import System
from verify.judge.decide import judge
from verify.judge.parts import theory_of
from verify.models.motions import Still
from verify.report.screen import plain_text, screen
from verify.values.evaluate import value

FOLLOWED = [c for c in CLAIMS if c.setting.kind == "trajectories"]
DRAWN = [c for c in CLAIMS if c.setting.kind == "samples"]
STATIC = [
    c for c in CLAIMS if c.setting.kind in ("formulas", "matrices") and c.expected.name == "PROVED"
]


@cache
def report(name: str):
    (claim,) = [c for c in CLAIMS if c.id == name]
    return judge(claim, Request(numeric=False))


@pytest.mark.parametrize("claim", FOLLOWED, ids=lambda c: c.id)
def test_starts_belong_to_the_sentence(claim) -> None:
    found = report(claim.id)
    text = " ".join(plain_text(screen(found, [], None)).split())
    for c in claim.concluding.values():
        assert type(c) in ALONG
        said = "from the listed starts" in c.render() or "from each listed start" in c.render()
        assert said or (isinstance(c, Throughout) and c.beyond)
    assert "nothing beyond the setting and its starts" in text or claim.assuming
    for label, build in claim.setting.starts.items():
        system = build()
        numbers = ", ".join(
            f"{n} = {x}" for n, x in list(zip(system.names, system.start, strict=True))[:3]
        )
        assert f"{label!r}: {numbers}" in text, "every start with its exact numbers"
        assert (
            label in found.statement and f"clock in [0, {claim.setting.horizon}]" in found.statement
        )


@pytest.mark.parametrize("claim", DRAWN, ids=lambda c: c.id)
def test_instances_belong_to_the_sentence(claim) -> None:
    text = " ".join(plain_text(screen(report(claim.id), [], None)).split())
    assert all(
        type(c) in SAMPLED and c.render().endswith("at every drawn instance")
        for c in claim.concluding.values()
    )
    assert (
        "nothing beyond the setting and its instances" in text
        and " ".join(claim.setting.detail().split()) in text
    )


@pytest.mark.parametrize("claim", STATIC[::3], ids=lambda c: c.id)
def test_moves_is_said_where_something_moves(claim) -> None:
    """A third of them, spread. Without rates, or at rest, nothing can move."""
    found = report(claim.id)
    rest = (
        not claim.setting.rates
        if claim.setting.kind == "formulas"
        else isinstance(claim.setting.motion, Still)
    )
    text = " ".join(plain_text(screen(found, [], None)).split())
    assert ("instance exact" in text) is rest and ("instance moves" in text) is not rest


def test_a_state_at_which_the_velocity_vanishes_does_not_move() -> None:
    """The velocity is computed at the instance that is shown, not looked up in the setting."""
    from dataclasses import replace
    from fractions import Fraction

    found = next(o for o in report("kn-scalar").outcomes.values() if o.instance is not None)
    moves_at = theory_of(found.sentence).moves_at
    assert found.moves and moves_at(found.sentence, found.instance)
    at_rest = replace(found.instance, letters={"w1": Fraction(2), "w2": Fraction(2)})  # type: ignore[type-var]
    assert not moves_at(found.sentence, at_rest), "G = w1^2 - w2^2 = 0 there"


@pytest.mark.parametrize("name", ["dln-dim", "moment-map-torus"])
def test_points_of_actions(name: str) -> None:
    (claim,) = [c for c in CLAIMS if c.id == name]
    outcome = next(o for o in judge(claim).outcomes.values() if o.instance is not None)
    assert outcome.moves is (name == "moment-map-torus"), (
        "a point that the sentence speaks of comes without a velocity"
    )


def system(name: str, quantity) -> System:
    flow = {"field": lambda x, m: [x[0] * (1 - x[0]), -x[1]]}
    start = (Fraction(1, 10), Fraction(1))
    return System("line", ("x", "W_1[1,2]"), start, quantities={name: quantity}, **flow)


@pytest.mark.parametrize(
    ("name", "quantity"),
    [
        ("x", lambda x, m: x[0] ** 2),
        ("x", lambda x, m: x[1]),
        ("x", lambda x, m: 2 * x[0]),
        ("(x)", lambda x, m: x[0]),
        ("x'", lambda x, m: x[0] * (1 - x[0])),
        ("W_1[1,2]", lambda x, m: x[0]),
        ("W1[1,2]", lambda x, m: x[1]),
    ],
)
def test_a_quantity_that_reads_as_a_state_is_that_state(name: str, quantity) -> None:
    """Refused where it is asked for, as for enclosures: "x = 1/100 at x = 1/10" was a value."""
    with pytest.raises(BadInput, match="bears the name of a state and is another"):
        value(name, system(name, quantity))


def test_a_quantity_may_be_the_state_that_bears_its_name() -> None:
    assert value("x", system("x", lambda x, m: x[0])).exact == Fraction(1, 10)
    assert value("square", system("square", lambda x, m: x[0] ** 2)).exact == Fraction(1, 100)
