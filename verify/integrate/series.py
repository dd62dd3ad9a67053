"""Taylor coefficients along a program, in fixed point, by the recurrences of automatic differentiation.

In the scaled time tau = t / h every node is a series x_0 + x_1 tau + x_2 tau^2 + ..., its coefficients integers in
units of 2^-bits. With y_s found from orders <= s,

    x y         sum_j x_j y_(s-j)
    y = x^e     s x_0 y_s = sum_(j=1..s) (e j - (s - j)) x_j y_(s-j)
    y = exp x   s y_s = sum_(j=1..s) j x_j y_(s-j)
    y = log x   s x_0 y_s = s x_s - sum_(j=1..s-1) j y_j x_(s-j)

Reference: A. Jorba, M. Zou, A software package for the numerical integration of ODEs by means of high-order Taylor
methods, Experimental Mathematics 14 (2005).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import islice
from math import lcm
from operator import itemgetter, mul

from verify.integrate import fixed
from verify.integrate.trace import Program

Advance = Callable[[int], int]
_last = itemgetter(-1)


class Expansion:
    """One expansion: ``c[node]`` are its coefficients, the states' one longer than the others'."""

    def __init__(self, program: Program, bits: int) -> None:
        self.program, self.bits, self.unit = program, bits, 1 << bits
        self.c: list[list[int]] = [[] for _ in program.nodes]
        self._backwards: dict[int, deque[int]] = {}
        for node in program.nodes:
            for b in [node[2]] if node[0] == "mul" else [b for _, b, _ in node[1]] if node[0] == "dot" else []:
                self._backwards.setdefault(b, deque())
        inner = range(program.states, len(program.nodes))
        self._plan = [(self._advance(program.nodes[i]), self.c[i].append, self._reverse(i)) for i in inner]
        self._starts = [(self.c[i], self._backwards[i]) for i in range(program.states) if i in self._backwards]

    def run(self, state: Sequence[int], clock: Fraction, h: tuple[int, int], order: int) -> None:
        """Coefficients up to ``order`` of the states, h = h[0] * 2^-h[1]. Raises fixed.NotDefined, fixed.TooLarge."""
        top, shift = h
        self._clock = ((clock.numerator << self.bits) // clock.denominator, (top << self.bits) >> shift)
        for c, x in zip(self.c, state, strict=False):
            c.append(x)
        updates = [(c, self.c[d], a.numerator * top, a.denominator << shift) for c, (d, a) in self._states()]
        for s in range(order):
            for c, backwards in self._starts:
                backwards.appendleft(c[s])
            for advance, record, reverse in self._plan:
                value = advance(s)
                record(value)
                if reverse is not None:
                    reverse(value)
            for c, slope, factor, below in updates:
                c.append(slope[s] * factor // (below * (s + 1)))

    def _states(self) -> Iterator[tuple[list[int], tuple[int, Fraction]]]:
        return zip(self.c[: self.program.states], self.program.slopes, strict=True)

    def _reverse(self, i: int) -> Callable[[int], None] | None:
        return self._backwards[i].appendleft if i in self._backwards else None

    def _advance(self, node: tuple) -> Advance:
        c, bits = self.c, self.bits
        match node[0]:
            case "clock":
                return lambda s: self._clock[s] if s < 2 else 0
            case "lin":
                return linear([c[i] for i, _ in node[1]], [a for _, a in node[1]], node[2], bits)
            case "mul":
                if node[1] == node[2]:
                    return square(c[node[1]], self._backwards[node[2]], bits)
                return product(c[node[1]], self._backwards[node[2]], bits)
            case "dot":
                factors = [(c[a], self._backwards[b]) for a, b, _ in node[1]]
                return dot(factors, [a for *_, a in node[1]], [c[i] for i, _ in node[2]], [a for _, a in node[2]], node[3], bits)
            case "power":
                return (reciprocal if node[2] == -1 else power)(c[node[1]], node[2], bits)
            case "exp":
                return exponential(c[node[1]], bits)
            case "log":
                return logarithm(c[node[1]], bits)
        raise ValueError(f"no recurrence for a node {node[0]!r}")


def linear(parts: list[list[int]], factors: list[Fraction], constant: Fraction, bits: int) -> Advance:
    """constant + sum_i a_i x_i; the factors are exact as long as their common denominator is short."""
    below = lcm(*(a.denominator for a in factors))
    if below.bit_length() > bits // 2:
        below = 1 << bits
    weights = [round(a * below) for a in factors]
    first = (constant.numerator << bits) // constant.denominator
    if below == 1 and all(a == 1 for a in weights):
        if len(parts) == 2 and not first:
            x, y = parts
            return lambda s: x[s] + y[s]
        return lambda s: sum(map(_last, parts)) + (0 if s else first)
    return lambda s: sum(map(mul, weights, map(_last, parts))) // below + (0 if s else first)


def product(x: list[int], y: deque[int], bits: int) -> Advance:
    """y holds its coefficients newest first, so the convolution is a dot product."""
    return lambda s: sum(map(mul, x, y)) >> bits


def dot(
    factors: list[tuple[list[int], deque[int]]], outer: list[Fraction], parts: list[list[int]], inner: list[Fraction],
    constant: Fraction, bits: int,
) -> Advance:  # fmt: skip
    """constant + sum_k a_k x_k y_k + sum_i b_i z_i."""
    below = lcm(*(a.denominator for a in outer))
    if below.bit_length() > bits // 2:
        below = 1 << bits
    weights = [round(a * below) for a in outer]
    rest = linear(parts, inner, constant, bits)

    def advance(s: int) -> int:
        total = 0
        for (x, y), a in zip(factors, weights, strict=True):
            total += a * sum(map(mul, x, y))
        return (total >> bits) // below + rest(s)

    return advance


def square(x: list[int], reverse: deque[int], bits: int) -> Advance:
    def advance(s: int) -> int:
        total = 2 * sum(map(mul, islice(x, (s + 1) // 2), reverse))
        return (total if s % 2 else total + x[s // 2] ** 2) >> bits

    return advance


def reciprocal(x: list[int], e: Fraction, bits: int) -> Advance:
    """The recurrence of a power at e = -1, where its factor is -s for every j."""
    y: deque[int] = deque()

    def advance(s: int) -> int:
        value = -sum(map(mul, islice(x, 1, None), y)) // x[0] if s else fixed.power(x[0], e, bits)
        y.appendleft(value)
        return value

    return advance


def power(x: list[int], e: Fraction, bits: int) -> Advance:
    a, b = e.numerator, e.denominator
    weighted: list[int] = []
    y: deque[int] = deque()

    def advance(s: int) -> int:
        if s == 0:
            value = fixed.power(x[0], e, bits)
        else:
            weighted.append(s * x[s])
            by_order = sum(map(mul, weighted, y))
            value = ((a + b) * by_order - b * s * sum(map(mul, islice(x, 1, None), y))) // (b * s * x[0])
        y.appendleft(value)
        return value

    return advance


def exponential(x: list[int], bits: int) -> Advance:
    weighted: list[int] = []
    y: deque[int] = deque()

    def advance(s: int) -> int:
        if s == 0:
            value = fixed.exp(x[0], bits)
        else:
            weighted.append(s * x[s])
            value = sum(map(mul, weighted, y)) // (s << bits)
        y.appendleft(value)
        return value

    return advance


def logarithm(x: list[int], bits: int) -> Advance:
    weighted: list[int] = []
    later: deque[int] = deque()

    def advance(s: int) -> int:
        if s == 0:
            return fixed.log(x[0], bits)
        value = ((s * x[s] << bits) - sum(map(mul, weighted, later))) // (s * x[0])
        weighted.append(s * value)
        later.appendleft(x[s])
        return value

    return advance
