"""Taylor coefficients along a program, in fixed point, by the recurrences of automatic
differentiation.

In the scaled time tau = t / h every node is a series x_0 + x_1 tau + x_2 tau^2 + ..., its
coefficients integers in units of 2^-bits. With y_s found from orders <= s,

    x y         sum_j x_j y_(s-j)
    y = x^e     s x_0 y_s = sum_(j=1..s) (e j - (s - j)) x_j y_(s-j)
    y = exp x   s y_s = sum_(j=1..s) j x_j y_(s-j)
    y = log x   s x_0 y_s = s x_s - sum_(j=1..s-1) j y_j x_(s-j)

Reference: A. Jorba, M. Zou, A software package for the numerical integration of ODEs by means of
high-order Taylor methods, Experimental Mathematics 14 (2005).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from fractions import Fraction
from operator import mul, rshift

from verify.integrate.source import Source
from verify.integrate.trace import Program

MOST_BITS = (
    900  # beyond, a tail in doubles would be a few hundredths of the work, and out of their range
)
# numbers are worked on as 2^(3 s) x_s: with the step size of ``taylor`` these hardly vary with s
STEP = 3
DROP = 30  # bits: a digit of Python's integers
LAG = 3  # orders by which dropping bits comes later than it might
SPARE_BITS = 3
FEWEST_BITS = 60
HUGE = 1e300


class Expansion:
    """One expansion: ``c[node]`` are its coefficients, the states' one longer than the others'.

    It works on 2^(3 s) x_s. With so many bits in x_s to the unit, order s has 3 s less, hence about
    every ten orders all numbers lose 30 bits. Orders from ``tail`` on are found in doubles;
    ``scaled`` are then the numbers 2^(3 s) x_s, for nodes that no later order asks for the last of
    them only.
    """

    def __init__(self, program: Program, bits: int, source: Source | None = None) -> None:
        self.program, self.bits, self.unit = program, bits, 1 << bits
        self.source = Source(program, bits) if source is None else source
        self.c: list[list[int]] = [[] for _ in program.nodes]
        self.tail: int | None = None
        self.scaled: list[list[float]] = []

    def run(
        self,
        state: Sequence[int],
        clock: Fraction,
        h: tuple[int, int],
        order: int,
        tail: int | None = None,
    ) -> None:
        """Coefficients up to ``order`` of the states, h = h[0] * 2^-h[1]. Raises fixed.NotDefined,
        fixed.TooLarge.

        With ``tail``, orders beyond it are found in doubles, where the numbers are within their
        range.
        """
        top, shift = h[0] << STEP, h[1]
        self._clock = (
            (clock.numerator << self.bits) // clock.denominator,
            (top << self.bits) >> shift,
        )
        self._factors = [(a.numerator * top, a.denominator << shift) for a in self.source.factors]
        self._start(state)
        middle = order if tail is None or self.bits > MOST_BITS else max(2, min(tail, order))
        self._integers(middle)
        if middle < order:
            try:
                self._doubles(order, Fraction(top, 1 << shift))
            except OverflowError:
                self._integers(order)

    def _start(self, state: Sequence[int]) -> None:
        self._work: list[list[int]] = [[] for _ in self.program.nodes]
        for c, x in zip(self._work, state, strict=False):
            c.append(x)
        self._next, self._dropped = 0, 0
        self._call("begin", 1)

    def _integers(self, order: int) -> None:
        """Orders up to ``order`` - 1, and of the states one further."""
        while self._next < order:
            wait = self._wait()
            if wait <= 0:
                kept = self.source.kept
                self._work = [
                    [x >> DROP for x in c] if i in kept else [] for i, c in enumerate(self._work)
                ]
                self._dropped += DROP
            else:
                self._call("orders", min(order, self._next + wait))

    def _wait(self) -> int:
        """Orders until bits may be dropped: by then these are SPARE_BITS below a unit of x_s, times
        the growth of 2^(3 s) x_s.
        """
        if self.bits - self._dropped - DROP < FEWEST_BITS:
            return 1 << 60
        usual = (self._dropped + DROP) // STEP + LAG - self._next
        if usual > 0:
            return usual
        small = STEP * self._next - self._dropped - DROP
        return -(-(SPARE_BITS + self._growth() - small) // STEP)

    def _growth(self) -> int:
        """By how many bits the last coefficients are longer than the first, in the node where that
        is most.
        """
        work = self._work
        return max(
            max(map(abs, work[i][-2:])).bit_length() - max(map(abs, work[i][:4])).bit_length()
            for i in self.source.kept
        )

    def _call(self, name: str, last: int) -> None:
        work = self._work
        self._run(name, work, self._factors, last)
        shifts = list(range(-self._dropped, STEP * last + 1 - self._dropped, STEP))
        new = slice(self._next - last if self._next else None, None)
        for c, x in zip(self.c, work, strict=True):
            c.extend(map(rshift, x[new], shifts[len(c) :]))
        self._next = last

    def _run(self, name: str, work: list, factors: list, last: int) -> None:
        first = self._next
        reverse = {i: deque(reversed(work[i][:first])) for i in self.source.backward}
        weighted = {
            i: list(map(mul, work[i][1:first], range(1, first))) for i in self.source.weighted
        }
        self.source.function(name)(
            work, reverse, weighted, factors, first, last, self._clock, self.bits - self._dropped
        )

    def _doubles(self, last: int, h: Fraction) -> None:
        """As ``_integers``. Raises OverflowError and leaves everything as it was."""
        first, unit = self._next, 2.0 ** (self._dropped - self.bits)
        known = [[unit * x for x in map(float, c)] for c in self._work]
        self._run("doubles", known, [(float(h * a), 1) for a in self.source.factors], last)
        if not all(
            abs(x[-1]) < HUGE for x in known
        ):  # an infinity or nan in the middle reaches the end
            raise OverflowError
        back = [2.0 ** (self.bits - STEP * s) for s in range(last + 1)]
        for c, x in zip(self.c, known, strict=True):
            c.extend(map(int, map(mul, x[first - last :], back[len(c) :])))
        self.tail, self.scaled = first, known
