"""Gronwall's bound on a step, and the numbers that enclosures are rounded to: always outwards."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt
from typing import Any

from verify.exact.precision import precision
from verify.exact.rings import ball
from verify.integrate.enclosure import NotEnclosed

FINE = 1 << 40  # growth factors are rounded up to multiples of 1/FINE


def decimals(x: int) -> int:
    """d with 10^d <= x, the largest or one less."""
    return max(0, (x.bit_length() - 1) * 30102 // 100_000)


def gronwall(before: int, slope: int, piece: Any, mu: tuple[Fraction, ...]) -> tuple[int, int]:
    """The largest radius on the step and the last one, part by part, in units."""
    length = (piece.end - piece.begin) / piece.h / len(mu)
    pushed = -(-slope * length.numerator // length.denominator)
    time = (piece.end - piece.begin) / len(mu)
    radius = within = before
    for m in mu:
        factor = exp_up(m * time)
        grown = max(factor, FINE)
        within = max(within, -(-(radius + pushed) * grown // FINE))
        radius = -(-(radius * factor + pushed * grown) // FINE)
    return within, radius


def exp_up(x: Fraction) -> int:
    """e^x in units of 1/FINE, rounded up."""
    with precision(64):
        value = ball(x).exp() * FINE
        if not value.is_finite() or not value < 1 << 4096:
            raise NotEnclosed("distances grow without bound on the step")
        return int(value.upper().ceil().unique_fmpz())  # type: ignore[arg-type]


def exact_value(c: tuple[int, ...], piece: Any, time: Fraction) -> Fraction:
    """The polynomial at a time, nothing rounded."""
    top, below = ((time - piece.begin) / piece.h).as_integer_ratio()
    total, scale = 0, 1
    for x in reversed(c):
        total, scale = total * top + x * scale, scale * below
    return Fraction(total * below, scale << piece.bits)


def root_up(x: Fraction, bits: int) -> int:
    """The square root in units of 2^-bits, rounded up."""
    whole = -(-(x.numerator << 2 * bits) // x.denominator)
    root = isqrt(whole)
    return root if root * root == whole else root + 1


def double_up(units: int, bits: int) -> float:
    """An upper bound. Raises NotEnclosed beyond the range of doubles."""
    excess = max(0, units.bit_length() - 50)
    if excess - bits > 900:
        raise NotEnclosed("the enclosure is wider than doubles reach")
    return float((units >> excess) + 1) * 2.0 ** max(excess - bits, -1000)
