"""Functions of Chebyshev series.

A polynomial is guessed from samples, and how far it is from what
the series holds is bounded by the function's own equation. With m the exact part of a series, E how
far the rest is from it, q the guess,

    1/x      |q - 1/x| <= ||q|| eps/(1 - eps),    eps = ||1 - x q||
    exp x    |q - e^m| <= e^R (|q - e^m| at an end + 2 ||q' - q m'||),    R the largest rise of m
             after that end (or fall before the other)
    log x    |q - log m| <= |q - log m| in the middle + ||m q' - m'|| / min |m|
    x^e      |q - m^e| <= sup m^e (|q m^-e - 1| in the middle + ||m q' - e m' q|| sup m^(-e-1))

and what E adds, by the derivative's largest value. Everything is in balls.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from flint import arb, arb_mat, arb_poly, ctx

from verify.integrate.enclosure import NotEnclosed
from verify.integrate.stiff.chebyshev import (
    Series,
    around,
    at,
    derivative,
    ends,
    fitting,
    halved,
    least,
    norm,
    product,
    restriction,
    sampling,
    spread,
)
from verify.integrate.stiff.field import number

FEWEST, MOST, PARTS = 16, 512, 16


def guess(function: Callable[[Any], Any], m: Series) -> Series:
    """A polynomial near the function of m, from as many samples as its last coefficients ask for;
    of its accuracy nothing is claimed.
    """
    count = max(FEWEST, m.length() + 8)
    c = m.coeffs() or [arb(0)]
    while True:
        column = arb_mat([[x] for x in c])
        places = (sampling(len(c), count, ctx.prec) * column).mid().entries()
        values = [function(x).mid() for x in places]
        if not all(x.is_finite() for x in values):
            raise NotEnclosed("a function is not defined on the step")
        found = (fitting(count, ctx.prec) * arb_mat([[x] for x in values])).mid().entries()
        last = max(abs(x) for x in found[-3:])
        if last < max(abs(x) for x in found) * arb(2) ** (16 - ctx.prec) or 2 * count > MOST:
            return arb_poly(found)
        count = 3 * count // 2


def reciprocal(x: Series) -> Series:
    """1/x. Raises NotEnclosed where x is not told from 0."""
    q = guess(lambda value: 1 / value, halved(x)[0])
    eps = norm(1 - product(x, q))
    if not eps < 1:
        raise NotEnclosed("1/x is not separated from a pole on the step")
    return around(q, norm(q) * eps / (1 - eps))


def whole_power(x: Series, e: int) -> Series:
    """x^e, e >= 1."""
    half = whole_power(x, e // 2) if e > 1 else x
    if e == 1:
        return half
    square = product(half, half)
    return product(square, x) if e % 2 else square


def power(x: Series, e: Fraction) -> Series:
    """x^e; of a base > 0 where e is not whole. Raises NotEnclosed."""
    if e.denominator == 1:
        found = whole_power(x, abs(int(e)))
        return found if e > 0 else reciprocal(found)
    m, error, low, high = _positive(x)
    a = number(e)
    q = guess(lambda value: value**a, m)
    left = norm(product(m, derivative(q)) - product(derivative(m), q) * a)
    largest = lambda p, lo, hi: (lo**p).max(hi**p).upper()
    start = abs(at(q, arb(0)) * at(m, arb(0)) ** -a - 1)
    own = largest(a, low, high) * (start + left * largest(-a - 1, low, high))
    through = abs(a) * largest(a - 1, low - error, high + error) * error
    return around(q, own + through)


def log(x: Series) -> Series:
    """log x of a series > 0. Raises NotEnclosed."""
    m, error, low, _ = _positive(x)
    q = guess(lambda value: value.log(), m)
    left = norm(product(m, derivative(q)) - derivative(m))
    own = abs(at(q, arb(0)) - at(m, arb(0)).log()) + left / low
    return around(q, own + error / (low - error))


def _positive(x: Series) -> tuple[Series, Any, Any, Any]:
    """m, E, and bounds of m; m - E is > 0."""
    m, error = halved(x)
    low = least(m)
    if not (low - error > 0 and at(m, arb(0)) > 0):
        raise NotEnclosed("a base or an argument is not separated from 0 on the step")
    return m, error, low, norm(m)


def exp(x: Series) -> Series:
    """e^x; of nothing but its size, where that is below what is worked with."""
    m, error = halved(x)
    ranges = _ranges(m)
    largest = max_of([high for _, high in ranges]).exp().upper()
    wide = (largest * error.expm1()).upper()
    if largest < arb(2) ** (-ctx.prec):
        return around(arb_poly([0]), largest + wide)
    q = guess(lambda value: value.exp(), m)
    left = 2 * norm(derivative(q) - product(q, derivative(m)))
    bounds = []
    for end, turned in zip((0, 1), (ranges, ranges[::-1]), strict=True):
        at_end = abs(ends(q)[end] - ends(m)[end].exp())
        bounds.append((_rise(turned).exp() * (at_end + left)).upper())
    return around(q, bounds[0].min(bounds[1]) + wide)


def _ranges(m: Series) -> list[tuple[Any, Any]]:
    """Lower and upper bounds of m on PARTS equal parts."""
    c = m.coeffs() or [arb(0)]
    row, found = arb_mat([c]), []
    for k in range(PARTS):
        part = arb_poly((row * restriction(len(c), k, PARTS, ctx.prec)).entries())
        middle, far = part.coeffs()[0] if part.length() else arb(0), spread(part)
        found.append(((middle - far).lower(), (middle + far).upper()))
    return found


def _rise(ranges: list[tuple[Any, Any]]) -> Any:
    """How much higher it may be later on."""
    low, most = ranges[0][0], arb(0)
    for lower, upper in ranges:
        low = low.min(lower)
        most = most.max(upper - low)
    return most.upper()


def max_of(values: list[Any]) -> Any:
    """The largest of a list of balls."""
    most = values[0]
    for x in values[1:]:
        most = most.max(x)
    return most
