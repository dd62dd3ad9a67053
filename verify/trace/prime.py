"""Arithmetic modulo a prime just below 2^31, on uint64 arrays; and the same methods for doubles.

Products of matrices go through products of doubles that are exact: one factor is cut into parts of
16 bits, and at most 64 terms are added before they are reduced.
"""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
from flint import fmpz

_CUT = np.uint64(16)
_HALF = np.uint64(2**16 - 1)
FEW = 32  #: numbers that are inverted one by one
TERMS = 64  # of 47 bits each, below 2^53
#: primes p = 2^31 - c with p = 3 modulo 4, so that a root is a power
PRIMES = (2**31 - 1, 2147483587)


@cache
def primes_with_roots(numbers: frozenset[int]) -> tuple[int, int]:
    """The first two such primes modulo which all these primes are squares."""
    good = (p for p in range(PRIMES[0], 2**30, -4)
            if fmpz(p).is_prime() and has_roots(p, numbers))  # fmt: skip
    return next(good), next(good)


def has_roots(p: int, numbers: Collection[int]) -> bool:
    """Whether all are squares modulo p."""
    return all(pow(x, (p - 1) // 2, p) == 1 for x in numbers)


class Field:
    """The numbers modulo a prime ``p`` below 2^31; entries from 0 to p - 1."""

    dtype = np.uint64

    def __init__(self, p: int) -> None:
        self.p, self.prime = p, np.uint64(p)

    def reduce(self, x: Any) -> Any:
        """From any uint64; a quotient by one number is vectorised, a remainder is not."""
        return x - x // self.prime * self.prime

    def add(self, a: Any, b: Any) -> Any:
        s = a + b
        return np.minimum(s, s - self.prime)  # the other one wraps round

    def sub(self, a: Any, b: Any) -> Any:
        s = a + (self.prime - b)
        return np.minimum(s, s - self.prime)

    def neg(self, a: Any) -> Any:
        s = self.prime - a
        return np.minimum(s, s - self.prime)

    def mul(self, a: Any, b: Any) -> Any:
        return self.reduce(a * b)

    def total(self, a: Any, axes: tuple[int, ...]) -> Any:
        return self.reduce(np.sum(a, axis=axes, dtype=np.uint64))

    def power(self, a: Any, e: int) -> Any:
        made = np.ones_like(a)
        while e:
            if e & 1:
                made = self.mul(made, a)
            a = self.mul(a, a)
            e >>= 1
        return made

    def inverse(self, a: Any) -> Any:
        """0 for 0. Of many numbers by the inverses of their products, two and two."""
        flat = np.where(a == 0, np.uint64(1), a).ravel()
        return np.where(a == 0, np.uint64(0), self._inverted(flat).reshape(a.shape))

    def _inverted(self, a: Any) -> Any:
        if a.size < FEW:
            return np.array([pow(x, -1, self.p) for x in a.tolist()], np.uint64)
        half = a.size // 2
        low, high = a[:half], a[half : 2 * half]
        both = self._inverted(self.mul(low, high))
        made = [self.mul(both, high), self.mul(both, low)]
        return np.concatenate([*made, self._inverted(a[2 * half :])])

    def root(self, a: Any) -> tuple[Any, Any]:
        """The root that is a square itself, and where there is one."""
        r = self.power(a, (self.p + 1) // 4)
        return r, self.mul(r, r) == a

    def surd(self, c: Fraction, primes: Collection[int]) -> int:
        """c times the root of a product of primes, all squares modulo this one."""
        made = self.lift(c)
        for x in primes:
            made = made * pow(x, (self.p + 1) // 4, self.p) % self.p
        return int(made)

    def matmul(self, a: Any, b: Any) -> Any:
        """Stacks of matrices, (.., R, C) and (.., C, N)."""
        found = None
        for at in range(0, a.shape[-1], TERMS):
            x, y = a[..., at : at + TERMS], b[..., at : at + TERMS, :].astype(float)
            high = np.matmul((x >> _CUT).astype(float), y).astype(np.uint64)
            low = np.matmul((x & _HALF).astype(float), y).astype(np.uint64)
            part = self.reduce((self.reduce(high) << _CUT) + low)
            found = part if found is None else self.add(found, part)
        return np.zeros((*a.shape[:-1], b.shape[-1]), self.dtype) if found is None else found

    def lift(self, x: Any) -> int:
        """A fraction. Raises ZeroDivisionError where its denominator is 0 here."""
        return int(x.numerator) * pow(int(x.denominator), -1, self.p) % self.p

    def array(self, entries: Any, shape: tuple[int, ...]) -> Any:
        return np.array([self.lift(x) for x in entries], dtype=np.uint64).reshape(shape)

    def random(self, random: np.random.Generator, shape: tuple[int, ...]) -> Any:
        """Numbers that are not 0."""
        return random.integers(1, self.p, size=shape, dtype=np.uint64)


class Reals:
    """The same of doubles, for patterns."""

    dtype = np.float64
    p = 0

    def reduce(self, x: Any) -> Any:
        return x

    def add(self, a: Any, b: Any) -> Any:
        return a + b

    def sub(self, a: Any, b: Any) -> Any:
        return a - b

    def neg(self, a: Any) -> Any:
        return -a

    def mul(self, a: Any, b: Any) -> Any:
        return a * b

    def total(self, a: Any, axes: tuple[int, ...]) -> Any:
        return np.sum(a, axis=axes)

    def inverse(self, a: Any) -> Any:
        return 1 / a

    def matmul(self, a: Any, b: Any) -> Any:
        return np.matmul(a, b)

    def array(self, entries: Any, shape: tuple[int, ...]) -> Any:
        return np.array([float(x) for x in entries]).reshape(shape)
