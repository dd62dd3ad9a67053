"""Chebyshev series of balls on -1 <= sigma <= 1, and what is bounded with them.

A series sum_k c_k T_k, its c_k balls, holds a function g where for every sigma there are numbers in
the balls with g(sigma) = sum c_k T_k(sigma). Sums and products of series hold the sums and products
of what their operands hold, a ball added to c_0 holds an error that moves with sigma, and the sum
of the |c_k| bounds g and is submultiplicative. Series are python-flint's polynomials of balls: what
is rounded is charged to a ball. All functions work at the precision that is set.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from flint import arb, arb_mat, arb_poly, ctx

from verify.exact.precision import precision

TABLES = 256  # of each kind that are kept
Series = Any  # arb_poly: the coefficients are those of T_0, T_1, ...


def series(c: Sequence[Any]) -> Series:
    """Of the coefficients of T_0, T_1, ..."""
    return arb_poly(list(c))


def product(a: Series, b: Series) -> Series:
    """2 T_j T_k = T_(j+k) + T_|j-k|."""
    c, m = b.coeffs(), max(0, b.degree())
    above = (a * b).coeffs()
    across = (a * arb_poly([*c, *[arb(0)] * (m + 1 - len(c))][::-1])).coeffs()
    found = above + [arb(0)] * (max(len(above), m + 1) - len(above))
    for index, x in enumerate(across):
        found[abs(index - m)] += x
    return arb_poly([x / 2 for x in found])


def norm(a: Series) -> Any:
    """The sum of the |c_k|, rounded up: a bound of what the series holds."""
    return sum((abs(x) for x in a.coeffs()), arb(0)).upper()


def spread(a: Series) -> Any:
    """The sum of the |c_k| from T_1 on, rounded up: how far from c_0 it is at most."""
    return sum((abs(x) for x in a.coeffs()[1:]), arb(0)).upper()


def around(a: Series, error: Any) -> Series:
    """What is within ``error`` of what the series holds."""
    return a + arb(0, error.upper())


def halved(a: Series) -> tuple[Series, Any]:
    """A polynomial with exact coefficients, and how far what the series holds is from it."""
    c = a.coeffs()
    return arb_poly([x.mid() for x in c]), sum((x.rad() for x in c), arb(0)).upper()


def cut(a: Series, least: Any) -> Series:
    """The same with fewer terms: last ones below ``least`` together are put into c_0."""
    c, error = a.coeffs(), arb(0)
    while len(c) > 1 and (longer := (error + abs(c[-1])).upper()) < least:
        error = longer
        c.pop()
    return around(arb_poly(c), error) if len(c) < a.length() else a


def powers(a: Series) -> Any:
    """A polynomial in powers of sigma; more than a bit is lost for each of them."""
    last = before = arb_poly([0])
    twice = arb_poly([0, 2])
    for x in reversed(a.coeffs()[1:]):
        last, before = twice * last - before + x, last
    return arb_poly([0, 1]) * last - before + (a.coeffs() or [arb(0)])[0]


def derivative(a: Series) -> Series:
    """d/dsigma of a polynomial: c'_(k-1) = c'_(k+1) + 2 k c_k, and c'_0 is half of that."""
    c = a.coeffs()
    found = [arb(0)] * (len(c) + 1)
    for k in range(len(c) - 1, 0, -1):
        found[k - 1] = found[k + 1] + 2 * k * c[k]
    return arb_poly([found[0] / 2, *found[1 : max(1, len(c) - 1)]])


def at(a: Series, sigma: Any) -> Any:
    """The value there, by Clenshaw's rule."""
    c = a.coeffs() or [arb(0)]
    last = before = arb(0)
    for x in reversed(c[1:]):
        last, before = x + 2 * sigma * last - before, last
    return c[0] + sigma * last - before


def ends(a: Series) -> tuple[Any, Any]:
    """The values at -1 and 1."""
    c = a.coeffs()
    even, odd = sum(c[::2], arb(0)), sum(c[1::2], arb(0))
    return even - odd, even + odd


@lru_cache(TABLES)
def points(count: int, bits: int) -> tuple[Any, ...]:
    """cos(pi (j + 1/2) / count), exact numbers near them, from 1 down to -1."""
    with precision(bits):
        return tuple(((arb(2 * j + 1) / (2 * count)).cos_pi()).mid() for j in range(count))


@lru_cache(TABLES)
def sampling(length: int, count: int, bits: int) -> Any:
    """The matrix from ``length`` coefficients to the values at ``count`` points."""
    with precision(bits):
        return arb_mat([_values_of_t(x, length) for x in points(count, bits)])


def _values_of_t(x: Any, length: int) -> list[Any]:
    found = [arb(1), x]
    while len(found) < length:
        found.append(2 * x * found[-1] - found[-2])
    return found[:length]


@lru_cache(TABLES)
def fitting(count: int, bits: int) -> Any:
    """The matrix from the values at so many points to as many coefficients (of a guess)."""
    with precision(bits):
        half = arb(1) / 2
        rows = [
            [(arb(k * (2 * j + 1)) / (2 * count)).cos_pi() * 2 / count for j in range(count)]
            for k in range(count)
        ]
        return arb_mat([[x * half for x in rows[0]], *rows[1:]]).mid()


@lru_cache(TABLES)
def restriction(length: int, part: int, parts: int, bits: int) -> Any:
    """The matrix from coefficients on [-1, 1] to those on a part of it, one of equally long ones:
    row k holds T_k of the part's own variable, as polynomials of it.
    """
    with precision(bits):
        middle = arb(2 * part + 1) / parts - 1
        turn = arb_poly([middle, arb(1) / parts])
        rows = [arb_poly([1]), turn]
        while len(rows) < length:
            rows.append(2 * product(turn, rows[-1]) - rows[-2])
        full = lambda c: [*c, *[arb(0)] * (length - len(c))][:length]
        return arb_mat([full(r.coeffs()) for r in rows[:length]])


def least(a: Series, halvings: int = 6) -> Any:
    """A lower bound of |g| for every g that is held, and 0 or less where it may vanish."""
    c = a.coeffs() or [arb(0)]
    low = (abs(c[0]) - spread(a)).lower()
    if 2 * low > abs(c[0]):
        return low
    low = low.max(_at_ends(a))
    if low > 0 or not halvings:
        return low
    row = arb_mat([c])
    parts = [
        least(arb_poly((row * restriction(len(c), k, 2, ctx.prec)).entries()), halvings - 1)
        for k in (0, 1)
    ]
    return parts[0].min(parts[1])


def _at_ends(a: Series) -> Any:
    """The same where the exact part is monotone: its least value is at an end; else no bound."""
    exact, error = halved(a)
    turn, (left, right) = derivative(exact).coeffs(), ends(exact)
    if not turn or not abs(turn[0]) > sum((abs(x) for x in turn[1:]), arb(0)):
        return arb(-1)
    if not left * right > 0:
        return arb(-1)
    return (abs(left).min(abs(right)) - error).lower()
