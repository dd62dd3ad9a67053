"""The reader's Chebyshev series hold what they say, and bounds are bounds.

What belongs to the kind: every function of series, arguments that are balls in which something
moves, ones that vanish or nearly do, that are constant, steep, short or long, at few and at many
bits; parts of the interval; lower bounds of what changes its sign.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction as F
from random import Random
from typing import Any

import pytest
from flint import arb, ctx

from verify import check_chebyshev as reader
from verify.check_chebyshev import Loose, Series

FUNCTIONS: dict[str, tuple[Callable[[Series], Series], Callable[[Any], Any]]] = {
    "1/x": (reader.reciprocal, lambda v: 1 / v),
    "log": (reader.logarithm, lambda v: v.log()),
    "exp": (reader.exponential, lambda v: v.exp()),
    "root": (lambda x: reader.raised(x, F(1, 2)), lambda v: v.sqrt()),
    "x^(-3/2)": (lambda x: reader.raised(x, F(-3, 2)), lambda v: 1 / (v * v.sqrt())),
    "x^-5": (lambda x: reader.raised(x, F(-5)), lambda v: 1 / v**5),
    "x^7": (lambda x: reader.raised(x, F(7)), lambda v: v**7),
    "square": (lambda x: x * x, lambda v: v * v),
    "cubic": (lambda x: (x * x + x * arb(-3)) * x - x, lambda v: (v * v - 3 * v) * v - v),
}


@pytest.fixture(autouse=True)
def bits_are_given_back() -> Iterator[None]:
    before = ctx.prec
    yield
    ctx.prec = before


def drawn(seed: int) -> tuple[Series, list[F], F]:
    """A series, its exact middles, and by how much c_0 moves."""
    draw = Random(f"a series {seed}")
    length, fall = draw.choice((1, 2, 5, 20, 60)), draw.choice((2, 4, 30))
    c = [F(draw.randint(-999, 999), 64) / fall**k for k in range(length)]
    if draw.random() < F(3, 4):  # mostly of one sign, some so that it comes near to 0
        c[0] = sum(map(abs, c[1:]), F(1, draw.choice((1, 50, 4000))))
    error = draw.choice((F(0), F(1, 2**60), F(1, 2**12)))
    middle = [reader.real(x).mid() for x in c]
    return Series(middle).around(reader.real(error)), [F(*ratio(x)) for x in middle], error


def ratio(x: Any) -> tuple[int, int]:
    top, exponent = (int(k) for k in x.man_exp())
    return (top << exponent, 1) if exponent >= 0 else (top, 1 << -exponent)


def true(c: list[F], sigma: F, shift: F) -> F:
    """Exactly; nothing of the reader."""
    before, last, total = F(1), sigma, c[0] + shift
    for x in c[1:]:
        total, before, last = total + x * last, last, 2 * sigma * last - before
    return total


def value(x: Series, sigma: F) -> Any:
    """With bits that the recurrence may lose."""
    ctx.prec = 600
    return x.at(reader.real(sigma))


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("seed", range(24))
def test_a_function_is_held(name: str, seed: int) -> None:
    of_series, of_balls = FUNCTIONS[name]
    draw = Random(f"places {seed}")
    ctx.prec = bits = draw.choice((64, 96, 333))
    x, c, error = drawn(seed)
    try:
        found = of_series(x)
    except Loose:
        return
    assert ctx.prec == bits
    for _ in range(12):
        sigma, shift = F(draw.randint(-512, 512), 512), error * F(draw.randint(-8, 8), 8)
        held = value(found, sigma)
        exact = of_balls(reader.real(true(c, sigma, shift)))
        assert not exact.is_finite() or held.overlaps(exact)
    if not error:  # and narrowly
        assert found.halved()[1] < found.size() * arb(2) ** (40 - bits) + arb(2) ** (40 - bits)


def test_most_of_them_are_found() -> None:
    """A reader that is always Loose would pass."""
    ctx.prec, found = 96, 0
    for seed in range(24):
        for of_series, _ in FUNCTIONS.values():
            try:
                of_series(drawn(seed)[0])
                found += 1
            except Loose:
                pass
    assert found > 24 * len(FUNCTIONS) * 3 / 4


@pytest.mark.parametrize("seed", range(12))
def test_parts_slopes_and_integrals(seed: int) -> None:
    draw = Random(f"parts {seed}")
    ctx.prec = 96
    x, c, error = drawn(seed)
    low, top = sorted(F(k, 64) for k in draw.sample(range(-64, 65), 2))
    part, whole = x.over(low, top), x.integral()
    slope = x.halved()[0].derivative()
    for _ in range(8):
        place = F(draw.randint(-64, 64), 64)
        sigma = (low + top) / 2 + (top - low) / 2 * place
        shift = error * draw.choice((-1, 0, 1))
        assert value(part, place).contains(reader.real(true(c, sigma, shift)))
        near = F(1, 2**40)
        quotient = (true(c, place + near, F(0)) - true(c, place - near, F(0))) / (2 * near)
        bound = near**2 * sum(abs(a) * k**6 for k, a in enumerate(c))
        assert (
            abs(value(slope, place) - reader.real(quotient)) <= reader.real(bound) + arb(2) ** -60
        )
        risen = value(whole, place) - value(whole, F(0))
        steps = [true(c, place * (2 * k + 1) / 80, shift) * place / 40 for k in range(40)]
        crude = sum(abs(a) * k**4 for k, a in enumerate(c)) / F(500)
        assert not abs(risen - reader.real(sum(steps))) > reader.real(crude + abs(error))


@pytest.mark.parametrize("seed", range(16))
def test_a_lower_bound_is_one(seed: int) -> None:
    ctx.prec = 96
    x, c, error = drawn(seed)
    for sign in (1, -1):
        low = (x * sign).least(12)
        least = min(sign * true(c, F(k, 256), F(0)) for k in range(-256, 257)) - error
        ctx.prec = 600
        assert low <= reader.real(least)
        ctx.prec = 96


def test_what_vanishes_has_no_reciprocal_and_no_logarithm() -> None:
    ctx.prec = 96
    for c in ([F(0), F(1)], [F(1), F(1)], [F(1), F(0), F(1)], [F(-1)], [F(0)]):
        x = Series([reader.real(a) for a in c])
        for name in ("log", "root"):
            with pytest.raises(Loose):
                FUNCTIONS[name][0](x)
        if c != [F(-1)]:
            with pytest.raises(Loose):
                reader.reciprocal(x)


def test_an_exponential_of_what_is_not_bounded_is_loose() -> None:
    ctx.prec = 96
    assert reader.exponential(Series([arb(-(10**9)), arb(10**8)])).size() < arb(2) ** -90
    with pytest.raises(Loose):
        reader.exponential(Series([arb(0), arb(10**12)]))
