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
from collections.abc import Sequence
from fractions import Fraction
from operator import mul

from verify.integrate.source import Source
from verify.integrate.trace import Program

MOST_BITS = 900  # beyond, a tail in doubles would be a few hundredths of the work, and out of their range
STEP = 3  # doubles hold the coefficient of order s times 2^(3 s): with the step size of ``taylor`` it hardly varies with s
HUGE = 1e300


class Expansion:
    """One expansion: ``c[node]`` are its coefficients, the states' one longer than the others'.

    Orders from ``tail`` on are found in doubles; ``scaled`` are then the numbers 2^(3 s) x_s of every node.
    """

    def __init__(self, program: Program, bits: int, source: Source | None = None) -> None:
        self.program, self.bits, self.unit = program, bits, 1 << bits
        self.source = Source(program, bits) if source is None else source
        self.c: list[list[int]] = [[] for _ in program.nodes]
        self.tail: int | None = None
        self.scaled: list[list[float]] = []

    def run(
        self, state: Sequence[int], clock: Fraction, h: tuple[int, int], order: int, tail: int | None = None
    ) -> None:
        """Coefficients up to ``order`` of the states, h = h[0] * 2^-h[1]. Raises fixed.NotDefined, fixed.TooLarge.

        With ``tail``, orders beyond it are found in doubles, where the numbers are within their range.
        """
        top, shift = h
        start = ((clock.numerator << self.bits) // clock.denominator, (top << self.bits) >> shift)
        for c, x in zip(self.c, state, strict=False):
            c.append(x)
        reverse = {i: deque[int]() for i in self.source.backward}
        weighted: dict[int, list[int]] = {i: [] for i in self.source.weighted}
        factors = [(a.numerator * top, a.denominator << shift) for a in self.source.factors]
        middle = order if tail is None or self.bits > MOST_BITS else max(1, min(tail, order))
        self.source.function("begin")(self.c, reverse, weighted, factors, 0, 1, start)
        self.source.function("orders")(self.c, reverse, weighted, factors, 1, middle, start)
        if middle < order:
            try:
                self._doubles(middle, order, Fraction(top, 1 << shift))
            except OverflowError:
                self.source.function("orders")(self.c, reverse, weighted, factors, middle, order, start)

    def _doubles(self, first: int, last: int, h: Fraction) -> None:
        """Orders ``first`` to ``last`` - 1, and of the states one further. Raises OverflowError and leaves everything as it was."""
        source, count = self.source, self.program.states
        scales = [2.0 ** (STEP * s - self.bits) for s in range(last + 1)]
        known = [list(map(mul, map(float, c), scales)) for c in self.c]
        reverse = {i: deque(reversed(known[i][:first])) for i in source.backward}
        weighted = {i: list(map(mul, known[i][1:first], range(1, first))) for i in source.weighted}
        factors = [(float((1 << STEP) * h * a), 1) for a in source.factors]
        source.function("doubles")(known, reverse, weighted, factors, first, last, (0, 0))
        if not all(abs(x[-1]) < HUGE for x in known):  # an infinity or nan in the middle reaches the end
            raise OverflowError
        back = [2.0 ** (self.bits - STEP * s) for s in range(last + 1)]
        for i, (c, x) in enumerate(zip(self.c, known, strict=True)):
            new = first + (i < count)
            c.extend(map(int, map(mul, x[new:], back[new:])))
        self.tail, self.scaled = first, known
