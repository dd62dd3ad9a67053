"""Enclosures: two whole numbers over 2^BITS between which a real number lies, rounded outwards."""

from __future__ import annotations

from collections.abc import Callable
from math import isqrt, log

from verify.kernel.traced.variables import Number

BITS = 128
UNIT = 1 << BITS
LARGE = 512  #: exp of more is not enclosed
LONG = 4_000  #: bits of a number that is enclosed
Between = tuple[int, int]
Value = Between | None
PI = 314159265358979323846264338327950288419716939937510  # 50 digits, rounded down


class Undecided(Exception):
    """An enclosure that does not tell, or is not formed; or a function without a value."""


def number(c: Number) -> Between:
    """A fraction."""
    return c.numerator * UNIT // c.denominator, -(-c.numerator * UNIT // c.denominator)


def add(a: Between, b: Between) -> Between:
    """The sum."""
    return a[0] + b[0], a[1] + b[1]


def multiply(a: Between, b: Between) -> Between:
    """The product."""
    if max(a[1], b[1], -a[0], -b[0]).bit_length() > LONG:
        raise Undecided
    ends = [x * y for x in a for y in b]
    return min(ends) >> BITS, -(-max(ends) >> BITS)


def divide(a: Between, n: int) -> Between:
    """By a whole number above 0."""
    return a[0] // n, -(-a[1] // n)


def inverse(a: Between) -> Between:
    """1/a, away from 0."""
    if a[0] <= 0 <= a[1]:
        raise Undecided
    return UNIT * UNIT // a[1], -(-UNIT * UNIT // a[0])


def growing(function: Callable[[int], Between]) -> Callable[[Between], Between]:
    """Of enclosures, from one of its values at a number."""
    return lambda a: (function(a[0])[0], function(a[1])[1])


@growing
def root(x: int) -> Between:
    """Of what is above 0."""
    if x <= 0:
        raise Undecided
    return isqrt(x << BITS), isqrt(x << BITS) + 1


@growing
def exponential(x: int) -> Between:
    """exp, from its series at x/2^16."""
    if abs(x) > LARGE * UNIT:
        raise Undecided
    y, term, total = (x >> 16, (x >> 16) + 1), (UNIT, UNIT), (UNIT, UNIT)
    for n in range(1, 21):
        term = divide(multiply(term, y), n)
        total = add(total, term)
    total = total[0] - 1, total[1] + 1  # what is left of the series is below 2^-200
    for _ in range(16):
        total = multiply(total, total)
    return total


@growing
def logarithm(x: int) -> Between:
    """Of what is above 0: between two numbers whose exponentials tell it."""
    if x <= 0:
        raise Undecided
    near = UNIT >> 50, UNIT >> 42
    y = int((log(x) - BITS * log(2)) / near[0] * UNIT) * near[0]
    if not exponential((y - near[1],) * 2)[1] < x < exponential((y + near[1],) * 2)[0]:
        raise Undecided
    return y - near[1], y + near[1]


def constant() -> Between:
    """2/sqrt(pi)."""
    pi = PI * UNIT // 10**50, (PI + 1) * UNIT // 10**50 + 1
    return multiply((2 * UNIT, 2 * UNIT), inverse(root(pi)))


@growing
def error(x: int) -> Between:
    """erf: its series, of what is at least 6 that exp(-36) is below 2^-51."""
    if abs(x) >= 6 * UNIT:
        return (UNIT - (UNIT >> 50), UNIT) if x > 0 else (-UNIT, (UNIT >> 50) - UNIT)
    square = multiply((x, x), (x, x))
    term = total = (x, x)
    for n in range(1, 240):
        term = divide(multiply(term, square), n)
        part = divide(term, 2 * n + 1)
        total = add(total, part if n % 2 == 0 else (-part[1], -part[0]))
    return multiply((total[0] - 1, total[1] + 1), constant())


class Values:
    """The ring of enclosures; None is 0 near a point, as a gate is shut."""

    zero: Value = None
    number = staticmethod(number)

    def plus(self, a: Value, b: Value) -> Value:
        """The sum."""
        return add(a, b) if a and b else a or b

    def times(self, a: Value, b: Value) -> Value:
        """The product."""
        return multiply(a, b) if a and b else None

    def inverse(self, a: Value) -> Value:
        """1/a."""
        return inverse(a or (0, 0))


RING = Values()
FUNCTIONS = {"inv": inverse, "exp": exponential, "log": logarithm, "sqrt": root, "erf": error}
