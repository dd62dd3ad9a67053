"""An expansion by the compiled recurrences, in the memory that all expansions of one run share.

Imports numpy and numba: only ``verify.integrate.fast`` imports this module, when it runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import isfinite, log2

import numpy as np

from verify.integrate import fast_estimate as estimate
from verify.integrate import fixed
from verify.integrate import kernels as k
from verify.integrate.fast_program import EXP, LOG, Tables, Unsupported, Waiting, tables
from verify.integrate.trace import Program

MOST_WORK = 1 << 15  # orders times digits: sums of products stay within 64 bits
MOST_WHOLE = 40  # digits before the point
FINEST = 6  # theta is a whole multiple of 2^-6


class Memory:
    """The tables of a program and room for ``orders`` orders of numbers with ``fraction`` + ``whole`` digits."""

    def __init__(self, t: Tables, bits: int, whole: int, orders: int) -> None:
        self.t, self.bits, self.whole, self.orders = t, bits, whole, orders
        fraction = bits // k.BASE
        digits = self.digits = fraction + whole
        if orders * digits > MOST_WORK or whole > MOST_WHOLE or orders > 1000:
            raise Unsupported(f"{orders} orders of {digits} digits")
        plane = -(-orders // k.LANES) * k.LANES + 2 * k.LANES
        row = digits + 2 * k.PAD
        self.shape = np.array([digits, fraction, orders, plane])
        self.f, self.r = np.zeros(t.size * digits * plane), np.zeros(max(1, len(t.back)) * row * plane)
        self.j, self.top = np.empty(t.size * row, dtype=np.int64), np.empty(t.size, dtype=np.int64)
        self.now, self.norm = np.zeros((t.size, digits), dtype=np.int64), np.zeros(t.size)
        self.scale = np.array([2.0 ** (k.BASE * max(i - fraction, -44)) for i in range(digits)])
        self.acc, self.columns, self.out = np.zeros(k.WIDE * k.LANES), *np.zeros((2, 2 * digits + 16), dtype=np.int64)
        table = lambda rows, width: np.array(rows, dtype=np.int64).reshape(-1, width)  # noqa: E731
        self.ops, self.slopes = table(t.ops, 13), table(t.slopes, 4)
        self.groups, self.terms, self.lins = table(t.groups, 4), table(t.terms, 3), table(t.lins, 3)
        self.constants = table([digits_of(round((c or 0) << bits), digits) for c in t.constants], digits)
        kinds = [(w.kind, w.x) if (w := t.waiting.get(i)) else (0, 0) for i in range(len(t.ops))]
        self.kinds = table(kinds, 2)
        self.exponents = np.array([float(t.waiting[i].exponent) if i in t.waiting else 0.0 for i in range(len(t.ops))])
        self.error = np.zeros(t.size)
        self.rows = np.zeros((orders, 3 * digits + 1), dtype=np.uint8)
        self.end_rows = np.zeros((len(t.slopes), 3 * digits + 1), dtype=np.uint8)
        self.numbers = (self.shape, self.f, self.r, self.j, self.top, self.now, self.norm, self.scale)

    def place(self, slot: int, x: int) -> None:
        """Raises OverflowError where the number does not fit."""
        data = np.frombuffer(x.to_bytes(3 * self.digits, "little", signed=True), dtype=np.uint8)
        if not k.place(slot, self.t.back.get(slot, -1), data, *self.numbers, self.out):
            raise OverflowError

    def read(self, slot: int, orders: int) -> list[int]:
        k.bytes_of(slot, orders, self.shape, self.f, self.rows)
        return integers(self.rows, orders)


def integers(rows: np.ndarray, count: int) -> list[int]:
    data, width = rows[:count].tobytes(), rows.shape[1]
    read = int.from_bytes
    return [read(data[i : i + width], "little", signed=True) for i in range(0, len(data), width)]


def digits_of(x: int, count: int) -> list[int]:
    """Balanced digits, lowest first. Raises OverflowError."""
    out = []
    for _ in range(count):
        d = (x + k.HALF & (1 << k.BASE) - 1) - k.HALF
        out.append(d)
        x = x - d >> k.BASE
    if x:
        raise OverflowError
    return out


class FastExpansion:
    """What ``series.Expansion`` is; valid until the next ``run``. ``c`` are the same integers, converted when they are asked for."""

    def __init__(self, program: Program, orders: int) -> None:
        """Raises Unsupported."""
        self.program, self.orders, self.tables = program, orders, tables(program)
        self.whole, self.memory = 1, None
        self.bits, self.unit, self.order = 0, 1, 0

    def run(self, state: Sequence[int], clock: Fraction, h: tuple[int, int], order: int, bits: int) -> None:
        """Coefficients up to ``order``, bits a multiple of 24. Raises fixed.NotDefined, fixed.TooLarge, Unsupported."""
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

    def _run(self, m: Memory, state: Sequence[int], clock: Fraction, h: tuple[int, int], order: int) -> bool:
        m.j[:], m.top[:], m.norm[:] = -1, -1, 0
        top, shift = h
        for i, c in enumerate(self.tables.constants):
            if c is None:  # the clock, then its step
                m.constants[i] = digits_of((clock.numerator << m.bits) // clock.denominator, m.digits)
                m.constants[i + 1] = digits_of((top << m.bits) >> shift, m.digits)
                break
        for slot, x in enumerate(state):
            m.place(slot, int(x))
        step = _step(top, shift)
        arguments = (m.ops, m.slopes, step, m.groups, m.terms, m.lins, m.constants, *m.numbers, m.acc, m.columns, m.out)
        found = k.expand(0, 0, order, *arguments)
        while found >= 0:
            self._first(m, self.tables.waiting[found])
            found = k.expand(0, found + 1, order, *arguments)
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
        """Like those of ``Expansion``: one list for each node of the program, the states' longer by one."""
        return [self.node(i) for i in range(len(self.program.nodes))]

    def node(self, i: int) -> list[int]:
        assert self.memory is not None
        return self.memory.read(i, self.order + (i < self.program.states))

    def largest(self, s: int) -> int:
        """Bits of the largest coefficient s of a state."""
        assert self.memory is not None
        return int(estimate.largest(self.program.states, s, self.memory.shape, self.memory.f))

    def rounding_bits(self, log_h: float) -> float:
        """As ``rounding.rounding_bits``, of the order of the expansion."""
        m = self.memory
        assert m is not None
        fresh = self.order + 1.0
        tail = (m.ops, m.slopes, m.groups, m.terms, m.lins, m.kinds, m.exponents, m.shape, m.f, m.norm, m.scale, m.error)
        slope = estimate.slope_error(fresh, *tail)
        bits = log2(max(slope, 1.0)) if isfinite(slope) and slope < 1e300 else float("inf")
        return max(log2(fresh), log_h + bits) + 1

    def end(self, theta: Fraction) -> list[int] | None:
        """The states at tau = theta; None where that has to be computed from their coefficients."""
        m = self.memory
        assert m is not None
        shift = theta.denominator.bit_length() - 1
        if theta.denominator != 1 << shift or shift > FINEST or not 0 < theta <= 1:
            return None
        fine = estimate.ends(self.program.states, self.order, theta.numerator, shift, m.shape, m.f, m.out, m.end_rows)
        return integers(m.end_rows, len(m.end_rows)) if fine else None


def _step(top: int, shift: int) -> np.ndarray:
    """(a, q) with h = a * 2^(-24 q), a below 2^36."""
    even = (top & -top).bit_length() - 1
    top, shift = top >> even, shift - even
    q = -(-shift // k.BASE)
    a = top << k.BASE * q - shift
    if a >> 36 or q < -4:
        raise Unsupported(f"a step of {top} * 2^-{shift}")
    return np.array([a, q])
