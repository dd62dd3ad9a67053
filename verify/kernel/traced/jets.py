"""Nested dual numbers modulo a prime: a tuple of 2^k parts, part S belongs to the product of the
infinitesimals in S, whose squares are 0. A shorter tuple has the missing parts 0. The value of
every variable of a program, and the gradient of a combination of its outputs by one pass backwards.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from verify.kernel.limits import Refused
from verify.kernel.traced.program import Program
from verify.kernel.traced.variables import ONE, Number, density

Jet = tuple[int, ...]
CONSTANT = 3141592653589793238  #: stands for a transcendental one, at all points


class NoValue(Exception):
    """A division by 0, or a root that does not exist, at this point modulo the prime; of a root the
    variable is told.
    """


def plus(a: Jet, b: Jet, p: int) -> Jet:
    """The sum."""
    if len(a) < len(b):
        a, b = b, a
    if len(b) == len(a):
        return tuple([(x + y) % p for x, y in zip(a, b, strict=True)])
    return plus(a[: len(b)], b, p) + a[len(b) :]


def times(a: Jet, b: Jet, p: int) -> Jet:
    """The product; of (a, a') and (b, b') it is (a b, a b' + a' b)."""
    if len(a) < len(b):
        a, b = b, a
    if len(b) == 1:
        y = b[0]
        return tuple([x * y % p for x in a])
    half = len(a) // 2
    if len(b) < len(a):
        return times(a[:half], b, p) + times(a[half:], b, p)
    low, high = a[:half], a[half:]
    cross = plus(times(low, b[half:], p), times(high, b[:half], p), p)
    return times(low, b[:half], p) + cross


def scaled(a: Jet, c: int, p: int) -> Jet:
    """c a."""
    return tuple([x * c % p for x in a])


def inverse(a: Jet, p: int) -> Jet:
    """1/a; NoValue where there is none."""
    if not a[0]:
        raise NoValue
    return grown(a, pow(a[0], -1, p), lambda w: negative_square(w, p), p)


def negative_square(w: Jet, p: int) -> Jet:
    """The derivative of w = 1/z."""
    return scaled(times(w, w, p), p - 1, p)


def grown(a: Jet, value: int, slope: Callable[[Jet], Jet], p: int) -> Jet:
    """A function at a jet, from its value at the first part and its derivative by its own value."""
    if len(a) == 1:
        return (value,)
    half = len(a) // 2
    low = grown(a[:half], value, slope, p)
    return low + times(slope(low), a[half:], p)


def lifted(c: Number, p: int) -> int:
    """A fraction modulo the prime."""
    if not c.denominator % p:
        raise NoValue
    return int(c.numerator) * pow(int(c.denominator), -1, p) % p


class Machine:
    """A program modulo a prime."""

    def __init__(self, program: Program, p: int) -> None:
        self.program, self.p = program, p
        every = program.variables.all
        self.terms = [[(m, lifted(c, p)) for m, c in one.terms] for one in every]
        self.scale = [lifted(one.c, p) for one in every]
        self.outputs = [(lifted(c, p), v) for c, v in program.outputs]
        self.constant = (CONSTANT % (p - 1) + 1,)

    def kind(self, v: int) -> str:
        """Of a variable."""
        return self.program.variables.all[v].kind

    def values(
        self, leaves: Mapping[int, Jet], chosen: Callable[[int, Jet], int], stop: int | None = None
    ) -> list[Jet]:
        """Of all variables; ``chosen`` gives exponentials, roots and gates at the first part."""
        p, made = self.p, list[Jet]()
        for v, one in enumerate(self.program.variables.all[:stop]):
            kind = one.kind
            if kind == "leaf":
                made.append(leaves[v])
            elif kind == "sum":
                made.append(self._sum(v, made))
            elif kind == "inv":
                made.append(inverse(made[one.of], p))
            elif kind == "free":
                made.append(self.constant)
            elif kind in ("step", "top"):
                made.append((chosen(v, (0,)),))
            else:
                z = scaled(made[one.of], self.scale[v], p)
                made.append(grown(z, chosen(v, z), partial(self._slope, v, made), p))
        return made

    def _slope(self, v: int, values: Sequence[Jet], w: Jet) -> Jet:
        """The derivative by what stands inside, from the function's own value."""
        p, one = self.p, self.program.variables.all[v]
        if one.kind == "inv":
            return negative_square(w, p)
        if one.kind == "exp":
            return w
        if one.kind == "sqrt":
            return inverse(scaled(w, 2, p), p)
        if one.kind == "log":
            return inverse(scaled(values[one.of][: len(w)], self.scale[v], p), p)
        if one.kind == "erf":
            c, u = density(one)
            return scaled(values[u][: len(w)], lifted(c, p), p)
        raise Refused(f"a variable of kind {one.kind} has no derivative")

    def _sum(self, v: int, made: Sequence[Jet]) -> Jet:
        p = self.p
        total: Jet = (0,)
        for m, c in self.terms[v]:
            one: Jet = (c,)
            for x in m:
                one = times(one, made[x], p)
            total = plus(total, one, p)
        return total

    def gradient(self, values: Sequence[Jet], seeds: Sequence[int]) -> list[Jet]:
        """By the D coordinates, of the sum of the outputs times these numbers, times the rates."""
        p, every = self.p, self.program.variables.all
        slopes: dict[int, Jet] = {}
        for (c, v), y in zip(self.outputs, seeds, strict=True):
            if v != ONE:
                slopes[v] = plus(slopes.get(v, (0,)), (c * y % p,), p)
        for v in range(len(every) - 1, self.program.size - 1, -1):
            if v not in slopes:
                continue
            slope, one = slopes.pop(v), every[v]
            if one.kind == "sum":
                self._back(v, slope, values, slopes)
            elif one.kind not in ("leaf", "step", "top", "free"):
                part = times(slope, scaled(self._slope(v, values, values[v]), self.scale[v], p), p)
                slopes[one.of] = plus(slopes.get(one.of, (0,)), part, p)
        found = [slopes.get(v, (0,)) for v in range(self.program.size)]
        for v, (rate, k) in enumerate(self.program.metric):
            for _ in range(k):
                found[v] = times(found[v], values[v], p)
            found[v] = scaled(found[v], lifted(rate, p), p)
        return found

    def _back(self, v: int, slope: Jet, values: Sequence[Jet], slopes: dict[int, Jet]) -> None:
        p = self.p
        for m, c in self.terms[v]:
            for at, x in enumerate(m):
                part = scaled(slope, c, p)
                for y in m[:at] + m[at + 1 :]:
                    part = times(part, values[y], p)
                slopes[x] = plus(slopes.get(x, (0,)), part, p)
