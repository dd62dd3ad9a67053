"""Chebyshev series in balls, for ``check_enclosure.py``, which loads this file from beside it:
standard library and python-flint, nothing of the engines.

A series sum_k c_k T_k on -1 <= sigma <= 1, its c_k balls, holds a function g where at every sigma
numbers of the balls give g(sigma). Sums and products hold the sums and products of what is held
(T_k is (z^k + z^-k)/2 on the unit circle, so that series multiply as Laurent polynomials that read
the same both ways), a ball around c_0 holds an error that moves, sum |c_k| bounds g. Further,

- 1/x: q from samples, then q (2 - x q) until it does not help; with eps = sum |c_k| of 1 - x q < 1
  the distance is at most |q| eps/(1 - eps);
- log x: the value in the middle, and the integral of m'/m from there, m the exact part of x;
- e^x: Taylor's series of x/2^k with a bound of its rest, squared k times; x^a = e^(a log x).
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

from flint import arb, arb_mat, arb_poly, ctx, fmpq

from verify.check import LIMITS, Work

WORK = Work("enclosing")


class Loose(Exception):
    """A bound that may exist on a shorter interval."""


def real(x: Fraction) -> Any:
    """As a ball, at the present precision."""
    return arb(fmpq(x.numerator, x.denominator))


class Series:
    """Of the coefficients of T_0, T_1, ...; what is rounded or left out is charged to a ball."""

    def __init__(self, c: Any) -> None:
        self.poly = c if isinstance(c, arb_poly) else arb_poly(list(c))

    def coeffs(self) -> list:
        return self.poly.coeffs() or [arb(0)]

    def __add__(self, other: Any) -> Series:
        return Series(self.poly + (other.poly if isinstance(other, Series) else other))

    def __sub__(self, other: Series) -> Series:
        return Series(self.poly - other.poly)

    def __mul__(self, other: Any) -> Series:
        if not isinstance(other, Series):
            return Series(self.poly * other)
        a, b = self.coeffs(), other.coeffs()
        WORK.spend((20 + len(a) * len(b) / 16) * (1 + ctx.prec / 512))
        middle = len(a) + len(b) - 2
        c = (mirrored(a) * mirrored(b)).coeffs()[middle:]
        return Series([*c[:1], *(2 * x for x in c[1:])]).shortened(arb(0))

    def size(self) -> Any:
        """A bound of what is held."""
        return sum(map(abs, self.coeffs()), arb(0)).upper()

    def spread(self) -> Any:
        """How far from c_0 it is at most."""
        return sum(map(abs, self.coeffs()[1:]), arb(0)).upper()

    def halved(self) -> tuple[Series, Any]:
        """A polynomial, and how far what is held is from it."""
        c = self.coeffs()
        return Series([x.mid() for x in c]), sum((x.rad() for x in c), arb(0)).upper()

    def around(self, error: Any) -> Series:
        return Series(self.poly + arb(0, error.upper()))

    def shortened(self, least: Any) -> Series:
        """Last terms are put into c_0 that are below ``least`` together, or below the precision."""
        c, error = self.coeffs(), arb(0)
        small = (self.size() * arb(2) ** -ctx.prec).max(least)
        while len(c) > 1 and (error + abs(c[-1])).upper() < small:
            error = (error + abs(c.pop())).upper()
        return Series(c).around(error)

    def derivative(self) -> Series:
        """T_k' = 2 k (T_(k-1) + T_(k-3) + ...), the last T_0 half."""
        c = self.coeffs()
        found = [arb(0)] * (len(c) + 1)
        for k in range(len(c) - 1, 0, -1):
            found[k - 1] = found[k + 1] + 2 * k * c[k]
        return Series([found[0] / 2, *found[1 : len(c) - 1]])

    def integral(self) -> Series:
        """From the middle on, of what is held."""
        exact, error = self.halved()
        c = exact.coeffs()
        found = [arb(0)] * (len(c) + 1)
        for k, x in enumerate(c):
            found[k + 1] += x / (2 * (k + 1)) if k else x
            if k > 1:
                found[k - 1] -= x / (2 * (k - 1))
        whole = Series(found)
        return (whole + -whole.at(arb(0))).around(error)

    def at(self, sigma: Any) -> Any:
        """The value there: cos k t, for cos t = sigma, by addition theorems."""
        before, last, total = arb(1), sigma, arb(0)
        for x in self.coeffs():
            total += x * before
            before, last = last, 2 * sigma * last - before
        return total

    def over(self, low: Fraction, top: Fraction) -> Series:
        """On low <= sigma <= top, as a series of that interval's own variable."""
        c, prec = self.coeffs(), ctx.prec
        WORK.spend(8 * len(c) ** 2 * (1 + ctx.prec / 512))
        table = restriction(len(c), low, top, prec + 2 * len(c))
        return Series((arb_mat([c]) * table).entries())

    def least(self, halvings: int) -> Any:
        """A lower bound; at most 0 where it may be that."""
        c = self.coeffs()
        low = (c[0] - self.spread()).lower()
        if 2 * low > c[0] or not halvings:
            return low
        if any(self.at(arb(k)) < 0 for k in (-1, 0, 1)):
            return low
        exact, error = self.halved()
        turn = exact.derivative()
        if turn.spread() < abs(turn.coeffs()[0]):  # monotone: the ends decide
            return low.max((exact.at(arb(-1)).min(exact.at(arb(1))) - error).lower())
        half = [self.over(Fraction(k), Fraction(k + 1)).least(halvings - 1) for k in (-1, 0)]
        return low.max(half[0].min(half[1]))


def mirrored(c: list) -> Any:
    """Of degree 0 in its middle: c_0 + sum c_k (z^k + z^-k)/2."""
    half = [x / 2 for x in c[1:]]
    return arb_poly([*half[::-1], c[0], *half])


@lru_cache(LIMITS["restrictions"])
def restriction(length: int, low: Fraction, top: Fraction, bits: int) -> Any:
    """Row k has the coefficients of T_k on low <= sigma <= top."""
    before, ctx.prec = ctx.prec, bits
    try:
        middle, half = real((low + top) / 2), real((top - low) / 2)
        rows = [[arb(1)], [middle, half]]
        for _ in range(length - 2):
            c = rows[-1]
            turned = [middle * x for x in c] + [arb(0)]
            for j, x in enumerate(c):  # half sigma T_j
                turned[j + 1] += half * x / 2 if j else half * x
                if j:
                    turned[j - 1] += half * x / 2
            old = [*rows[-2], arb(0), arb(0)]
            rows.append([2 * x - y for x, y in zip(turned, old, strict=True)])
        return arb_mat([[*r, *[arb(0)] * (length - len(r))] for r in rows[:length]])
    finally:
        ctx.prec = before


def sampled(x: Series, count: int) -> Series:
    """A guess of 1/x from its values at so many places."""
    turns = [arb(2 * j + 1) / (2 * count) for j in range(count)]
    values = [1 / x.at(t.cos_pi()).mid() for t in turns]
    found = [
        sum((v * (t * k).cos_pi() for v, t in zip(values, turns, strict=True)), arb(0))
        for k in range(count)
    ]
    return Series([(c * (2 if k else 1) / count).mid() for k, c in enumerate(found)])


def reciprocal(x: Series) -> Series:
    """1/x, or Loose."""
    prec, count, ctx.prec = ctx.prec, LIMITS["sampled"], LIMITS["coarse"]
    try:
        while True:
            WORK.spend(8 * count * (count + len(x.coeffs())))
            q = sampled(x, count)
            if (x * q * -1 + 1).size() < arb(1) / 2:
                break
            count *= 2
            if count > LIMITS["samples"]:
                raise Loose("a divisor is not separated from 0")
    finally:
        ctx.prec = prec
    last = arb(1)
    while True:
        rest = x * q * -1 + 1
        eps = rest.size()
        if not eps < 1:
            raise Loose("a divisor is not separated from 0")
        if not 2 * eps < last:
            return q.around(q.size() * eps / (1 - eps))
        q, last = (q + q * rest).halved()[0], eps


def logarithm(x: Series) -> Series:
    """log x, or Loose."""
    exact, error = x.halved()
    low = exact.least(LIMITS["halvings"])
    if not low > error:
        raise Loose("what has a logarithm or a root is not separated from 0")
    found = (exact.derivative() * reciprocal(exact)).integral() + exact.at(arb(0)).log()
    return found.around(error / (low - error))


def exponential(x: Series) -> Series:
    """e^x, or Loose."""
    prec, middle = ctx.prec, x.coeffs()[0].mid()
    most = (-(x * -1).least(LIMITS["halvings"])).exp()
    if most < arb(2) ** -prec:
        return Series([arb(0, most.upper())])
    rest, squared = x + -middle, 0
    size = rest.size()
    while size > arb(1) / 2:
        size, squared = size / 2, squared + 1
        if squared > LIMITS["squared"]:
            raise Loose("an exponential rises or falls too far")
    ctx.prec = prec + 2 * squared
    try:
        rest = rest * (arb(1) / 2**squared)
        total = term = Series([arb(1)])
        bound, k = arb(1), 0
        while not bound < arb(2) ** -ctx.prec:
            k += 1
            term, bound = term * rest * (arb(1) / k), (bound * size / k).upper()
            total += term
        total = total.around(bound)  # size <= 1/2: later terms are less than this one together
        for _ in range(squared):
            total = total * total
        return total * middle.exp()
    finally:
        ctx.prec = prec


def raised(x: Series, e: Fraction) -> Series:
    """x^e, e not a whole number > 0; or Loose."""
    if e == 0:
        return Series([arb(1)])
    if e.denominator > 1:
        return exponential(logarithm(x) * real(e))
    whole = x
    for digit in bin(abs(int(e)))[3:]:
        whole = whole * whole * x if digit == "1" else whole * whole
    return whole if e > 0 else reciprocal(whole)
