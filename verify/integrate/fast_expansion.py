"""An expansion by the compiled recurrences, in the memory that all expansions of one run share.

Imports numpy and numba: only ``verify.integrate.fast`` imports this module, when it runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate
from math import inf, isfinite, log2

import numpy as np

from verify.integrate import fast_digits as at
from verify.integrate import fast_estimate as estimate
from verify.integrate import fixed
from verify.integrate import kernels as k
from verify.integrate.fast_block import LANES, WIDE
from verify.integrate.fast_program import EXP, LOG, Tables, Unsupported, Waiting, tables
from verify.integrate.trace import Program

MOST_WORK = 1 << 15  # orders times digits: sums of products stay within 64 bits
MOST_WHOLE = 40  # digits before the point
MOST_ORDERS = 1000
FINEST = 6  # theta is a whole multiple of 2^-6


class Memory:
    """The tables of a program and room for ``orders`` orders of numbers of ``whole`` digits and
    bits / 24 digits after the point.
    """

    def __init__(self, t: Tables, bits: int, whole: int, orders: int) -> None:
        self.t, self.bits, self.whole = t, bits, whole
        digits = self.digits = bits // at.BASE + whole
        if orders * digits > MOST_WORK or whole > MOST_WHOLE or orders > MOST_ORDERS:
            raise Unsupported(f"{orders} orders of {digits} digits")
        plane = -(-orders // LANES) * LANES + 2 * LANES
        row, work = digits + 2 * at.PAD, 2 * digits + 16
        constants = [
            x for c in t.constants for x in digits_of(round((c or 0) * (1 << bits)), digits)
        ]
        integers = [t.ops, t.groups, t.terms, t.lins, t.slopes]
        parts = [[x for r in rows for x in r] for rows in integers] + [constants]
        parts += [[0] * size for size in (t.size * row, t.size, t.size * digits, work, work)]
        sizes = [digits, bits // at.BASE, orders, plane, t.size, len(t.slopes), work, 0, 0, 0, 0, 0]
        begins = list(accumulate(map(len, parts), initial=at.HEAD))
        self.constants, forwards, sums = begins[5], t.size * digits * plane, WIDE * LANES
        places = [*begins[:-1], 0, forwards, 0, sums]
        self.n = np.array([*sizes, *places, *(x for part in parts for x in part)], dtype=np.int64)
        self.f = np.zeros(forwards + len(t.back) * row * plane, dtype=np.float32)
        self.d = np.zeros(sums + t.size + digits)
        self.backs = np.array(list(t.back), dtype=np.int64)
        self.n[begins[6] : begins[7] + t.size] = -1
        self.d[sums + t.size :] = [
            2.0 ** (at.BASE * max(i - bits // at.BASE, -44)) for i in range(digits)
        ]
        waiting = [t.waiting.get(i) for i in range(len(t.ops))]
        self.kinds = np.array(
            [(w.kind, w.x) if w else (0, 0) for w in waiting], dtype=np.int64
        ).reshape(-1, 2)
        self.exponents = np.array([float(w.exponent) if w else 0.0 for w in waiting])
        self.error = np.zeros(t.size)
        self.rows = np.zeros((max(orders, len(t.slopes)), 3 * digits + 1), dtype=np.uint8)

    def place(self, slot: int, x: int) -> None:
        """The first coefficient of a node. Raises OverflowError where the number does not fit."""
        data = np.frombuffer(x.to_bytes(3 * self.digits, "little", signed=True), dtype=np.uint8)
        if not estimate.place(self.f, self.d, self.n, slot, self.t.back.get(slot, -1), data):
            raise OverflowError

    def read(self, slot: int, orders: int) -> list[int]:
        estimate.bytes_of(self.f, self.n, slot, orders, self.rows)
        return integers(self.rows, orders)


def integers(rows: np.ndarray, count: int) -> list[int]:
    """The first ``count`` rows of bytes, each read as one signed integer, lowest byte first."""
    data, width = rows[:count].tobytes(), rows.shape[1]
    read = int.from_bytes
    return [read(data[i : i + width], "little", signed=True) for i in range(0, len(data), width)]


def digits_of(x: int, count: int) -> list[int]:
    """Balanced digits, lowest first. Raises OverflowError."""
    out = []
    for _ in range(count):
        d = (x + at.HALF & (1 << at.BASE) - 1) - at.HALF
        out.append(d)
        x = x - d >> at.BASE
    if x:
        raise OverflowError
    return out


class FastExpansion:
    """What ``series.Expansion`` is; valid until the next ``run``. ``c`` are the same integers,
    converted when they are asked for.
    """

    def __init__(self, program: Program, orders: int) -> None:
        """Raises Unsupported."""
        self.program, self.orders, self.tables = program, orders, tables(program)
        self.whole = 1
        self.memory: Memory | None = None
        self.bits, self.unit, self.order = 0, 1, 0

    def run(
        self, state: Sequence[int], clock: Fraction, h: tuple[int, int], order: int, bits: int
    ) -> None:
        """Coefficients up to ``order``, bits a multiple of 24. Raises fixed.NotDefined,
        fixed.TooLarge, Unsupported.
        """
        self.bits, self.unit, self.order = bits, 1 << bits, order
        while True:
            try:
                memory = self._room(bits)
                if self._run(memory, state, clock, h, order):
                    return
            except OverflowError:
                pass
            self.whole += max(1, self.whole // 2)

    def _room(self, bits: int) -> Memory:
        m = self.memory
        if m is None or (m.bits, m.whole) != (bits, self.whole):
            self.memory = m = Memory(self.tables, bits, self.whole, self.orders)
        return m

    def _run(
        self, m: Memory, state: Sequence[int], clock: Fraction, h: tuple[int, int], order: int
    ) -> bool:
        k.restart(m.f, m.d, m.n, m.backs)
        top, shift = h
        m.n[at.STEP], m.n[at.STEP_DIGITS] = _step(top, shift)
        if None in self.tables.constants:  # the clock, then its step
            begin = m.constants + self.tables.constants.index(None) * m.digits
            now = (clock.numerator << m.bits) // clock.denominator
            m.n[begin : begin + 2 * m.digits] = digits_of(now, m.digits) + digits_of(
                (top << m.bits) >> shift, m.digits
            )
        for slot, x in enumerate(state):
            m.place(slot, int(x))
        found = k.expand(m.f, m.d, m.n, 0, 0, order)
        while found >= 0:
            self._first(m, self.tables.waiting[found])
            found = k.expand(m.f, m.d, m.n, 0, found + 1, order)
        return bool(found == k.DONE)

    def _first(self, m: Memory, w: Waiting) -> None:
        x = m.read(w.x, 1)[0]
        if w.kind == EXP:
            m.place(w.y, fixed.exp(x, m.bits))
            return
        m.place(w.y, fixed.log(x, m.bits) if w.kind == LOG else fixed.power(x, w.exponent, m.bits))
        m.place(w.inverse, (1 << 2 * m.bits) // x)

    @property
    def c(self) -> list[list[int]]:
        """Like those of ``Expansion``: one list for each node of the program, the states' longer by
        one.
        """
        return [self.node(i) for i in range(len(self.program.nodes))]

    def node(self, i: int) -> list[int]:
        assert self.memory is not None
        return self.memory.read(i, self.order + (i < self.program.states))

    def largest(self, s: int) -> int:
        """Bits of the largest coefficient s of a state."""
        assert self.memory is not None
        return int(estimate.largest(self.memory.f, self.memory.n, s))

    def slope_bits(self) -> float:
        """As ``rounding.slope_bits``, of the order of the expansion."""
        m = self.memory
        assert m is not None
        fresh = self.order + 1.0
        slope = estimate.slope_error(m.f, m.d, m.n, fresh, m.kinds, m.exponents, m.error)
        return log2(max(slope, 1.0)) if isfinite(slope) and slope < 1e300 else inf

    def rounding_bits(self, log_h: float) -> float:
        """As ``rounding.rounding_bits``."""
        return max(log2(self.order + 1), log_h + self.slope_bits()) + 1

    def narrow(self) -> None:
        """Try again with the fewest digits before the point."""
        self.whole = 1

    def end(self, theta: Fraction) -> list[int] | None:
        """The states at tau = theta; None where that has to be computed from their coefficients."""
        m = self.memory
        assert m is not None
        shift = theta.denominator.bit_length() - 1
        if theta.denominator != 1 << shift or shift > FINEST or not 0 < theta <= 1:
            return None
        fine = estimate.ends(m.f, m.n, self.order, theta.numerator, shift, m.rows)
        return integers(m.rows, self.program.states) if fine else None


def _step(top: int, shift: int) -> tuple[int, int]:
    """(a, q) with h = a * 2^(-24 q), a below 2^36."""
    even = (top & -top).bit_length() - 1
    top, shift = top >> even, shift - even
    q = -(-shift // at.BASE)
    a = top << at.BASE * q - shift
    if a >> 36 or q < -4:
        raise Unsupported(f"a step of {top} * 2^-{shift}")
    return a, q
