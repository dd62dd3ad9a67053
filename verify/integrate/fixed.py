"""x^e, exp x and log x in fixed point: the integer X stands for X * 2^-bits. Errors: a few units in
the last place.
"""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

MOST_BITS = 1 << 20
_SPARE = 32


class NotDefined(Exception):
    """A power or logarithm outside its domain; ``near_zero`` if more bits might show that x is not
    zero.
    """

    def __init__(self, reason: str, near_zero: bool) -> None:
        super().__init__(reason)
        self.reason, self.near_zero = reason, near_zero


class TooLarge(Exception):
    """A value with more than MOST_BITS bits before the point."""


def power(x: int, e: Fraction, bits: int) -> int:
    """x^e for x > 0, and for x < 0 where e is a whole number. Raises NotDefined, TooLarge."""
    if x == 0:
        raise NotDefined(f"x^({e}) at x = 0", near_zero=True)
    if x < 0 and e.denominator != 1:
        raise NotDefined(f"x^({e}) at x = {x / (1 << bits):.3g} < 0", near_zero=False)
    k = abs(e.numerator)
    if abs(e) * abs(x.bit_length() - bits) > MOST_BITS or k > MOST_BITS // bits:
        raise TooLarge(f"x^({e}) at x of about 2^{x.bit_length() - bits}")
    if e.denominator == 1:
        return x**k >> bits * (k - 1) if e > 0 else (1 << bits * (k + 1)) // x**k
    if e.denominator == 2:
        square = _shifted(x**k, bits * (2 - k)) if e > 0 else (1 << bits * (k + 2)) // x**k
        return isqrt(square)
    from mpmath.libmp import from_man_exp, from_rational, mpf_pow

    precision = (
        bits + _SPARE + int(abs(e) * abs(x.bit_length() - bits)) + abs(x.bit_length() - bits)
    )
    exponent = from_rational(e.numerator, e.denominator, precision, "n")
    return _fixed(mpf_pow(from_man_exp(int(x), -bits), exponent, precision, "n"), bits)


def exp(x: int, bits: int) -> int:
    """e^x; 0 where it is less than a unit. Raises TooLarge."""
    from mpmath.libmp import from_man_exp, mpf_exp

    if x < -bits << bits:  # e^-bits < 2^-bits
        return 0
    if x.bit_length() - bits > 20:
        raise TooLarge("exp(x) at x > 2^20")
    grow = max(0, int(x) * 3 >> bits + 1)
    return _fixed(mpf_exp(from_man_exp(int(x), -bits), bits + grow + _SPARE, "n"), bits)


def log(x: int, bits: int) -> int:
    """Raises NotDefined unless x > 0."""
    from mpmath.libmp import from_man_exp, mpf_log

    if x <= 0:
        raise NotDefined(f"log x at x = {x / (1 << bits):.3g}", near_zero=x == 0)
    return _fixed(mpf_log(from_man_exp(int(x), -bits), bits + _SPARE, "n"), bits)


def _fixed(value: tuple, bits: int) -> int:
    from mpmath.libmp import to_fixed

    return int(to_fixed(value, bits))


def _shifted(x: int, by: int) -> int:
    return x << by if by >= 0 else x >> -by
