"""Rings of ordinary numbers, without a batch: floats, exact fractions and balls. An array is a
NumPy array, of floats or of objects.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import sqrt
from typing import Any

import numpy as np
from scipy.special import erf

from verify.exact.rings import Exact
from verify.trace.shapes import Shape, collected

CONSTANTS = {"2/sqrt(pi)": 2 / sqrt(np.pi)}  #: transcendental ones that a graph may name


def constant(name: str) -> float:
    """Of these, or sqrt(n), which a search takes for any number (``discover/one_root``)."""
    return float(CONSTANTS[name] if name in CONSTANTS else sqrt(int(name[5:-1])))


class Arrays:
    """Operations on NumPy arrays; ``lift`` makes an entry from a fraction, ``dtype`` is theirs."""

    def __init__(self, lift: Callable[[Fraction], Any], dtype: Any) -> None:
        self.lift, self.dtype = lift, dtype

    def array(self, entries: Any, shape: Shape) -> Any:
        """From fractions, row by row."""
        made = np.empty(len(entries), dtype=self.dtype)
        made[:] = [self.lift(x) for x in entries]
        return made.reshape(shape)

    def const(self, place: int, entries: Any, shape: Shape) -> Any:
        return self.array(entries, shape)

    def free(self, place: int, name: str) -> Any:
        return np.array(constant(name), dtype=self.dtype)

    def add(self, a: Any, b: Any) -> Any:
        return np.asarray(a + b, dtype=self.dtype)

    def sub(self, a: Any, b: Any) -> Any:
        return np.asarray(a - b, dtype=self.dtype)

    def mul(self, a: Any, b: Any) -> Any:
        return np.asarray(a * b, dtype=self.dtype)

    def neg(self, a: Any) -> Any:
        return np.asarray(-a, dtype=self.dtype)

    def each(self, f: Callable[[Any], Any], a: Any) -> Any:
        made = np.empty(np.size(a), dtype=self.dtype)
        made[:] = [f(x) for x in np.ravel(a)]
        return made.reshape(np.shape(a))

    def einsum(self, spec: str, *arrays: Any) -> Any:
        return np.asarray(np.einsum(spec, *arrays), dtype=self.dtype)

    def reshape(self, a: Any, shape: Shape) -> Any:
        return np.reshape(a, shape)

    def transpose(self, a: Any, axes: Sequence[int]) -> Any:
        return np.transpose(a, axes)

    def spread(self, a: Any, shape: Shape) -> Any:
        return np.broadcast_to(a, shape)

    def collect(self, a: Any, shape: Shape, to: Shape) -> Any:
        """The slope of an array of shape ``to`` that was broadcast to ``shape``."""
        axes, to = collected(shape, to)
        a = np.broadcast_to(a, shape)
        return np.reshape(np.sum(a, axis=axes) if axes else a, to)

    def take(self, a: Any, flat: Any, shape: Shape) -> Any:
        padded = np.append(np.ravel(a), self.array([Fraction(0)], (1,)))
        return padded[np.asarray(flat, dtype=int)].reshape(shape)

    def scatter(self, a: Any, flat: Any, shape: Shape) -> Any:
        made = self.array([Fraction(0)] * (int(np.prod(shape, dtype=int)) + 1), (-1,))
        np.add.at(made, np.asarray(flat, dtype=int), np.ravel(a))
        return made[:-1].reshape(shape)

    def concat(self, arrays: Sequence[Any], axis: int) -> Any:
        return np.concatenate(arrays, axis=axis)

    def step(self, place: int, z: Any) -> Any:
        return self.each(lambda x: self.lift(Fraction(int(x > 0))), z)

    def top(self, place: int, z: Any, k: int, axis: int) -> Any:
        """1 at the k largest; of equal ones at the first."""
        order = np.argsort(np.negative(z), axis=axis, kind="stable")
        rank = np.argsort(order, axis=axis, kind="stable")
        return self.each(lambda r: self.lift(Fraction(int(r < k))), rank)


class Floats(Arrays):
    """Doubles. What has no value there is nan or infinite, and is seen by who compares."""

    def __init__(self) -> None:
        super().__init__(float, float)

    def inv(self, z: Any) -> Any:
        return 1.0 / z

    def exp(self, place: int, z: Any) -> Any:
        return np.exp(z)

    def log(self, place: int, z: Any) -> Any:
        return np.log(z)

    def sqrt(self, place: int, z: Any) -> Any:
        return np.sqrt(z)

    def erf(self, place: int, z: Any, density: Any) -> Any:
        return erf(z)


class Fractions(Arrays):
    """Exact fractions; Inexact is raised where a value is not rational, ZeroDivisionError where
    there is none.
    """

    def __init__(self) -> None:
        super().__init__(Fraction, object)
        self.exact = Exact()

    def inv(self, z: Any) -> Any:
        return self.each(lambda x: 1 / x, z)

    def exp(self, place: int, z: Any) -> Any:
        return self.each(self.exact.exp, z)

    def log(self, place: int, z: Any) -> Any:
        return self.each(self.exact.log, z)

    def sqrt(self, place: int, z: Any) -> Any:
        return self.each(lambda x: self.exact.power(x, Fraction(1, 2)), z)

    def erf(self, place: int, z: Any, density: Any) -> Any:
        return self.each(lambda x: Fraction(0) if not x else self.exact.exp(Fraction(1)), z)

    def free(self, place: int, name: str) -> Any:
        """Not rational: a place that only raises where it is needed would be a guess."""
        return self.each(lambda x: self.exact.exp(Fraction(1)), np.zeros(()))


FLOATS = Floats()
FRACTIONS = Fractions()
__all__ = ["FLOATS", "FRACTIONS", "Arrays", "Floats", "Fractions", "constant"]
