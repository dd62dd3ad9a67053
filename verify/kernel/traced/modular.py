"""Nested dual numbers modulo a prime: a tuple of 2^k parts, part S belongs to the product of the
infinitesimals in S, whose squares are 0. A shorter tuple has the missing parts 0. Rows of numbers
modulo a prime, and their rank.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from verify.kernel.limits import need
from verify.kernel.load import Data, rational
from verify.kernel.traced.effort import Effort
from verify.kernel.traced.variables import Number, plain

Jet = tuple[int, ...]


class NoValue(Exception):
    """A division by 0, or a root that does not exist, at this point modulo the prime."""


class Prime:
    """The ring of these jets."""

    zero: Jet = (0,)

    def __init__(self, p: int) -> None:
        self.p = p
        self.constant: Jet = (3141592653589793238 % (p - 1) + 1,)  # for a transcendental one

    def number(self, c: Number) -> Jet:
        """A fraction."""
        if c.denominator == 1:
            return (int(c) % self.p,)
        need(c.denominator % self.p, "a constant whose denominator is divisible by the prime")
        return (c.numerator * pow(c.denominator, -1, self.p) % self.p,)

    def plus(self, a: Jet, b: Jet) -> Jet:
        """The sum."""
        if len(a) < len(b):
            a, b = b, a
        return tuple([(x + y) % self.p for x, y in zip(a, b, strict=False)]) + a[len(b) :]

    def times(self, a: Jet, b: Jet) -> Jet:
        """The product; of (a, a') and (b, b') it is (a b, a b' + a' b)."""
        if len(a) < len(b):
            a, b = b, a
        if len(b) == 1:
            y, p = b[0], self.p
            return tuple([x * y % p for x in a])
        half = len(a) // 2
        low, high = a[:half], a[half:]
        if len(b) < len(a):
            return self.times(low, b) + self.times(high, b)
        rest = self.plus(self.times(low, b[half:]), self.times(high, b[:half]))
        return self.times(low, b[:half]) + rest

    def grown(self, a: Jet, value: int, slope: Callable[[Jet], Jet]) -> Jet:
        """A function at a jet, from its value at the first part and its derivative by its own
        value.
        """
        if len(a) == 1:
            return (value,)
        half = len(a) // 2
        low = self.grown(a[:half], value, slope)
        return low + self.times(slope(low), a[half:])


class Rows:
    """Independent rows modulo a prime, or of exact numbers, each of entries that are not 0, by
    place, with a 1 where it begins.
    """

    def __init__(self, p: int = 0) -> None:
        self.p = p
        self.kept: dict[int, dict[int, Any]] = {}

    @property
    def rank(self) -> int:
        return len(self.kept)

    def add(self, row: Sequence[Number]) -> bool:
        """Whether the row is independent of those before it, with which it is then kept."""
        p = self.p
        short: Callable[[Any], Any] = (lambda x: x % p) if p else plain
        left = {i: y for i, x in enumerate(row) if (y := short(x))}
        while left:
            lead = min(left)
            c = left[lead]
            if lead not in self.kept:
                c = pow(c, -1, p) if p else 1 / Fraction(c)
                self.kept[lead] = {i: short(x * c) for i, x in left.items()}
                return True
            Effort.spend("eliminated", len(self.kept[lead]))
            for i, y in self.kept[lead].items():
                left[i] = short(left.get(i, 0) - c * y)
            left = {i: x for i, x in left.items() if x}
        return False


def prime(data: Data) -> int:
    """A prime just below 2^31 that is 3 modulo 4."""
    found = rational(data)
    p = int(found)
    need(found == p and 2**30 < p < 2**31, "prime: expected one between 2^30 and 2^31")
    need(p % 4 == 3, "prime: expected one that is 3 modulo 4")
    need(all(p % n for n in (2, *range(3, 46341, 2))), "prime: it is none")
    return p


class Source:
    """A linear congruential generator of 64 bits, of which the upper ones are used."""

    def __init__(self, seed: int) -> None:
        self.state = seed

    def below(self, n: int) -> int:
        """From 0 to n - 1."""
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 20) % n
