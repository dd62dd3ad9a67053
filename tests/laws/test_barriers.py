"""What approaches its bound and never gets there: decided by the rate of the distance from it, by
the prover and by the reader, each by itself.

What belongs to the kind (D2, D4): limits that are reached in no time, however near; determinants,
products, losses, norms and sums that a flow keeps on one side; fields and losses, with quotients,
roots, exponentials and the time in them; and what only looks like it: a start on the bound or
beyond it, a bound that is crossed later, a rate whose remainder changes its sign.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction as F
from random import Random
from typing import Any

import pytest

from tests.flows_that_are_stiff import completion, three_layers
from tests.laws.test_stiff_claims import late
from verify import check_enclosure
from verify.claims.conclusions.throughout import Throughout
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.integrate.double import Double
from verify.integrate.stops import FlowStopped
from verify.integrate.system import LOG, System, retimed
from verify.judge.decide import judge
from verify.theories.enclosures.barrier import is_kept
from verify.theories.enclosures.certificate import stated_part
from verify.theories.enclosures.facts import Fact

HALF, DIGITS = F(1, 2), Request(digits=8)


def flow(start: tuple[F, ...], field: Callable) -> System:
    return System("a flow", ("x", "y", "z")[: len(start)], start, field)


Q = Callable[[Any, Any], Any]
first: Q = lambda x, m: x[0]
#: a system, a quantity, a relation and a bound, and a horizon at which its distance is below 10^-90
KEPT: dict[str, tuple[System, Q, str, F, int]] = {
    "1 - x": (flow((F(0),), lambda x, m: [1 - x[0]]), first, "<", F(1), 300),
    "logistic": (flow((HALF,), lambda x, m: [x[0] * (1 - x[0])]), first, "<", F(1), 300),
    "a quotient": (flow((F(0),), lambda x, m: [(1 - x[0]) / (2 + x[0])]), first, "<", F(1), 700),
    "a root": (
        flow((F(0),), lambda x, m: [(1 - x[0]) * (1 + x[0] ** 2).sqrt()]),
        first,
        "<",
        F(1),
        300,
    ),
    "an exponential": (flow((F(-1),), lambda x, m: [-x[0] * x[0].exp()]), first, "<", F(0), 300),
    "the time": (flow((F(3),), lambda x, m: [-x[0] * (1 + m.time)]), first, ">", F(0), 30),
    "pushed away": (
        flow((HALF, F(1)), lambda x, m: [-x[0] + x[1] ** 2, -x[1]]),
        first,
        ">",
        F(0),
        300,
    ),
    "a product": (replace(three_layers(HALF)), lambda x, m: x[0] * x[1] * x[2], "<", F(1), 100),
    "a loss": (
        replace(three_layers(HALF)),
        lambda x, m: (x[0] * x[1] * x[2] - 1) ** 2,
        ">",
        F(0),
        100,
    ),
    "a determinant": (completion(HALF), lambda x, m: x[0] * x[3] - x[1] * x[2], ">", F(0), 10**6),
    "in log time": (retimed(flow((F(0),), lambda x, m: [1 - x[0]]), LOG), first, "<", F(1), 6),
}


@pytest.mark.parametrize("name", KEPT)
def test_what_a_flow_keeps_holds_however_near_it_comes(name: str) -> None:
    system, quantity, relation, bound, end = KEPT[name]
    report = judge(late(system, F(end), Throughout("q", relation, bound), q=quantity), DIGITS)
    assert report.verdict is Verdict.ENCLOSED, report.outcomes["c0"].reason
    assert "kept from it by the rate of their distance" in report.outcomes["c0"].reason
    assert report.certificate is not None
    said = check_enclosure.check(report.certificate.body)
    assert "kept > 0 by its own rate" in said


#: nothing keeps it: it fails, or is not decided, or an enclosure has to decide
NOT_KEPT: dict[str, tuple[System, Q, str, F, int, Verdict]] = {
    "a start on the bound": (
        flow((F(1),), lambda x, m: [1 - x[0]]),
        first,
        "<",
        F(1),
        3,
        Verdict.REFUTED,
    ),
    "a start beyond": (
        flow((F(2),), lambda x, m: [1 - x[0]]),
        first,
        "<",
        F(1),
        3,
        Verdict.REFUTED,
    ),
    "crossed later": (
        flow((F(0),), lambda x, m: [1 - x[0]]),
        first,
        "<",
        F(9, 10),
        3,
        Verdict.REFUTED,
    ),
    "pushed across": (
        flow((HALF, F(1)), lambda x, m: [-x[0] - x[1] ** 2, -x[1]]),
        first,
        ">",
        F(0),
        30,
        Verdict.REFUTED,
    ),
    "pushed by what changes its sign": (
        flow((HALF, F(1)), lambda x, m: [-x[0] - x[1], -x[1]]),
        first,
        ">",
        F(0),
        30,
        Verdict.REFUTED,
    ),
    "an odd power": (
        flow((HALF, F(-1)), lambda x, m: [x[1] ** 3, F(0) * x[1]]),
        first,
        ">",
        F(0),
        3,
        Verdict.REFUTED,
    ),
}


@pytest.mark.parametrize("name", NOT_KEPT)
def test_what_is_not_kept_is_not_called_so(name: str) -> None:
    system, quantity, relation, bound, end, verdict = NOT_KEPT[name]
    report = judge(late(system, F(end), Throughout("q", relation, bound), q=quantity), DIGITS)
    assert report.verdict is verdict or (
        "start on" in name and report.verdict in (Verdict.UNDECIDED, Verdict.VACUOUS)
    )
    assert "kept" not in report.outcomes["c0"].reason


def test_a_quotient_of_many_terms_is_not_written_out() -> None:
    """x^30 by a sum of twelve letters has 10^9 terms: given up at once, by both."""
    names = tuple(f"x{k}" for k in range(12))
    field = lambda x, m: [x[0] ** 30, *[0 * y for y in x[1:]]]
    total = lambda x, m: sum(x[1:], x[0])
    system = System("wide", names, (F(1, 9),) * 12, field, quantities={"q": total})
    assert not is_kept(system, Throughout("q", ">", F(0)))
    assert not reader_says(system, ">", F(0))


def drawn(seed: int) -> tuple[System, Q, F]:
    """A polynomial field, a polynomial quantity with few terms, and a bound."""
    draw = Random(f"a barrier {seed}")
    number = lambda: F(draw.randint(-3, 3), draw.randint(1, 2))
    terms = [
        [(number(), draw.randint(0, 2), draw.randint(0, 2)) for _ in range(2)] for _ in range(2)
    ]
    p = [lambda x, t=t: sum((a * x[0] ** i * x[1] ** j for a, i, j in t), 0 * x[0]) for t in terms]
    field = lambda x, m: [x[0] * p[0](x), p[1](x)] if draw_kind else [p[0](x), x[1] * p[1](x)]
    draw_kind = draw.random() < HALF
    shapes: list[Q] = [lambda x, m: x[0], lambda x, m: x[1], lambda x, m: x[0] * x[1]]
    system = flow((number() + F(1, 7), number() + F(1, 9)), field)
    return system, draw.choice(shapes), F(draw.randint(-1, 1), 2)


def reader_says(system: System, relation: str, bound: F) -> bool:
    part = stated_part("s", system, F(1), [Fact("q", "q", relation, bound)])
    nodes, slopes, _ = check_enclosure.flow_of(part["flow"], part["names"], "t")
    fact = check_enclosure.fact_of(part["facts"][0], part["names"], "t", F(1))
    return check_enclosure.is_kept(nodes, slopes, list(system.start), fact)


@pytest.mark.parametrize("seed", range(120))
def test_prover_and_reader_agree_about_drawn_ones_and_both_are_right(seed: int) -> None:
    """A short time, along which the quantity is looked at in doubles."""
    system, quantity, bound = drawn(seed)
    system = replace(system, quantities={"q": quantity})
    for relation in ("<", ">"):
        kept = is_kept(system, Throughout("q", relation, bound))
        assert kept == reader_says(system, relation, bound)
        if not kept:
            continue
        try:
            run = Double().run(system, F(1), 9, samples=20)
        except FlowStopped:
            continue
        sign = 1 if relation == ">" else -1
        for state in run.states:
            x = [v for row in state.exact() for v in row]
            assert sign * (quantity(x, None) - bound) > -F(1, 10**6)
