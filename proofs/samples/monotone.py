"""The one zero of an increasing function, enclosed: bisection finds it, two signs prove it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from verify.exact.rings import ball
from verify.models.samples import Wide

FAR = 12  # doublings of the first bracket


def zero(value: Callable[[Any], Any], guess: Fraction = Fraction(0)) -> Any:
    """The x with value(x) = 0, ``value`` increasing and continuous on the whole line.

    Raises Wide where no bracket is found, or the signs beside the zero are not decided.
    """
    from flint import arb, ctx  # only where a value is asked for

    low, high = _bracket(value, guess)
    for _ in range(ctx.prec):
        middle = ((low + high) / 2).mid()
        sign = value(middle)
        if sign > 0:
            high = middle
        elif sign < 0:
            low = middle
        else:
            break
    around = (low + high) / 2
    width = abs(high - low) + abs(around) * arb(2) ** (20 - ctx.prec)
    ends = [(around + s * width).mid() for s in (-1, 1)]
    if not (value(ends[0]) < 0 and value(ends[1]) > 0):
        raise Wide("the signs beside a zero are not decided; more digits")
    return ends[0].union(ends[1])


def _bracket(value: Callable[[Any], Any], guess: Fraction) -> tuple[Any, Any]:
    for k in range(FAR):
        low, high = ball(guess - 2**k), ball(guess + 2**k)
        if value(low) < 0 and value(high) > 0:
            return low, high
    raise Wide("no bracket of a zero was found")
