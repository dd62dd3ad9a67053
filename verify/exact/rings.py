"""The rings in which a point is evaluated: exact fractions, and balls that contain the truth (and
plain high precision).

``Exact`` refuses what is not rational (``Inexact``); ``Ball`` (python-flint ``arb``) encloses it. A
sign or a non-zero read from either is certain; an equality only from ``Exact``.
"""

from __future__ import annotations

from fractions import Fraction
from math import isqrt
from typing import Any

from verify.exact.limits import LIMITS, bits, is_short, up_to


class Inexact(Exception):
    """The value is not a rational number that this ring can name."""


def perfect_root(x: int, degree: int) -> int | None:
    """The integer r >= 0 with r^degree = x, or None."""
    if x < 0:
        return None
    if x < 2 or degree == 1:
        return x
    r = isqrt(x) if degree == 2 else 1 << (-(-x.bit_length() // degree))
    while degree > 2:  # Newton from above
        s = ((degree - 1) * r + x // r ** (degree - 1)) // degree
        if s >= r:
            break
        r = s
    return r if r**degree == x else None


class Exact:
    """Fractions; powers, exp and log only where the result is rational."""

    name = "exact"

    def number(self, x: Fraction) -> Fraction:
        return x

    def power(self, x: Fraction, e: Fraction) -> Fraction:
        """x^e for x > 0, or x = 0 and e >= 0."""
        if abs(e.numerator) * bits(x) > LIMITS["bits"] * e.denominator:
            raise OverflowError(f"a power that no reader computes: {up_to('bits', 'bits')}")
        if e.denominator == 1:
            return x ** int(e)
        top, bottom = (
            perfect_root(x.numerator, e.denominator),
            perfect_root(x.denominator, e.denominator),
        )
        if top is None or bottom is None:
            raise Inexact(f"({x})^({e}) is not rational")
        return Fraction(top, bottom) ** e.numerator

    def exp(self, x: Fraction) -> Fraction:
        if x:
            raise Inexact(f"exp({x}) is not rational")
        return Fraction(1)

    def log(self, x: Fraction) -> Fraction:
        if x != 1:
            raise Inexact(f"log({x}) is not rational")
        return Fraction(0)

    def sign(self, x: Fraction) -> int | None:
        return (x > 0) - (x < 0)

    def text(self, x: Fraction) -> str:
        if not is_short(x):
            raise OverflowError(
                f"a number that no reader writes out: {up_to('coefficient', 'bits')}"
            )
        return str(x)


class Ball:
    """arb at a given precision in bits, or at the one that is set (None); a sign is None where the
    ball contains zero.
    """

    name = "ball"

    def __init__(self, bits: int | None = 256) -> None:
        if bits is not None:
            from flint import ctx  # claims are listed without it

            ctx.prec = bits

    def number(self, x):
        """From a fraction; a ball passes through."""
        return ball(x) if isinstance(x, Fraction) else x

    def power(self, x, e: Fraction):
        if e.denominator == 1:
            return x ** int(e)
        return x ** self.number(e)

    def exp(self, x):
        return x.exp()

    def log(self, x):
        return x.log()

    def sign(self, x) -> int | None:
        if x > 0:
            return 1
        if x < 0:
            return -1
        return 0 if x.is_zero() else None

    def text(self, x) -> str:
        return x.str(20, radius=False)


class ReadBall(Ball):
    """A ball of what the readers compute with intervals as well."""

    def exp(self, x):
        if not abs(x) < LIMITS["exp"]:
            raise OverflowError(f"exp of a number that no reader takes: {up_to('exp')}")
        return x.exp()


def ball(x: int | Fraction) -> Any:
    """A rational number as a ball at the precision that is set; an integer as it is."""
    from flint import arb, fmpq  # claims are listed without it

    top, below = x.numerator, x.denominator
    return arb(top) if below == 1 else arb(fmpq(top, below))


def as_fraction(x: Any) -> Fraction:
    """A ball of radius 0 as a number. Raises ValueError where it is not finite."""
    top, exponent = (int(k) for k in x.man_exp())
    return Fraction(top << exponent) if exponent >= 0 else Fraction(top, 1 << -exponent)


class Real:
    """mpmath numbers at a precision of its own (the global one is neither read nor changed).
    Measures; certifies nothing.
    """

    name = "real"

    def __init__(self, digits: int) -> None:
        from mpmath import MPContext  # only who measures in it

        self.digits, self._mp = digits, MPContext()
        self._mp.dps = digits

    def number(self, x):
        """From a fraction; a number of this ring passes through."""
        if not isinstance(x, Fraction):
            return x
        top = self._mp.mpf(x.numerator)
        return top if x.denominator == 1 else top / x.denominator

    def power(self, x, e: Fraction):
        return x ** int(e) if e.denominator == 1 else self._mp.power(x, self.number(e))

    def exp(self, x):
        return self._mp.exp(x)

    def log(self, x):
        return self._mp.log(x)

    def sign(self, x) -> int | None:
        return int(self._mp.sign(x))

    def text(self, x, digits: int = 3) -> str:
        return self._mp.nstr(x, digits)


Ring = Exact | Ball | Real
