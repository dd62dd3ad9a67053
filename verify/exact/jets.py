"""Truncated power series in time over a ring: x(t) = x_0 + x_1 t + ... + x_m t^m. Derivatives at a
point are read off them.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from verify.exact.errors import MaybeUndefined
from verify.exact.limits import LIMITS, bits, up_to
from verify.exact.rings import Inexact, Ring


class Jet:
    """A series with ``len(c)`` coefficients; operations truncate to the shorter operand."""

    __slots__ = ("c", "ring")

    def __init__(self, ring: Ring, coefficients: Sequence) -> None:
        self.ring, self.c = ring, list(coefficients)

    @classmethod
    def constant(cls, ring: Ring, value: Fraction, length: int) -> Jet:
        zero = ring.number(Fraction(0))
        return cls(ring, [ring.number(value)] + [zero] * (length - 1))

    def __add__(self, other: Jet) -> Jet:
        return Jet(self.ring, [a + b for a, b in zip(self.c, other.c, strict=False)])

    def __sub__(self, other: Jet) -> Jet:
        return Jet(self.ring, [a - b for a, b in zip(self.c, other.c, strict=False)])

    def __neg__(self) -> Jet:
        return Jet(self.ring, [-a for a in self.c])

    def __mul__(self, other: Jet) -> Jet:
        m = min(len(self.c), len(other.c))
        zero = self.ring.number(Fraction(0))
        found = [sum((self.c[j] * other.c[s - j] for j in range(s + 1)), zero) for s in range(m)]
        if self.ring.name == "exact" and any(bits(x) > LIMITS["bits"] for x in found):
            raise OverflowError(f"a number that no reader computes with: {up_to('bits', 'bits')}")
        return Jet(self.ring, found)

    def power(self, e: Fraction) -> Jet:
        """x^e: any integer e >= 0, otherwise only away from zero (series recurrence). Raises
        ZeroDivisionError at zero, MaybeUndefined where a ball does not tell.
        """
        if e.denominator == 1 and 0 <= e <= LIMITS["power"]:
            return self._count_power(int(e))
        sign = self.ring.sign(self.c[0])
        if sign == 0 and len(self.c) == 1 and e > 0:
            return self
        if sign is None and e.denominator == 1 and e > 0:  # defined all the same
            half = self.power(Fraction(int(e) // 2))
            return half * half * self if e % 2 else half * half
        if sign is None:
            raise MaybeUndefined(f"x^({e}), where x is enclosed by {self.c[0]}")
        if not sign or (sign < 0 and e.denominator != 1):
            raise ZeroDivisionError(f"x^({e}) at x = {self.ring.text(self.c[0])}")
        result = [self.ring.power(self.c[0], e)]
        for s in range(1, len(self.c)):
            terms = (
                self.ring.number(e * j - (s - j)) * self.c[j] * result[s - j]
                for j in range(1, s + 1)
            )
            result.append(
                sum(terms, self.ring.number(Fraction(0)))
                / (self.ring.number(Fraction(s)) * self.c[0])
            )
        return Jet(self.ring, result)

    def _count_power(self, e: int) -> Jet:
        result = Jet.constant(self.ring, Fraction(1), len(self.c))
        for _ in range(e):
            result = result * self
        return result

    def exp(self) -> Jet:
        result = [self.ring.exp(self.c[0])]
        for s in range(1, len(self.c)):
            terms = (
                self.ring.number(Fraction(j, s)) * self.c[j] * result[s - j]
                for j in range(1, s + 1)
            )
            result.append(sum(terms, self.ring.number(Fraction(0))))
        return Jet(self.ring, result)

    def log(self) -> Jet:
        sign = self.ring.sign(self.c[0])
        if sign is None:
            raise MaybeUndefined(f"log x, where x is enclosed by {self.c[0]}")
        if sign != 1:
            raise ZeroDivisionError("log at a point that is not positive")
        result = [self.ring.log(self.c[0])]
        quotient = (
            Jet(self.ring, self.derivative().c) * self.power(Fraction(-1))
            if len(self.c) > 1
            else None
        )
        for s in range(1, len(self.c)):
            assert quotient is not None
            result.append(quotient.c[s - 1] / self.ring.number(Fraction(s)))
        return Jet(self.ring, result)

    def derivative(self) -> Jet:
        return Jet(
            self.ring, [self.ring.number(Fraction(s)) * self.c[s] for s in range(1, len(self.c))]
        )

    def germ(self) -> int:
        """Sign for small t > 0, from the first coefficient that is not exactly zero. Raises Inexact
        where it is not known.
        """
        for coefficient in self.c:
            sign = self.ring.sign(coefficient)
            if sign is None:
                raise Inexact("a sign that is not known")
            if sign:
                return sign
        return 0

    def kink(self) -> bool:
        """Has |x| a corner at t = 0? Where x changes its sign there: its first coefficient that is
        not 0 has an odd index.

        Raises Inexact where that is not known.
        """
        signs = (self.ring.sign(c) for c in self.c)
        first = next(((s, sign) for s, sign in enumerate(signs) if sign != 0), None)
        if first is not None and first[1] is None:
            raise Inexact("a sign that is not known")
        return first is not None and first[0] % 2 == 1

    def abs(self) -> Jet:
        """|x| for small t > 0."""
        return -self if self.germ() < 0 else self
