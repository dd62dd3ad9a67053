"""A ring for a graph: batches of multilinear jets, sum_S a_S eps_S with eps_i^2 = 0, over a field.

A value is a dictionary from subsets, as bits, to arrays of shape (batch, *shape), where batch is 1
for what all elements share. What is no rational function is asked of ``choice``, by its place in
the graph: the value of exp, log and erf, and the pattern of step and top; derivatives follow from
f' = f, 1/z and the like.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

import numpy as np

from verify.trace.batches import Jet, Moved, aligned
from verify.trace.shapes import Shape


class NoRoot(Exception):
    """A root, an inverse or a logarithm that does not exist at a point modulo the prime."""


class Choice(Protocol):
    """Values and patterns by place, each of shape (batch or 1, *shape)."""

    def exp(self, place: int, z: Any) -> Any: ...
    def log(self, place: int, z: Any) -> Any: ...
    def erf(self, place: int, z: Any) -> Any: ...
    def sqrt(self, place: int, z: Any) -> Any: ...
    def free(self, name: str) -> Any: ...
    def pattern(self, place: int, z: Any, k: int, axis: int) -> Any: ...


class Jets(Moved):
    """Arithmetic of jets; one for each choice, whose batch is theirs."""

    def __init__(self, field: Any, choice: Choice) -> None:
        super().__init__(field)
        self.choice = choice

    def const(self, place: int, entries: Any, shape: Shape) -> Jet:
        return {0: self.field.array(entries, (1, *shape))}

    def free(self, place: int, name: str) -> Jet:
        return {0: self.choice.free(name)}

    def add(self, a: Jet, b: Jet) -> Jet:
        return self._joined(a, b, self.field.add, lambda y: y)

    def sub(self, a: Jet, b: Jet) -> Jet:
        return self._joined(a, b, self.field.sub, self.field.neg)

    def _joined(self, a: Jet, b: Jet, both: Callable[..., Any], alone: Callable[..., Any]) -> Jet:
        shape = np.broadcast_shapes(a[0].shape[1:], b[0].shape[1:])
        made: Jet = {}
        for s in sorted(a.keys() | b.keys()):
            if s in a and s in b:
                made[s] = both(*aligned(a[s], b[s]))
            else:
                part = a[s] if s in a else alone(b[s])
                part = part.reshape(part.shape[0], *(1,) * (len(shape) + 1 - part.ndim),
                                    *part.shape[1:])  # fmt: skip
                made[s] = np.broadcast_to(part, (part.shape[0], *shape))
        return made

    def neg(self, a: Jet) -> Jet:
        return {s: self.field.neg(x) for s, x in a.items()}

    def mul(self, a: Jet, b: Jet) -> Jet:
        return self._products(a, b, lambda x, y: self.field.mul(*aligned(x, y)))

    def _products(self, a: Jet, b: Jet, times: Callable[[Any, Any], Any]) -> Jet:
        made: Jet = {}
        for s, x in a.items():
            for t, y in b.items():
                if not s & t:
                    part = times(x, y)
                    made[s | t] = self.field.add(made[s | t], part) if s | t in made else part
        return made

    def inv(self, z: Jet) -> Jet:
        """1/z: r z = 1, part by part. Raises NoRoot."""
        if self.field.p and not np.all(z[0]):
            raise NoRoot
        made: Jet = {0: self.field.inverse(z[0])}
        for s in _upwards(z):
            rest = self._sum(self.field.mul(made[t], z[s ^ t]) for t in _proper(s)
                             if t in made and s ^ t in z)  # fmt: skip
            if rest is not None:
                made[s] = self.field.neg(self.field.mul(made[0], rest))
        return made

    def exp(self, place: int, z: Jet) -> Jet:
        """f' = f: the part of a set comes from its last element."""
        made: Jet = {0: self.choice.exp(place, z[0])}
        for s in _upwards(z):
            self._derived(made, s, made, z)
        return made

    def log(self, place: int, z: Jet) -> Jet:
        made: Jet = {0: self.choice.log(place, z[0])}
        slope = self.inv(z) if len(z) > 1 else {}
        for s in _upwards(z):
            self._derived(made, s, slope, z)
        return made

    def erf(self, place: int, z: Jet, density: Jet) -> Jet:
        made: Jet = {0: self.choice.erf(place, z[0])}
        for s in _upwards(z):
            self._derived(made, s, density, z)
        return made

    def _derived(self, made: Jet, s: int, slope: Jet, z: Jet) -> None:
        last = 1 << (s.bit_length() - 1)
        rest = s ^ last
        part = self._sum(self.field.mul(slope[t], z[s ^ t]) for t in _within(rest)
                         if t in slope and s ^ t in z)  # fmt: skip
        if part is not None:
            made[s] = part

    def sqrt(self, place: int, z: Jet) -> Jet:
        """r r = z, part by part."""
        made: Jet = {0: self.choice.sqrt(place, z[0])}
        half = self.field.inverse(self.field.add(made[0], made[0])) if len(z) > 1 else None
        for s in _upwards(z):
            rest = self._sum(self.field.mul(made[t], made[s ^ t]) for t in _proper(s)
                             if t and t in made and s ^ t in made)  # fmt: skip
            part = z.get(s)
            if rest is not None:
                part = self.field.neg(rest) if part is None else self.field.sub(part, rest)
            if part is not None:
                made[s] = self.field.mul(part, half)
        return made

    def _sum(self, parts: Iterator[Any]) -> Any:
        found = None
        for part in parts:
            found = part if found is None else self.field.add(found, part)
        return found

    def step(self, place: int, z: Jet) -> Jet:
        return {0: self.choice.pattern(place, z[0], 0, 0)}

    def top(self, place: int, z: Jet, k: int, axis: int) -> Jet:
        return {0: self.choice.pattern(place, z[0], k, axis)}

    def einsum(self, spec: str, *arrays: Jet) -> Jet:
        if len(arrays) == 1:
            return {s: self.summed(spec, x) for s, x in arrays[0].items()}
        a, b = arrays
        return self._products(a, b, lambda x, y: self.contracted(spec, x, y))


def _upwards(z: Mapping[int, Any]) -> list[int]:
    """Unions of disjoint sets of z but the empty one, each after its subsets."""
    whole = 0
    for s in z:
        whole |= s
    return [s for s in _within(whole) if s]


def _within(s: int) -> list[int]:
    """All subsets, in order of their bits."""
    found, t = [], s
    while True:
        found.append(t)
        if not t:
            return sorted(found)
        t = (t - 1) & s


def _proper(s: int) -> list[int]:
    return [t for t in _within(s) if t != s]
