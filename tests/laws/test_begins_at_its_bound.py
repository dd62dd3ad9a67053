"""A quantity that begins at its bound: the strict inequality fails at the start, in fractions,
where no radius would tell; the reader finds the value by itself.

What belongs to the kind: both relations, gradients and fields, quantities with the clock, with
rational roots, exp 0 and log 1 in them; starts of stiff flows; bounds that are near and not met,
and sentences that begin later, which are decided as before; certificates that say so and lie.
"""

from __future__ import annotations

import copy
from fractions import Fraction as F
from random import Random
from typing import Any

import pytest

from tests.flows_that_are_stiff import approach, three_layers
from tests.laws.test_stiff_claims import late
from verify import check_enclosure
from verify.claims.conclusions import Throughout
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.integrate.system import System
from verify.judge.decide import judge
from verify.theories.enclosures.certificate import statement_of
from verify.theories.enclosures.spoken import verdict_of

SHAPES: dict[str, Any] = {
    "state": lambda x, m: x[0],
    "polynomial": lambda x, m: 2 * x[0] ** 2 - x[1] + 3,
    "quotient": lambda x, m: x[0] / (1 + x[1] ** 2),
    "root": lambda x, m: (x[0] ** 2 + 0 * x[1]).sqrt() + x[1],
    "exponential": lambda x, m: (x[0] * m.time).exp() + x[1],
    "logarithm": lambda x, m: (1 + m.time).log() * x[0] + x[0],
}


def drawn(seed: int) -> tuple[System, str, F]:
    """A decaying pair from a drawn start, a shape, and the value there computed by hand."""
    draw = Random(seed)
    x, y = F(draw.randint(1, 9), draw.randint(1, 5)), F(draw.randint(1, 9), 4)
    shape = list(SHAPES)[seed % len(SHAPES)]
    values = (x, 2 * x * x - y + 3, x / (1 + y * y), x + y, 1 + y, x)
    given: dict[str, Any] = {"field": lambda z, m: [-z[0], -z[1]]}
    if seed % 2:
        given = {"loss": lambda z, m: (z[0] ** 2 + z[1] ** 2) / 2}
    return System("pair", ("x", "y"), (x, y), **given), shape, values[seed % len(SHAPES)]


@pytest.mark.parametrize("seed", range(12))
def test_it_is_refuted_at_the_start(seed: int) -> None:
    system, shape, value = drawn(seed)
    for relation in "<>":
        claim = late(system, F(1), Throughout("q", relation, value), q=SHAPES[shape])
        report = judge(claim, Request(digits=8))
        assert report.verdict is Verdict.REFUTED, report.outcomes["c0"].reason
        assert report.certificate is not None and not report.certificate.refusal
        body = report.certificate.body
        assert "at t = 0" in body["statement"] and "at t = 0" in check_enclosure.check(body)
        assert verdict_of(body, claim) is Verdict.REFUTED
        witness = report.outcomes["c0"].witness
        assert "at the start, exactly" in witness.text() and witness.ring == "exact"


def test_from_a_start_of_small_layers() -> None:
    said = Throughout("q", "<", F(1, 10**4))
    claim = late(three_layers(F(1, 10**4)), F(100), said, q=lambda x, m: x[0])
    assert judge(claim, Request(digits=8)).verdict is Verdict.REFUTED


@pytest.mark.parametrize(
    ("said", "verdict"),
    (
        (Throughout("q", ">", F(0)), Verdict.REFUTED),
        (Throughout("q", ">", F(0), after=F(1, 10)), Verdict.ENCLOSED),
        (Throughout("q", ">", F(-1, 10**9)), Verdict.ENCLOSED),
        (Throughout("q", ">", F(1, 10**9)), Verdict.REFUTED),
    ),
    ids=str,
)
def test_only_a_sentence_about_the_start_fails_there(said: Throughout, verdict: Verdict) -> None:
    """x = 1 - e^-t from 0."""
    report = judge(late(approach(), F(2), said, q=lambda x, m: x[0]), Request(digits=12))
    assert report.verdict is verdict


LIES: dict[str, Any] = {
    "another bound": {"bound": "1/7"},
    "later": {"after": "1/100"},
    "a quantity that is no fraction there": {"nodes": ["exp 0"], "value": "1 2", "bound": "2"},
    "one that is not defined": {"nodes": ["sum 0", "power 2 -1"], "value": "1 3", "bound": "0"},
    "another relation": {"relation": "=="},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_certificate_that_lies_is_refused(lie: str) -> None:
    system, shape, value = drawn(0)
    claim = late(system, F(1), Throughout("q", ">", value), q=SHAPES[shape])
    certificate = judge(claim, Request(digits=8)).certificate
    assert certificate is not None
    body = copy.deepcopy(certificate.body)
    body["parts"][0]["facts"][0].update(LIES[lie])
    body["statement"] = statement_of(body)
    with pytest.raises(check_enclosure.Refused):
        check_enclosure.check(body)


def test_a_true_fact_of_the_start_says_nothing_of_another_bound() -> None:
    """The start is below this bound, and the fact that it is another number does not refute."""
    system, shape, value = drawn(0)
    claim = late(system, F(1), Throughout("q", ">", value), q=SHAPES[shape])
    certificate = judge(claim, Request(digits=8)).certificate
    assert certificate is not None
    other = late(system, F(1), Throughout("q", ">", value / 2), q=SHAPES[shape])
    assert verdict_of(certificate.body, other) is None
    after = late(system, F(1), Throughout("q", ">", value, after=F(1, 2)), q=SHAPES[shape])
    assert verdict_of(certificate.body, after) is None
