"""The answer: exact where it is, else enclosed; and the loop that raises the precision until the
answer is narrow enough.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb, ctx

from verify.exact.errors import NoValue, no_value_there
from verify.exact.rings import Inexact
from verify.integrate.evaluate import ends
from verify.values.radicals import Radical

_ROUNDS = 7  # each with twice the bits of the one before
_LARGE = 2**100_000
_UNDEFINED = (ZeroDivisionError, OverflowError)


@dataclass(frozen=True)
class Value:
    """The value of an expression at a state.

    ``exact``      a Fraction, a ``Radical`` (a sum of roots), a matrix as rows (complex entries as
    pairs), or None ``enclosure``  (midpoint, radius) of an interval that contains it, both exact;
    None for a matrix and for a family
    ``text``       it, in one line; ``of`` the expression in words, ``at`` the state
    ``parts``      pairs (index, Value), where the expression has a free index that the state does
    not fix
    """

    of: str
    at: str
    text: str
    exact: Any = None
    enclosure: tuple[Fraction, Fraction] | None = None
    parts: tuple[tuple[str, Value], ...] = ()

    def __repr__(self) -> str:
        return f"Value({self.of} = {self.text}; {self.at})"


def exactly(of: str, at: str, x: Fraction | Radical, digits: int) -> Value:
    """A record of an exact number; a root is enclosed as well."""
    plain = x if isinstance(x, Fraction) else x.rational
    if plain is not None:
        return Value(of, at, str(plain), plain, (plain, Fraction(0)))
    assert isinstance(x, Radical)
    ball = narrow(x.ball, digits)
    return Value(of, at, f"{x} = {shown(ball, digits)}", x, middle(ball))


def enclosed(of: str, at: str, ball: Any, digits: int) -> Value:
    """The value of ``of`` at ``at`` as a ball: so many digits of it as text, centre and radius."""
    return Value(of, at, shown(ball, digits), None, middle(ball))


def shown(ball: Any, digits: int) -> str:
    """Decimal digits with a radius that contains what they leave out."""
    return str(ball.str(digits))


def middle(ball: Any) -> tuple[Fraction, Fraction]:
    """Centre and radius of a ball, both exact."""
    low, high = ends(ball)
    return (low + high) / 2, (high - low) / 2


def is_narrow(ball: Any, digits: int) -> bool:
    """Radius at most 10^-digits max(1, |x|)."""
    if not ball.is_finite():
        return False
    if not abs(ball) < _LARGE:
        raise NoValue("it is larger than 2^100000, which is not written out")
    x, radius = middle(ball)
    return radius <= max(Fraction(1), abs(x)) / 10**digits


def _in_short(ball: Any) -> Any:
    """A ball that contains this one, without digits below 2^-10000: of a centre or a radius like
    exp(-10^9) the exact ends would have a thousand million, also where the other is like 1.
    """
    tiny = arb(2) ** -10_000
    around, radius = tiny.union(-tiny), ball.rad()
    if not ball.is_finite() or ball == 0:
        return ball
    if abs(ball) < tiny:
        return around
    if abs(ball.mid()) < tiny:
        return around + radius.union(-radius)
    return ball + around if 0 < radius < tiny else ball


def narrow(ball_at: Callable[[int], Any], digits: int, why: str = "") -> Any:
    """A ball that is narrow enough, from a function of the precision in bits. Raises NoValue with
    the last reason.
    """
    bits = 64 + 4 * digits
    for _ in range(_ROUNDS):
        try:
            with ctx.workprec(bits):
                ball = _in_short(ball_at(bits))
            if is_narrow(ball, digits):
                return ball
            reason = why or f"the enclosure is wider than 10^-{digits} with {bits} bits"
        except Inexact as gap:
            reason = f"{gap} ({bits} bits)"
        except _UNDEFINED as fault:
            reason = f"{no_value_there(fault)} ({bits} bits)"
        bits *= 2
    raise NoValue(reason)
