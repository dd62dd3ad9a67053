"""Exact truncated series, and losses with gradients by hand: the arithmetic of the oracle. Nothing
of the package.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import cache, reduce
from math import exp, log
from random import Random

VALUES = [
    Fraction(a, b) for a, b in ((3, 1), (4, 1), (1, 1), (2, 1), (1, 2), (2, 3), (5, 2), (1, 3))
]


class NoValue(Exception):
    """Not defined, or not a rational number, at this point."""


class Series:
    """c_0 + c_1 t + ...; a coefficient None is unknown, and only exact zero times it is known
    again.
    """

    __slots__ = ("c",)

    def __init__(self, c: list) -> None:
        self.c = c

    def __add__(self, other: Series) -> Series:
        return Series(
            [
                None if a is None or b is None else a + b
                for a, b in zip(self.c, other.c, strict=False)
            ]
        )

    def __neg__(self) -> Series:
        return Series([None if a is None else -a for a in self.c])

    def __sub__(self, other: Series) -> Series:
        return self + -other

    def __mul__(self, other: Series) -> Series:
        a, b = self.c, other.c
        return Series([convolve(a[: s + 1], b[s::-1]) for s in range(min(len(a), len(b)))])

    def __truediv__(self, other: Series) -> Series:
        return self * other.power(Fraction(-1))

    def power(self, e: Fraction) -> Series:
        """Raises NoValue where it is not defined or not rational."""
        if e.denominator == 1 and e >= 0:
            return reduce(lambda a, b: a * b, [self] * int(e), constant(Fraction(1), len(self.c)))
        x = self.c[0]
        if x is None or (x == 0 and e < 0):
            raise NoValue("a power of zero or of an unknown number")
        if x == 0:
            return Series([Fraction(0)] + [None] * (len(self.c) - 1))
        y = [root(x, e.denominator) ** e.numerator]
        for s in range(1, len(self.c)):  # x y' = e x' y, coefficient by coefficient
            scaled = [
                None if a is None else (e * j - s + j) * a
                for j, a in enumerate(self.c[1 : s + 1], 1)
            ]
            inner = convolve(scaled, y[::-1])
            y.append(None if inner is None else inner / (s * x))
        return Series(y)

    def log(self) -> Series:
        """The constant term is unknown; its derivative is rational."""
        if self.c[0] is None or self.c[0] <= 0:
            raise NoValue("log of a number that is not positive")
        slope = (derivative(self) / self).c
        return Series([None, *[None if a is None else a / s for s, a in enumerate(slope, 1)]])

    def germ(self) -> int:
        """Sign for small t > 0, as far as the series goes."""
        for a in self.c:
            if a is None:
                raise NoValue("an unknown sign")
            if a:
                return 1 if a > 0 else -1
        return 0


def convolve(a: list, b: list) -> Fraction | None:
    total = Fraction(0)
    for x, y in zip(a, b, strict=True):
        if x == 0 or y == 0:
            continue
        if x is None or y is None:
            return None
        total += x * y
    return total


def constant(x: Fraction | None, length: int) -> Series:
    return Series([x] + [Fraction(0)] * (length - 1))


def derivative(x: Series) -> Series:
    return Series([None if a is None else s * a for s, a in enumerate(x.c[1:], 1)])


def plus(terms: Iterable[Series]) -> Series:
    return reduce(lambda a, b: a + b, terms)


def times(factors: Iterable[Series]) -> Series:
    return reduce(lambda a, b: a * b, factors)


def root(x: Fraction, degree: int) -> Fraction:
    """The rational root, positive: guessed in floats, checked in integers. Raises NoValue where
    none is found.
    """
    if degree == 1:
        return x
    if x < 0:
        raise NoValue("a root of a negative number")
    guess = Fraction(*(round(exp(log(whole) / degree)) for whole in (x.numerator, x.denominator)))
    if guess**degree != x:
        raise NoValue("an irrational root")
    return guess


@cache
def drawn(key: str, count: int) -> list[Fraction]:
    rng = Random(key)
    return [rng.choice(VALUES) * rng.choice((1, -1)) for _ in range(count)]


def loss_terms(degree: int | None) -> list[list[tuple]]:
    """Losses as sums of (coefficient, exponents) in m'w, p'w, N and N + 1, N a positive definite
    quadratic form.
    """
    d = degree or 0
    like = [[(-1, (0, 2 + d, -1, 0))], [(1, (1, d - 1, 0, 0))], [(2, (1, 1 + d, -1, 0))]]
    others = [
        [(1, (0, 0, 1, 0)), (-1, (1, 0, 0, 0))],
        [(-1, (0, 2, 0, -1))],
        [(1, (1, 0, 0, 0))],
        [(1, (0, 0, 1, 0))],
    ]
    return like if degree is not None else [*others, *like]


def loss_at(terms: list[tuple], data: list, w: list[Series]) -> tuple[Series, list[Series]]:
    """J(w) and grad J(w), term by term: d(x^a) = a x^(a-1) dx."""
    one = constant(Fraction(1), len(w[0].c))
    scaled = lambda a, x: Series([None if y is None else a * y for y in x.c])
    line, other = (plus(scaled(a, x) for a, x in zip(row, w, strict=True)) for row in data[:2])
    norm = plus([line * line, *(scaled(abs(a), x * x) for a, x in zip(data[2], w, strict=True))])
    of_norm = [
        scaled(2 * a, line) + scaled(2 * abs(b), x)
        for a, b, x in zip(data[0], data[2], w, strict=True)
    ]
    letters = [line, other, norm, norm + one]
    slopes = [*[[scaled(a, one) for a in row] for row in data[:2]], of_norm, of_norm]
    value, gradient = scaled(0, one), [scaled(0, one) for _ in w]
    for c, powers in terms:
        value += scaled(
            c, times(x.power(Fraction(e)) for x, e in zip(letters, powers, strict=True))
        )
        for k, e in enumerate(powers):
            if e:
                lowered = [f - (j == k) for j, f in enumerate(powers)]
                outer = times(x.power(Fraction(f)) for x, f in zip(letters, lowered, strict=True))
                gradient = [
                    a + scaled(c * e, outer * b) for a, b in zip(gradient, slopes[k], strict=True)
                ]
    return value, gradient
