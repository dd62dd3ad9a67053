"""How two numbers lie to each other: Fractions, or balls, of which a difference that contains 0
hides how far they may be apart.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flint import arb

from verify.exact.errors import BadInput
from verify.exact.numbers import short
from verify.exact.rings import as_fraction, ball
from verify.models.samples import Instance, Quantity, Wide


def number(instance: Instance, quantity: Quantity, *arguments: int) -> Any:
    """What a quantity is at an instance. Raises BadInput for anything but an exact number or a
    ball.
    """
    found = instance.values[quantity](*arguments)
    if type(found) is int:
        return Fraction(found)
    if type(found) not in (Fraction, arb):
        raise BadInput(
            f"quantity {quantity} of {instance.text:.60} gave {found!r:.60}; expected a"
            " Fraction, or a ball of verify.exact.rings.ball(fraction)"
        )
    return found


def sign(a: Any, b: Any) -> int:
    """1 where a > b beyond doubt, -1 where a < b, 0 where that is not decided or they are equal."""
    d = difference(a, b)
    return 1 if d > 0 else -1 if d < 0 else 0


def difference(a: Any, b: Any) -> Any:
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return a - b
    return balled(a) - balled(b)


def hidden(a: Any, b: Any) -> Fraction:
    """The largest violation, relative to the size, that an undecided difference could hide; 0 for
    exact numbers.
    """
    if sign(a, b) > 0 or isinstance(difference(a, b), Fraction):
        return Fraction(0)
    d, size = difference(a, b), size_of(a, b)
    return (rational(abs(d)) + Fraction(radius(d))) / size


def apart(a: Any, b: Any) -> Fraction:
    """How far two numbers are apart beyond doubt, relative to the size."""
    d = difference(a, b)
    least = abs(d) if isinstance(d, Fraction) else rational(abs(d)) - Fraction(radius(d))
    return max(least, Fraction(0)) / size_of(a, b)


def size_of(a: Any, b: Any) -> Fraction:
    return max(abs(rational(a)), abs(rational(b))) or Fraction(1)


def balled(x: Any) -> Any:
    return ball(x) if isinstance(x, Fraction) else x


def radius(x: Any) -> Fraction:
    """The radius of a ball. Raises Wide where it is not finite."""
    return Fraction(0) if isinstance(x, Fraction) else as_fraction(_finite(x).rad())


def rational(x: Any) -> Fraction:
    """The midpoint of a ball, exact. Raises Wide where it is not finite."""
    return x if isinstance(x, Fraction) else as_fraction(_finite(x).mid())


def _finite(x: Any) -> Any:
    if not x.is_finite():
        raise Wide(f"a number of an instance is not enclosed: {x}; more digits")
    return x


def written(x: Any) -> str:
    return str(x) if isinstance(x, Fraction) else x.str(12)


def seen(limit: Fraction) -> str:
    return (
        f"a violation of {short(limit)} of the size would have been seen"
        if limit
        else "every difference decided"
    )
