"""The steps of the Taylor method (``taylor``): how long, with how many bits, and where they end."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from importlib import import_module
from math import ceil, floor, inf, log, log2

from verify.integrate.base import Piece
from verify.integrate.bases import bases, check_bases
from verify.integrate.dyadic import Dyadic, dyadic, exact, log2_of
from verify.integrate.first_step import PROBE, first_step
from verify.integrate.fixed import NotDefined, TooLarge
from verify.integrate.rounding import Tail, rounding_bits
from verify.integrate.series import STEP, Expansion
from verify.integrate.source import Source
from verify.integrate.stops import (
    GAVE_UP,
    MAY_END,
    NO_DIGITS,
    UNDEFINED,
    FlowStopped,
    Pace,
)
from verify.integrate.trace import Program
from verify.integrate.twins import twins

SPARE_DIGITS = 3
GUARD_BITS = 24
MOST_STEPS = 20_000  # of a run; one that can only crawl to its end is stopped before (``Pace``)
COLLAPSE, MOST_COLLAPSE = (
    40,
    80,
)  # an engine gives up when the step is 2^-40 of the longest one, or 10^-digits, at most 2^-80
WATCHED = 4  # last coefficients that are asked for the radius: one alone may vanish by symmetry
TAIL_ROOM = 2  # bits by which the error with orders in doubles stays below what a step aims at
TAIL_GUESS = 36  # significant bits that doubles are trusted with at first
MPZ_BITS = 240  # about 60 digits
FINE = 64  # accepted steps are whole multiples of h / 64


class Walk:
    """The solution so far: ``x`` in units of 2^-bits at ``time``; it begins at ``begin``."""

    begin = Fraction(0)

    def __init__(self, title: str, program: Program, horizon: Fraction, digits: int) -> None:
        self.title, self.program, self.horizon, self.digits = title, program, horizon, digits
        self.eps = -(digits + SPARE_DIGITS) * log2(10)
        self.order = max(PROBE, ceil(-self.eps * log(2) / 2))
        self.tail = ceil(max(0, -self.eps - TAIL_GUESS) / STEP)
        self.refused = 0  # tails of this step
        self.time = self.begin
        size = max(map(abs, program.start)) or Fraction(1)
        fine = (
            GUARD_BITS
            - floor(self.eps)
            - size.numerator.bit_length()
            + size.denominator.bit_length()
        )
        self.bits = max(GUARD_BITS, fine)
        self.most_bits = 64 * self.bits + (1 << 15)
        self.integer = integers(self.bits)
        self.source = Source(program, self.bits)
        self.twins = twins(program)
        self.bases = bases(program)
        self.pace = Pace(title, MOST_STEPS)
        self.x = self._begin()
        self.log_h = first_step(self)
        self.longest = self.log_h

    def _begin(self) -> list[int]:
        return [
            self.integer((x.numerator << self.bits) // x.denominator) for x in self.program.start
        ]

    def _log_size(self) -> float:
        """log2 of max |x|, rounded down; of 1 if u = 0."""
        return (max(map(abs, self.x)).bit_length() - 1 - self.bits) if any(self.x) else 0

    def advance(self) -> Piece:
        """One accepted step."""
        while True:
            self._check_collapse()
            remaining = self.horizon - self.time
            h = dyadic(min(self.log_h, log2_of(remaining) + 0.002))
            series, log_radius = self._expand(h, self.order, self.tail)
            ratio = log_radius + self.eps / self.order
            if ratio < -1:
                self.log_h = log2_of(exact(h)) + ratio
                continue
            theta = Fraction(floor(FINE * 2 ** min(ratio, 0)), FINE)
            tail = None if series.tail is None else Tail(series, float(theta), log_radius)
            lost = self._lost(series, h, tail)
            if self._is_precise(series, h, lost):
                break
        piece = self._accept(series, h, theta, log_radius, lost + self._aim())
        self.log_h = log2_of(exact(h)) + min(ratio, 2)
        self.longest = max(self.longest, self.log_h)
        return piece

    def _aim(self) -> float:
        """log2 of the local error that a step aims at."""
        return self.eps + self._log_size()

    def _lost(self, series: Expansion, h: Dyadic, tail: Tail | None) -> float:
        """log2 of the rounding errors in a step, relative to what is aimed at."""
        return rounding_bits(series, log2_of(exact(h)), self.order, tail) - self.bits - self._aim()

    def _is_precise(self, series: Expansion, h: Dyadic, lost: float) -> bool:
        """Whether rounding stays below what is aimed at, with room where doubles are used; else
        more bits, or fewer doubles.
        """
        room = TAIL_ROOM if series.tail is not None else 0
        if lost <= -room:
            self.refused = 0
            self.tail = min(self.tail, self.order) - max(0, floor((-TAIL_ROOM - lost) / STEP) - 1)
            return True
        in_integers = self._lost(series, h, None) if room else lost
        if in_integers > -room - 1:
            self._widen(
                1024 if in_integers == inf else max(8, ceil(in_integers) + 8), self._range()
            )
        else:
            more = self.order if lost == inf else ceil((lost + room) / STEP)
            self.tail += more << self.refused  # what one order helps is less than it promises
            self.refused += 1
        return False

    def _accept(
        self, series: Expansion, h: Dyadic, theta: Fraction, log_radius: float, lost: float
    ) -> Piece:
        """Go to theta h, or to the horizon if it comes first."""
        length = exact(h)
        end = min(self.horizon, self.time + theta * length)
        truncation = exact(
            dyadic(self._log_size() + self.order * (log2(theta) - log_radius), up=True)
        )
        rounding = exact(dyadic(lost, up=True))
        piece = Piece(
            self.time,
            end,
            length,
            self.bits,
            self.program.states,
            series.c,
            self.order,
            truncation,
            rounding,
        )
        check_bases(
            self.title, piece, ((what, series.c[i]) for i, what in self.bases.items()), self.digits
        )
        ends = piece.at(end)
        self._arrive(end)
        self.x = [ends[j] for j in self.twins]
        return piece

    def _arrive(self, end: Fraction) -> None:
        """At the end of a step."""
        log_h, self.time = log2_of(end - self.time), end
        if end < self.horizon:
            self.pace.step(end, log_h, log2_of(self.horizon - end))

    def _expand(self, h: Dyadic, order: int, tail: int | None = None) -> tuple[Expansion, float]:
        """The series at the present time and log2 of its radius of convergence in units of h."""
        while True:
            series = Expansion(self.program, self.bits, self._source())
            try:
                series.run(self.x, self.time, h, order, tail)
                return series, self._log_radius(series, order)
            except TooLarge as error:
                reason = f"the field of {self.title} is out of range, {error}"
                raise FlowStopped(self.time, reason) from None
            except NotDefined as error:
                reason = f"the field of {self.title} is not defined here, {error}"
                if not error.near_zero:
                    raise FlowStopped(
                        self.time, reason, GAVE_UP if self.time else UNDEFINED
                    ) from None
                self._widen(self.bits, reason)

    def _source(self) -> Source:
        if self.source.bits != self.bits:
            self.source = Source(self.program, self.bits)
        return self.source

    def _log_radius(self, series: Expansion, order: int) -> float:
        """From the last coefficients; one that vanishes counts as one unit: the radius is never
        infinite.
        """
        size = self._log_size() + self.bits
        states = series.c[: self.program.states]
        watched = range(max(1, order - WATCHED + 1), order + 1)
        return min(
            (size - max(1, max(abs(c[k]) for c in states).bit_length())) / k for k in watched
        )

    def _widen(self, by: int, reason: str) -> None:
        """More bits; at the beginning the exact start is rounded anew."""
        if self.bits + by > self.most_bits:
            raise FlowStopped(
                self.time, f"{reason} (with {self.bits} bits for {self.digits} digits)"
            )
        self.bits += by
        self.x = [x << by for x in self.x] if self.time > self.begin else self._begin()

    def _range(self) -> str:
        return f"the field of {self.title} asks for more bits than can be given"

    def _check_collapse(self) -> None:
        """A distance that shrinks by so much costs as many digits, whatever the scale of the state:
        none are left then.
        """
        most = min(MOST_COLLAPSE, max(COLLAPSE, ceil(-self.eps)))
        if self.log_h < self.longest - most:
            size = 2.0 ** min(1000, self._log_size())
            shrunk = (
                f"the step fell to {2.0 ** max(-1000, self.log_h):.2g}, 2^-{most} of the longest,"
                f" with max |x| about {size:.2g}"
            )
            raise FlowStopped(self.time, f"{shrunk}: {MAY_END}", NO_DIGITS)


def integers(bits: int) -> Callable[[int], int]:
    """gmpy2's integers where they are installed and were measured to be faster; the results are the
    same.
    """
    if bits > MPZ_BITS:
        with suppress(ImportError):
            return import_module("gmpy2").mpz
    return int
