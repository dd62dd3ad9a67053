"""Norms that are found for several polynomials at once are those that each has by itself, and no
others: they belong to the numbers that were looked at.

What belongs to the kind: flows of one state and of many, with functions, with the clock; engines
that change what they have handed over, stop within a batch, or hand over pieces of another shape.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction as F
from itertools import islice
from typing import Any

import pytest

from benchmarks import problems
from tests.flows_that_are_stiff import completion, drawn
from verify.integrate.ahead import Ahead, batches, least_tube, states_of
from verify.integrate.base import FlowStopped, Piece
from verify.integrate.enclosure import Unenclosed
from verify.integrate.gronwall import double_up
from verify.integrate.logarithmic_norm import growth
from verify.integrate.system import System
from verify.integrate.taylor import Taylor
from verify.integrate.trace import program
from verify.integrate.validated import Validated

RISES = System("rises", ("x",), (F(1, 3),), lambda x, m: [x[0] - x[0] ** 3])
SYSTEMS = {
    "one state": RISES,
    "four states": completion(F(1, 10)),
    "roots": drawn(2)[0],
    "exponentials": drawn(3)[0],
    "a clock": drawn(4)[0],
    "P1": problems.p1(),
    "P5, the clock of logarithms": problems.p5(),
}


def pieces(system: System, digits: int = 40) -> list[Piece]:
    return list(islice(Taylor().pieces(system, F(3), digits), 4))


@pytest.mark.parametrize("name", SYSTEMS)
def test_they_are_the_norms_of_each(name: str) -> None:
    system = SYSTEMS[name]
    made, batch = program(system), pieces(SYSTEMS[name])
    ahead = Ahead(made)
    ahead.look(batch, F(0))
    known = [mu for mu in ahead.foreseen.values() if mu is not None]
    assert known
    for piece in batch:
        tube = least_tube(states_of(piece))
        assert ahead.growth(piece, tube) == growth(made, piece, double_up(tube, piece.bits))


def test_a_wider_tube_and_another_polynomial_are_looked_at_anew() -> None:
    made, batch = program(RISES), pieces(RISES)
    ahead = Ahead(made)
    ahead.look(batch, F(0))
    piece, tube = batch[0], least_tube(states_of(batch[0]))
    wide = ahead.growth(piece, tube << 55)
    assert max(wide) > max(ahead.growth(piece, tube))
    piece.nodes[0][1:] = [0] * len(piece.nodes[0][1:])  # at rest in 1/3, J = 1 - 3/9
    assert ahead.growth(piece, tube)[-1] == pytest.approx(2 / 3, abs=1e-3)


def test_nothing_is_foreseen_of_a_wide_enclosure() -> None:
    ahead = Ahead(program(RISES))
    ahead.look(pieces(RISES), F(1, 10**6))
    assert not ahead.foreseen


class Reused:
    """An engine that hands over one list again and again."""

    def pieces(self, system: System, horizon: F, digits: int) -> Iterator[Piece]:
        nodes: list[list[int]] = [[] for _ in program(system).nodes]
        for piece in Taylor().pieces(system, horizon, digits):
            for mine, own in zip(nodes, piece.nodes, strict=True):
                mine[:] = own
            yield replace(piece, nodes=nodes)


def test_an_engine_that_changes_what_it_has_handed_over_is_not_believed() -> None:
    with pytest.raises(Unenclosed):
        Validated(engine=Reused()).run(RISES, F(3), 30, samples=1)


@pytest.mark.parametrize("count", (0, 1, 3, 4, 6))
def test_what_comes_before_a_stop_is_enclosed(count: int) -> None:
    def supplied() -> Iterator[Any]:
        yield from range(count)
        raise FlowStopped(F(count), "no further")

    seen: list[int] = []
    with pytest.raises(FlowStopped, match="no further"):
        for batch in batches(supplied()):
            seen += batch  # type: ignore[arg-type]
    assert seen == list(range(count))
