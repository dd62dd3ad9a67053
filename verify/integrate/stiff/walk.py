"""The steps of stiff collocation: how long they are, with how many bits, and where they end.

p interpolates h f at the nodes and is integrated exactly; the largest Chebyshev coefficient of h
f(p) from index N - 1 on is what p' lacks, and the length of the step follows from it. Rounding
enters multiplied by h |J|, so that many bits more are carried.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, inf, log2
from typing import Any

from flint import arb, arb_mat

from verify.exact.precision import precision
from verify.integrate.bases import bases
from verify.integrate.dyadic import dyadic, exact, log2_of
from verify.integrate.stiff.arc import Arc, value
from verify.integrate.stiff.chebyshev import fitting, least, points, sampling, series
from verify.integrate.stiff.field import Field, number
from verify.integrate.stiff.radau import Tables, radau, risen
from verify.integrate.stiff.stages import SMALL, Newton, NoStages, Stages, beyond
from verify.integrate.stiff.stages import log2_of as size_of
from verify.integrate.stops import GAVE_UP, MAY_END, NO_DIGITS, UNDEFINED, FlowStopped, Pace
from verify.integrate.trace import Program
from verify.integrate.twins import twins

SPARE_DIGITS, GUARD_BITS, GRAIN = 3, 40, 64
FEWEST = 8  # nodes that are worth a guess
MORE_POINTS = 7  # at which h f(p) is looked at, more than nodes
MOST_STEPS, COLLAPSE = 4000, 80
MORE_ROOM = 0.1
LONGER, SHORTER, FIRST = 6.0, -4.0, -8.0  # log2 of how the length of steps may change


class StiffWalk:
    """The solution so far: ``x`` in units of 2^-bits at ``time``."""

    def __init__(self, title: str, program: Program, horizon: Fraction, digits: int) -> None:
        self.title, self.program, self.horizon = title, program, horizon
        self.n = nodes_for(digits)
        self.eps = -(digits + SPARE_DIGITS) * log2(10)
        self.twins, self.bases = twins(program), bases(program)
        self.time, self.pace = Fraction(0), Pace(title, MOST_STEPS)
        self.bits = self._unit(max(map(abs, program.start)), 0.0)
        self.x = [(a.numerator << self.bits) // a.denominator for a in program.start]
        self.stiffness = 0.0
        self.log_h = self.longest = self._first()
        self.fitting = -inf  # log2 of the length that would have done for the last step

    def advance(self) -> Arc:
        """One accepted step."""
        while True:
            self._check_collapse()
            end = min(self.horizon, self.time + exact(dyadic(self.log_h)))
            log_h = log2_of(end - self.time)
            bits = self._widen(log_h)
            with precision(bits):
                arc, change = self._tried(end, bits)
            if arc is not None:
                self._accept(arc, log_h + change)
                return arc
            self.log_h = log_h + change

    def _unit(self, size: Fraction, stiffness: float) -> int:
        """Bits after the point: below what a step aims at, over h |J|."""
        log_size = log2_of(size) if size else 0.0
        room = GUARD_BITS + max(0.0, stiffness) + beyond(stiffness)
        return max(0, ceil(room - self.eps - log_size))

    def _size(self) -> Fraction:
        return Fraction(max(map(abs, self.x)), 1 << self.bits)

    def _widen(self, log_h: float) -> int:
        """Enough bits for the units of a step of 2^log_h; returns those of its arithmetic."""
        more = self._unit(self._size(), self.stiffness + log_h) - self.bits
        if more > 0:
            more = -(-more // GRAIN) * GRAIN
            self.bits, self.x = self.bits + more, [x << more for x in self.x]
        above = max(0, ceil(log2_of(self._size()))) if any(self.x) else 0
        return -(-(self.bits + above + GRAIN) // GRAIN) * GRAIN

    def _tried(self, end: Fraction, bits: int) -> tuple[Arc | None, float]:
        """The arc to ``end``, or None where it is not good enough, and log2 of how the length is to
        change.
        """
        tables, h = radau(self.n, bits), number(end - self.time)
        field = Field(self.program)
        unit = arb(2) ** -self.bits
        start = [unit * x for x in self.x]
        size = log2_of(self._size()) if any(self.x) else 0.0
        stages = self._stages(field, start, h, size, bits)
        if stages is None:
            return None, -2.0
        rows = self._rows(stages, tables, start)
        found = self._looked_at(field, rows, end, bits)
        grown = max(size, self._reached(rows))
        if found is None:
            return None, -2.0
        short = (self.eps + grown - found) / self.n
        gap = 2.0 ** max(-1000.0, found - grown)
        arc = Arc(self.time, end, self.bits, rows, gap, stages.stiffness)
        return (arc if short >= 0 else None), max(SHORTER, min(LONGER, short - 0.1))

    def _stages(self, field: Field, start: list, h: Any, size: float, bits: int) -> Stages | None:
        """Of few nodes first: what they find is where more of them begin; but where little moves at
        all, which is where all of them begin as well.
        """
        begin: Any = None
        found, calm = None, False
        for n in (self.n // 4, self.n // 2, self.n):
            if n < FEWEST or (calm and n < self.n):
                continue
            tables = radau(n, bits)
            clock = [(number(self.time) + h * c).mid() for c in tables.nodes]
            newton = Newton(field, tables, start, clock, h)
            guess, at_start = newton.start, found is None
            if found is not None:
                guess += risen(begin.nrows(), n, bits) * (found.x - begin)
            try:
                found = newton.solve(guess.mid(), size, (self.eps - GUARD_BITS / 2) * n / self.n)
            except NoStages:
                found = None
            calm = at_start and newton.moved - size < SMALL
            found, begin = (None if calm and n < self.n else found), newton.start
        self.stiffness = max(newton.stiffness, -1e6) - size_of(h)
        return found

    def _rows(self, stages: Stages, tables: Tables, start: list) -> tuple[tuple[int, ...], ...]:
        """p in units, exactly where the last one ended."""
        one = arb(2) ** self.bits
        columns = (tables.primitive * stages.slopes).transpose().tolist()
        rows = []
        for x, c in zip(self.x, columns, strict=True):
            row = [int((a * one).mid().floor().unique_fmpz()) for a in c]
            row[0] += x - (sum(row[::2]) - sum(row[1::2]))
            rows.append(tuple(row))
        return tuple(rows)

    def _reached(self, rows: Sequence[Sequence[int]]) -> float:
        most = max(abs(sum(c)) for c in rows)
        return log2(most) - self.bits if most else -inf

    def _looked_at(self, field: Field, rows: Any, end: Fraction, bits: int) -> float | None:
        """log2 of the largest coefficient of h f(p) that p' does not have; None where f is not
        defined.
        """
        count = self.n + MORE_POINTS
        unit = arb(2) ** -self.bits
        c = arb_mat([[unit * x for x in row] for row in rows]).transpose()
        x = (sampling(self.n + 1, count, bits) * c).mid()
        begin, h = number(self.time), number(end - self.time)
        values = [
            field.values(row, begin + h * (s + 1) / 2)
            for row, s in zip(x.tolist(), points(count, bits), strict=True)
        ]
        slopes = [field.slopes(v) for v in values]
        if not all(s.is_finite() for row in slopes for s in row):
            return None
        self._check_bases(values, count, bits, end)
        found = (fitting(count, bits) * arb_mat(slopes)).mid() * h
        last = [a for row in found.tolist()[self.n - 1 :] for a in row]
        return max(size_of(abs(a)) for a in last)

    def _check_bases(self, values: list, count: int, bits: int, end: Fraction) -> None:
        """Raises FlowStopped where a base of the field is not told from 0 on the step."""
        for node, what in self.bases.items():
            column = (fitting(count, bits) * arb_mat([[v[node]] for v in values])).mid()
            c = series(column.entries())
            size = max(abs(a) for a in c.coeffs())
            if not least(c) > size * arb(2) ** ceil(self.eps / 2):
                reason = (
                    f"{what} in the field of {self.title} reaches 0 before t = {float(end):.6g}, or"
                    " is not told from it: the field is not smooth there"
                )
                raise FlowStopped(self.time, reason)

    def _accept(self, arc: Arc, log_h: float) -> None:
        ends = [int(value(c, Fraction(1))) for c in arc.rows]
        self.x = [ends[j] for j in self.twins]
        self.time = arc.end
        if self.time < self.horizon:
            self.pace.step(self.time, log2_of(arc.h), log2_of(self.horizon - self.time))
        self.log_h = log_h + self._trend(log_h)
        self.longest = max(self.longest, log2_of(arc.h))

    def _trend(self, log_h: float) -> float:
        """Where steps shrink on and on, as before an escape, the next one shrinks as the last one
        did: else every other one is tried in vain.
        """
        turn, self.fitting = min(0.0, log_h - self.fitting), log_h
        return max(turn - MORE_ROOM, SHORTER) if turn < -MORE_ROOM else 0.0

    def _first(self) -> float:
        """log2 of a first step: of what h |f| / |x| allows, and h |J|."""
        with precision(128):
            field = Field(self.program)
            x = [number(a) for a in self.program.start]
            slopes = field.slopes(field.values(x, arb(0)))
            if not all(s.is_finite() for s in slopes):
                reason = f"the field of {self.title} is not defined here"
                raise FlowStopped(Fraction(0), reason, UNDEFINED)
            slope = max(size_of(abs(s)) for s in slopes)
        longest = log2_of(self.horizon)
        size = log2_of(max(map(abs, self.program.start)) or Fraction(1))
        return min(longest, FIRST + size - slope) if slope > -inf else longest + FIRST

    def _check_collapse(self) -> None:
        if self.log_h < self.longest - COLLAPSE:
            reason = f"the step fell to 2^{self.log_h:.0f}: {MAY_END}"
            raise FlowStopped(self.time, reason, NO_DIGITS if self.time else GAVE_UP)


def nodes_for(digits: int) -> int:
    """How many nodes: about as many as digits, where coefficients fall tenfold."""
    return max(16, min(64, 12 + digits))
