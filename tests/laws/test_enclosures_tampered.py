"""Nothing an engine says is believed: one that lies gets a wider enclosure or an error, never an
enclosure that is false.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction as F
from functools import cache
from typing import Any

import pytest

from verify.integrate.balls import BallRun, PlainBalls
from verify.integrate.base import FlowStopped, Piece
from verify.integrate.enclosure import Unenclosed
from verify.integrate.gronwall import exact_value
from verify.integrate.stiff.arc import Arc
from verify.integrate.stiff.engine import Stiff
from verify.integrate.stiff.validated import StiffValidated
from verify.integrate.system import LOG, System, retimed
from verify.integrate.taylor import Taylor
from verify.integrate.validated import Validated

LOGISTIC = System("logistic", ("x",), (F(1, 4),), field=lambda x, m: [x[0] * (1 - x[0])])
TURN = System("oscillator", ("x", "v"), (F(1), F(1, 3)), field=lambda x, m: [x[1], -x[0]])
DRIVEN = System("driven", ("x",), (F(2),), field=lambda x, m: [1 + x[0].log() * (m.time + 1)])
LATE = retimed(System("1/(1+t)", ("x",), (F(1),), field=lambda x, m: [-x[0] * x[0]]), LOG)
MIXED = System(
    "mixed",
    ("x",),
    (F(1, 2),),
    field=lambda x, m: [(-x[0]).exp() / (1 + x[0] * x[0]) + x[0].power(F(3, 2)) * m.time],
)
SYSTEMS = [LOGISTIC, TURN, DRIVEN, LATE, MIXED]


class Tampered:
    """The default engine, its pieces changed by ``change(number of the piece, piece)``; None leaves
    a piece out.
    """

    def __init__(self, change: Callable[[int, Piece], Piece | None]) -> None:
        self.change = change

    def pieces(self, system: System, horizon: F, digits: int) -> Iterator[Piece]:
        for k, piece in enumerate(Taylor().pieces(system, horizon, digits)):
            changed = self.change(k, piece)
            if changed is not None:
                yield changed


def nodes(piece: Piece, which: int, k: int, change: Callable[[int], int]) -> Piece:
    """With coefficient k of one node changed."""
    found = [list(map(int, c)) for c in piece.nodes]
    found[which][k] = change(found[which][k])
    return replace(piece, nodes=found)


def slightly(x: int) -> int:
    return x + x // 100_000 + 1


def squared(a: Any, b: Any) -> F:
    return sum(((x - y) ** 2 for x, y in zip(a, b, strict=True)), F(0))


@cache
def truth(which: int, horizon: F, samples: int) -> BallRun:
    return PlainBalls().run(SYSTEMS[which], horizon, 16, samples=samples)


def holds(
    system: System, engine: Any, horizon: F = F(2), digits: int = 6, samples: int = 7
) -> bool | None:
    """Whether the true solution lies inside, at the samples and on the links; None where the engine
    was refused.
    """
    try:
        found = Validated(engine=engine).run(system, horizon, digits, samples=samples)
    except FlowStopped:
        return None
    assert found.times == tuple(horizon * j / samples for j in range(samples + 1))
    assert len(found.states) == len(found.radii) == samples + 1
    assert found.links[0].begin == 0 and found.links[-1].end == horizon
    assert all(a.end == b.begin for a, b in zip(found.links, found.links[1:], strict=False))
    true = truth(SYSTEMS.index(system), horizon, samples)
    for j, time in enumerate(found.times):
        state = [x for row in found.states[j].exact() for x in row]
        if squared(true.centres[j], state) > (found.radii[j] + true.radii[j]) ** 2:
            return False
        link = next(link for link in found.links if link.begin <= time <= link.end)
        inside = [exact_value(c, link, time) for c in link.states]
        if squared(true.centres[j], inside) > (F(link.within, 1 << link.bits) + true.radii[j]) ** 2:
            return False
    return True


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda s: s.title)
def test_the_untouched_engine_is_accepted(system):
    assert holds(system, Tampered(lambda k, p: p))


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda s: s.title)
@pytest.mark.parametrize("order", [0, 1, 2, 5])
def test_one_coefficient_of_any_node_changed(system, order):
    """States, clock, inner nodes: in the second piece, one after the other."""
    count = len(next(Taylor().pieces(system, F(2), 6)).nodes)
    for which in range(count):
        changed = Tampered(
            lambda k, p, which=which: nodes(p, which, order, slightly) if k == 1 else p
        )
        assert holds(system, changed) is not False, f"node {which}"


def shifted(k: int, p: Piece) -> Piece:
    for j in range(p.states):
        p = nodes(p, j, 0, lambda x, by=(1 << p.bits) // 1000: x + by)
    return p


LIES: dict[str, Callable[[int, Piece], Piece | None]] = {
    "every start shifted": shifted,
    "one start shifted": lambda k, p: shifted(k, p) if k == 1 else p,
    "a piece missing": lambda k, p: None if k == 1 else p,
    "the first piece missing": lambda k, p: None if k == 0 else p,
    "stops early": lambda k, p: p if k < 2 else None,
    "nothing at all": lambda k, p: None,
    "begins later than it says": lambda k, p: replace(
        p, begin=p.begin + p.h / 8, end=p.end + p.h / 8
    ),
    "ends beyond its step": lambda k, p: replace(p, h=p.h / 2),
    "ends far beyond its step": lambda k, p: replace(p, end=p.end + 50 * p.h),
    "goes backwards": lambda k, p: replace(p, end=p.begin - p.h / 4),
    "a negative step": lambda k, p: replace(p, h=-p.h),
    "another scale": lambda k, p: replace(p, bits=p.bits + 1),
    "no terms after the second": lambda k, p: replace(p, nodes=[c[:2] for c in p.nodes]),
    "fewer states than the program": lambda k, p: replace(p, states=0),
    "no motion": lambda k, p: replace(p, nodes=[[c[0], *[0] * (len(c) - 1)] for c in p.nodes]),
    "a longer step with the same terms": lambda k, p: replace(p, h=p.h * F(101, 100)),
}


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda s: s.title)
@pytest.mark.parametrize("lie", LIES)
def test_lies(system, lie):
    assert holds(system, Tampered(LIES[lie])) is not False


class StandingClock:
    """x' = t in ten steps, in each of which the clock stands still: everything is consistent but
    the clock.
    """

    def pieces(self, system: System, horizon: F, digits: int) -> Iterator[Piece]:
        h, bits, x = horizon / 10, 4 * digits + 40, F(0)
        for k in range(10):
            terms = [[int(c * 2**bits) for c in row] for row in ((x, h * h * k), (h * k, F(0)))]
            yield Piece(h * k, h * (k + 1), h, bits, 1, terms, 1, F(0), F(0))
            x += h * h * k


class Waiting:
    """Its first step, cut to no length, again and again: nothing of it is wrong, and no time
    passes.
    """

    def pieces(self, system: System, horizon: F, digits: int) -> Iterator[Piece]:
        piece = next(Taylor().pieces(system, horizon, digits))
        yield from self.again(replace(piece, end=piece.begin))

    def arcs(self, system: System, horizon: F, digits: int) -> Iterator[Arc]:
        arc = next(Stiff().arcs(system, horizon, digits))
        yield from self.again(replace(arc, end=arc.begin))

    def again(self, step: Any) -> Iterator[Any]:
        for _ in range(50):
            yield step
        raise AssertionError("50 steps of no length, and it asks for more")


@pytest.mark.parametrize("validated", (Validated, StiffValidated))
def test_an_engine_that_never_moves_is_refused(validated: Any) -> None:
    with pytest.raises(Unenclosed, match="do not continue"):
        validated(engine=Waiting()).run(LOGISTIC, F(2), 6, samples=1)


def test_a_clock_that_stands_still():
    """The clock's polynomial is checked like any other."""
    rising = System("x' = t", ("x",), (F(0),), field=lambda x, m: [m.time])
    assert Validated().run(rising, F(1), 6, samples=1).states[-1].exact()[0][0] == F(1, 2)
    with pytest.raises(Unenclosed):
        Validated(engine=StandingClock()).run(rising, F(1), 6, samples=1)


class Other:
    """Answers with another flow."""

    def __init__(self, system: System) -> None:
        self.system = system

    def pieces(self, system: System, horizon: F, digits: int) -> Iterator[Piece]:
        return Taylor().pieces(self.system, horizon, digits)


@pytest.mark.parametrize(
    "other",
    [
        replace(LOGISTIC, start=(F(1, 4) + F(1, 10**4),)),
        replace(LOGISTIC, field=lambda x, m: [x[0] * (1 - x[0] * F(10001, 10000))]),
    ],
)
def test_pieces_of_another_flow(other):
    assert holds(LOGISTIC, Other(other)) is not False


def test_a_small_lie_makes_the_radius_wider_and_no_more():
    """Where the radius that was asked for leaves room, an enclosure of a slightly wrong polynomial
    is found, around the truth.
    """
    lie = Tampered(lambda k, p: nodes(p, 0, 1, slightly) if k == 0 else p)
    honest, widened = (
        Validated(engine=e).run(LOGISTIC, F(2), 3, samples=2) for e in (Taylor(), lie)
    )
    assert widened.radii[-1] > 10 * honest.radii[-1]
    assert holds(LOGISTIC, lie, digits=3)
    with pytest.raises(Unenclosed, match="10\\^-12"):
        Validated(engine=lie).run(LOGISTIC, F(2), 12, samples=2)
