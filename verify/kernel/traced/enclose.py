"""Enclosures: two decimals between which a real number lies, rounded outwards; or None, which is 0
near a point, as a gate is shut.
"""

import decimal
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from verify.kernel.traced.variables import Number

#: decimals are computed with by these alone (operators round otherwise); what has no value raises
RAISED = [decimal.DivisionByZero, decimal.InvalidOperation, decimal.Overflow]
DOWN, UP = (
    decimal.Context(prec=40, rounding=x, traps=RAISED)
    for x in (decimal.ROUND_FLOOR, decimal.ROUND_CEILING)
)
Value = Any  # (low, high), or None
ZERO = Decimal(0), Decimal(0)
DIGITS = "1.12837916709551257389615890312154517168"  # of 2/sqrt(pi), rounded down
FAR = Decimal("0.999999999999999"), Decimal(1)  # erf from 6 on, as 1 - erf x < exp(-x^2)


class Undecided(ArithmeticError):
    """An enclosure that does not tell; what decimals raise is of this kind as well."""


class Enclosures:
    """Their ring."""

    zero: Value = None
    constant = Decimal(DIGITS), Decimal(DIGITS + "9")

    def number(self, c: Number) -> Value:
        """A fraction."""
        n, d = Decimal(c.numerator), Decimal(c.denominator)
        return DOWN.divide(n, d), UP.divide(n, d)

    def plus(self, a: Value, b: Value) -> Value:
        """The sum."""
        return (DOWN.add(a[0], b[0]), UP.add(a[1], b[1])) if a and b else a or b

    def times(self, a: Value, b: Value) -> Value:
        """The product."""
        if not a or not b:
            return None
        return (min(DOWN.multiply(x, y) for x in a for y in b),
                max(UP.multiply(x, y) for x in a for y in b))  # fmt: skip

    def inverse(self, a: Value) -> Value:
        """1/a, away from 0."""
        low, high = a or ZERO
        if low <= 0 <= high:
            raise Undecided
        return DOWN.divide(1, high), UP.divide(1, low)


RING = Enclosures()


def growing(function: Callable[[Decimal], Decimal], positive: bool) -> Callable[[Value], Value]:
    """From one of decimals that is right to half a digit; ``positive``: of what is above 0."""

    def found(a: Value) -> Value:
        low, high = a or ZERO
        if positive and low <= 0:
            raise Undecided
        return DOWN.next_minus(function(low)), UP.next_plus(function(high))

    return found


exponential = growing(DOWN.exp, positive=False)


def error(a: Value) -> Value:
    """erf, which grows."""
    low, high = a or ZERO
    return _error(low)[0], _error(high)[1]


def _error(x: Decimal) -> Value:
    """Odd; 2/sqrt(pi) exp(-x^2) (x + 2/3 x^3 + 2/3 2/5 x^5 + ...), where each of the terms that are
    left out is less than half of the one before it.
    """
    if x < 0:
        low, high = _error(x.copy_negate())
        return high.copy_negate(), low.copy_negate()
    if x >= 6:
        return FAR
    total = term = x, x
    square = RING.times(term, term)
    for n in range(1, 150):
        term = RING.times(term, RING.times(square, RING.number(Fraction(2, 2 * n + 1))))
        total = RING.plus(total, term)
    total = total[0], UP.add(total[1], term[1])
    return RING.times(RING.times(total, RING.constant), RING.inverse(exponential(square)))


FUNCTIONS = {
    "inv": RING.inverse,
    "exp": exponential,
    "log": growing(DOWN.ln, positive=True),
    "sqrt": growing(DOWN.sqrt, positive=True),
    "erf": error,
}
