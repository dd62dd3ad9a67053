"""Random short flows: the enclosure never loses the solution, which a second method finds at more
digits.

1500 flows by default; FLOWLAW_FLOWS=10000 asks for more. Drawn are polynomial fields, rational ones
with positive denominators, fields with roots, exponentials and logarithms of what is positive, and
gradient flows of random losses, of 1 to 4 states.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable
from fractions import Fraction as F
from functools import cache

import pytest

from verify.integrate.agree import agree, outside, squared_distance
from verify.integrate.balls import PlainBalls
from verify.integrate.base import FlowStopped
from verify.integrate.enclosure import Enclosure
from verify.integrate.gronwall import exact_value
from verify.integrate.system import LOG, System, retimed
from verify.integrate.taylor import Taylor
from verify.integrate.validated import Validated

FLOWS = int(os.environ.get("FLOWLAW_FLOWS", "1500"))
BATCHES = 10


def small(draw: random.Random) -> F:
    return F(draw.randrange(-9, 10), draw.choice([1, 2, 3, 5, 7, 10]))


def polynomial(draw: random.Random, n: int) -> Callable:
    terms = [
        (small(draw), [draw.randrange(n) for _ in range(draw.randrange(4))])
        for _ in range(draw.randrange(1, 4))
    ]

    def value(x, m):
        total = m.time * F(0)
        for a, factors in terms:
            part = a
            for j in factors:
                part = x[j] * part
            total = total + part
        return total

    return value


def positive(draw: random.Random, n: int) -> Callable:
    """1 + a square."""
    inner = polynomial(draw, n)
    return lambda x, m: 1 + inner(x, m) ** 2 * F(1, 4)


def piece_of(draw: random.Random, n: int) -> Callable:
    top, below = polynomial(draw, n), positive(draw, n)
    e = F(draw.choice([-3, -2, -1, 1, 2, 3]), draw.choice([2, 3]))
    return draw.choice(
        [
            top,
            lambda x, m: top(x, m) / below(x, m),
            lambda x, m: below(x, m).log() * top(x, m),
            lambda x, m: (-below(x, m)).exp() * top(x, m),
            lambda x, m: below(x, m).power(e) + top(x, m),
            lambda x, m: top(x, m) + m.time * F(1, 3),
        ]
    )


def random_flow(draw: random.Random) -> System:
    n = draw.randrange(1, 5)
    start = tuple(small(draw) / draw.choice([1, 4, 100]) for _ in range(n))
    names = tuple(f"x{j}" for j in range(n))
    if draw.random() < 0.3:
        a, b = piece_of(draw, n), polynomial(draw, n)
        return System("gradient", names, start, loss=lambda x, m: a(x, m) + b(x, m) ** 2)
    parts = [piece_of(draw, n) for _ in range(n)]
    system = System("field", names, start, field=lambda x, m: [f(x, m) for f in parts])
    return retimed(system, LOG) if draw.random() < 0.2 else system


class TooLong(Exception):
    pass


class Patience:
    """Ends a run after 150 steps: stiff flows and those that nearly blow up take thousands, and say
    nothing more.
    """

    def __init__(self) -> None:
        self.steps = 0

    def __call__(self, time: F) -> None:
        self.steps += 1
        if self.steps > 150:
            raise TooLong


def beside_taylor(found: Enclosure, system: System, horizon: F, digits: int, samples: int) -> str:
    """Where plain balls wrap: a run that is not validated, at more than twice the digits."""
    run = Taylor().run(system, horizon, 2 * digits + 10, samples=samples)
    assert not outside(found, run)
    return "beside taylor"


def seeds(tail: F) -> range:
    return range(0, FLOWS, round(1 / tail))


@cache
def examined(seed: int) -> str:
    """What became of one flow. Raises where the solution is not inside."""
    draw = random.Random(f"flow {seed}")
    system, horizon = random_flow(draw), F(draw.randrange(1, 40), draw.choice([100, 300, 1000]))
    digits, samples = draw.randrange(2, 9), draw.randrange(1, 3)
    try:
        found = Validated().run(system, horizon, digits, samples=samples, progress=Patience())
    except FlowStopped:
        return "refused"
    except TooLong:
        return "too long"
    try:
        true = PlainBalls().run(system, horizon, digits + 6, samples=samples, progress=Patience())
    except (FlowStopped, TooLong):
        return beside_taylor(found, system, horizon, digits, samples)
    assert agree(found, true) == samples + 1
    for time, centre, radius in zip(true.times, true.centres, true.radii, strict=True):
        link = next(link for link in found.links if link.begin <= time <= link.end)
        inside = [exact_value(c, link, time) for c in link.states]
        assert squared_distance(centre, inside) <= (F(link.within, 1 << link.bits) + radius) ** 2, (
            seed
        )
    return "inside"


@pytest.mark.parametrize("batch", range(BATCHES))
def test_no_escape(batch, tail):
    """Raises within where a solution is not inside; what became of each is counted below."""
    for seed in seeds(tail)[batch::BATCHES]:
        examined(seed)


def test_few_are_refused(tail):
    counts = Counter(examined(seed) for seed in seeds(tail))
    assert counts.get("inside", 0) > 0.85 * sum(counts.values()), counts
    assert counts.get("refused", 0) < 0.05 * sum(counts.values()), counts
