"""Ball arithmetic on NumPy arrays of doubles: every entry is known to lie within ``rad`` of
``mid``.

After each operation the radius is enlarged by more than its roundings can amount to, so the
inclusion is rigorous under IEEE
arithmetic: one rounding of the middle costs |mid| 2^-53, and TINY covers underflow. Transcendental
values come from python-flint.
What is not finite stays not finite: nan and inf say that nothing is known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from verify.exact.precision import precision

UNIT, MORE, TINY = 2.0**-52, 1 + 2.0**-48, 1e-300


@dataclass(slots=True)
class Balls:
    """Two arrays of one shape."""

    mid: Any
    rad: Any

    def __add__(self, other: Balls) -> Balls:
        mid = self.mid + other.mid
        return Balls(mid, (self.rad + other.rad + abs(mid) * UNIT) * MORE + TINY)

    def __mul__(self, other: Balls) -> Balls:
        mid = self.mid * other.mid
        high = abs(other.mid) + other.rad
        return Balls(
            mid, (abs(self.mid) * other.rad + self.rad * high + abs(mid) * UNIT) * MORE + TINY
        )

    def through(self, function: Callable[[Any], Any]) -> Balls:
        """A function of python-flint's balls, entry by entry. For arrays with few entries."""
        import numpy
        from flint import arb

        with precision(64):
            found = [
                _doubles(function(arb(float(m), float(r))))
                for m, r in zip(self.mid.flat, self.rad.flat, strict=True)
            ]
        mid, rad = numpy.array(found).T.reshape(2, *self.mid.shape)
        return Balls(mid, rad)


def _doubles(x: Any) -> tuple[float, float]:
    """Middle and radius of a ball as doubles, the radius enlarged."""
    if not x.is_finite():
        return float("nan"), float("inf")
    mid = float(x.mid())
    return mid, (float(x.rad()) + abs(mid) * UNIT) * MORE + TINY


@lru_cache(4096)
def exactly(number: Any) -> tuple[float, float]:
    """A rational as one ball."""
    mid = float(number)
    return mid, 0.0 if mid.is_integer() and abs(mid) < 2.0**53 and mid == number else abs(
        mid
    ) * UNIT + TINY
