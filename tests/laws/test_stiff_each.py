"""A distance for each state: the comparison holds at every time, in the engine and in its reader,
and saddles that follow one another do not multiply.

What belongs to the kind: matrices whose entries apart from the diagonal are >= 0, with rates from
-10^6 to 3 and with nothing on some of them; distances and defects over many decades, and none; two
and three features one after another; certificates with and without it, with wrong numbers of parts.
"""

from __future__ import annotations

import copy
from fractions import Fraction as F
from functools import cache
from itertools import islice
from random import Random
from typing import Any

import numpy
import pytest
from flint import arb, arb_mat

from tests.flows_that_are_stiff import drawn, saddles, two_features
from tests.laws.test_stiff_enclosures import assert_inside
from verify import check_distances as reader
from verify import check_enclosure
from verify.exact.precision import precision
from verify.integrate.enclosure import Enclosure
from verify.integrate.stiff import each, validated
from verify.integrate.stiff.engine import Stiff
from verify.integrate.stiff.in_doubles import jacobian
from verify.integrate.stiff.validated import StiffValidated
from verify.integrate.trace import program
from verify.theories.enclosures.certificate import body_of

Rows, Json = list[list[Any]], dict[str, Any]


def compared(seed: int) -> tuple[list[Rows], list[Any], list[Any]]:
    """M dt of three parts, distances at first, D dt."""
    draw = Random(f"compared {seed}")
    n = draw.randint(1, 4)
    rate = lambda: draw.choice((draw.uniform(-3, 3), -(10 ** draw.uniform(0, 6))))
    inflow = lambda: draw.choice((0, draw.uniform(0, 2), 10 ** draw.uniform(-9, 0)))
    entry = lambda i, k: arb(rate() if i == k else inflow())
    parts = [[[entry(i, k) for k in range(n)] for i in range(n)] for _ in range(3)]
    size = lambda: arb(draw.choice((0, 10 ** draw.uniform(-60, -3))))
    return parts, [size() for _ in range(n)], [size() for _ in range(n)]


def solved(m: Rows, r: list[Any], pushed: list[Any], t: Any) -> list[Any]:
    """r' = M r + D at a share t of a part, at 900 bits."""
    n = len(r)
    whole = arb_mat(
        [[x * t for x in (*row, d)] for row, d in zip(m, pushed, strict=True)] + [[0] * (n + 1)]
    )
    found = whole.exp() * arb_mat([[x] for x in (*r, arb(1))])
    return [found[i, 0] for i in range(n)]


def by_engine(parts: list[Rows], r: list[Any], pushed: list[Any]) -> tuple[Any, Any]:
    return each.carried_each(r, pushed, [arb_mat(m) for m in parts])


@pytest.mark.parametrize("carried", (by_engine, reader.of_each))
@pytest.mark.parametrize("seed", range(40))
def test_the_comparison_holds_at_every_time(seed: int, carried: Any) -> None:
    """And it is no wider at the end than what rounding asks for."""
    parts, r, pushed = compared(seed)
    within, last = carried(parts, r, pushed)
    most = max((float(x) for x in (*r, *pushed)), default=0)
    with precision(900):
        for m in parts:
            for t in (0, arb(1) / 97, arb(1) / 3, 1):
                now = solved(m, r, pushed, arb(t))
                for x, bound in zip(now, within, strict=True):
                    assert x.lower() <= bound
            r = [x.upper() for x in solved(m, r, pushed, arb(1))]
        for x, bound in zip(r, last, strict=True):
            assert x.lower() <= bound <= x * (1 + arb(2) ** -40) + most * arb(2) ** -150


@pytest.mark.parametrize("seed", (0, 1, 3, 7))
def test_matrices_bound_the_jacobian_all_over_the_tube(seed: int) -> None:
    system, end = drawn(seed)
    draw, flow, radius = numpy.random.default_rng(seed), program(system), 1e-3
    for arc in islice(Stiff().arcs(system, end, 8), 3):
        moves = each.comparisons(flow, arc, radius)
        rows = numpy.array([[float(F(x, 1 << arc.bits)) for x in c] for c in arc.rows])
        for part, m in enumerate(moves):
            tau = (part + draw.random(20)) / each.PARTS
            x = numpy.polynomial.chebyshev.chebval(2 * tau - 1, rows.T)
            x += radius * draw.uniform(-1, 1, x.shape)
            j = jacobian(flow, x, float(arc.begin) + float(arc.h) * tau) * float(arc.h) / each.PARTS
            size, n = abs(j), numpy.arange(len(rows))
            size[:, n, n] = j[:, n, n]
            top = numpy.array([[float(y) for y in row] for row in m.tolist()])
            assert (size <= top + 1e-9 * abs(top)).all()


FLOWS = {"two": (2, F(10**5), 8), "three": (3, F(10**5), 10)}


@cache
def enclosed(name: str) -> Enclosure:
    count, end, digits = FLOWS[name]
    return StiffValidated().run(saddles(count, F(1, 1000)), end, digits, samples=3)


@cache
def written(name: str) -> Json:
    return body_of(name, [("three small numbers", enclosed(name).system, enclosed(name), [])])


@pytest.mark.parametrize("name", FLOWS)
def test_saddles_one_after_another_are_enclosed_without_more_digits(name: str) -> None:
    count, end, digits = FLOWS[name]
    found = enclosed(name)
    assert all(link.each for link in found.links) and found.worked == digits + validated.SPARE
    true = Stiff().run(saddles(count, F(1, 1000)), end, digits + 30, samples=3)
    assert_inside(found, true, F(1, 10 ** (digits + 24)))


def test_one_distance_alone_asks_for_more_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validated, "MOST", 1)
    count, end, digits = FLOWS["two"]
    found = StiffValidated().run(saddles(count, F(1, 1000)), end, digits, samples=3)
    assert found.worked > digits + validated.SPARE and not any(link.each for link in found.links)


def test_where_one_distance_is_enough_there_is_no_other() -> None:
    found = StiffValidated().run(two_features(F(1, 100)), F(100), 8, samples=1)
    assert not any(link.each for link in found.links)


def radius(body: Json) -> F:
    return F(check_enclosure.check(body).partition("within ")[2].partition(" ")[0])


@cache
def width(name: str) -> F:
    """As it was written: the reader takes seconds."""
    return radius(written(name))


@pytest.mark.parametrize("name", FLOWS)
def test_the_reader_derives_them_and_is_wider_without(name: str) -> None:
    assert width(name) < F(1, 10 ** FLOWS[name][2])
    without = copy.deepcopy(written(name))
    for link in without["parts"][0]["links"]:
        del link["each"]
    try:
        assert radius(without) > 100 * width(name)
    except check_enclosure.Refused as reason:
        assert "logarithmic norm" in str(reason) or "not bounded" in str(reason)


@pytest.mark.parametrize("wrong", (0, -1, 65, True, "16", None))
def test_a_number_of_parts_is_one(wrong: Any) -> None:
    body = copy.deepcopy(written("two"))
    body["parts"][0]["links"][0]["each"] = wrong
    with pytest.raises(check_enclosure.Refused, match="each: not a number of parts"):
        check_enclosure.check(body)


def test_one_part_is_true_as_well() -> None:
    """Coarse matrices make distances larger; whether it is refused is the reader's choice."""
    body = copy.deepcopy(written("two"))
    for link in body["parts"][0]["links"]:
        link["each"] = 1
    try:
        assert radius(body) >= width("two")
    except check_enclosure.Refused as reason:
        assert "logarithmic norm" in str(reason) or "not bounded" in str(reason)


def test_a_polynomial_that_is_off_is_refused_or_wide() -> None:
    body = copy.deepcopy(written("two"))
    link = body["parts"][0]["links"][5]
    first, *others = link["chebyshev"][0].split(" ")
    moved = int(first, 16) + (1 << link["bits"] - 20)  # by 10^-6
    link["chebyshev"][0] = " ".join([f"{moved:x}", *others])
    try:
        assert radius(body) > F(1, 10**7)
    except check_enclosure.Refused:
        return
