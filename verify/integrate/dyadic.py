"""Dyadic numbers, for step lengths and times: exact, and as short as they may be."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor, log2

Dyadic = tuple[int, int]  # (a, b) is a * 2^-b


def dyadic(exponent: float, up: bool = False) -> Dyadic:
    """2^exponent to 11 bits, rounded down (up)."""
    whole = floor(exponent)
    top = 2.0 ** (exponent - whole) * 2048
    top, shift = (ceil(top) if up else floor(top)), 11 - whole
    return (top << -shift, 0) if shift < 0 else (top, shift)


def exact(x: Dyadic) -> Fraction:
    """The dyadic number (n, k) as the fraction n / 2^k."""
    return Fraction(x[0], 1 << x[1])


def log2_of(x: Fraction) -> float:
    """Also beyond the range of doubles."""
    return log2(x.numerator) - log2(x.denominator)


def horner(c: Sequence[int], top: int, shift: int) -> int:
    """sum_s c_s theta^s at theta = top * 2^-shift."""
    if top == 1 and shift == 0:
        return sum(c)
    total = 0
    for x in reversed(c):
        total = (total * top >> shift) + x
    return total
