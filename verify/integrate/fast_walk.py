"""The steps of ``taylor`` with expansions from the compiled kernel, or from the plain engine where
the kernel has no place.

Imports numpy and numba: only ``verify.integrate.fast`` imports this module, when it runs.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor, inf, log, log2

from verify.integrate.bases import bases, check_bases
from verify.integrate.dyadic import Dyadic, dyadic, exact, log2_of
from verify.integrate.fast_digits import BASE
from verify.integrate.fast_expansion import FastExpansion
from verify.integrate.fast_program import Unsupported
from verify.integrate.fast_step import Plain, Series, Step
from verify.integrate.first_step import PROBE
from verify.integrate.fixed import NotDefined, TooLarge
from verify.integrate.stops import GAVE_UP, UNDEFINED, FlowStopped, Pace
from verify.integrate.taylor_steps import FINE, MOST_STEPS, SPARE_DIGITS, WATCHED, Walk
from verify.integrate.trace import Program

GUARD = 12  # bits; the estimate of rounding asks for a digit more where a flow needs it
NOISE = 6  # bits of a coefficient that may be rounding: after a step that was too short, many are


class FastWalk(Walk):
    """``x`` in units of 2^-bits at ``time``; bits are whole digits of the kernel."""

    def __init__(self, title: str, program: Program, horizon: Fraction, digits: int) -> None:
        self.title, self.program, self.horizon, self.digits = title, program, horizon, digits
        self.eps = -(digits + SPARE_DIGITS) * log2(10)
        self.order = max(PROBE, ceil(-self.eps * log(2) / 2))
        self.time = Fraction(0)
        size = max(map(abs, program.start)) or Fraction(1)
        bits = GUARD - floor(self.eps) - size.numerator.bit_length() + size.denominator.bit_length()
        self.bits = max(3, -(-bits // BASE)) * BASE
        self.most_bits = 64 * self.bits + (1 << 15)
        self.integer = int
        self.kernel: FastExpansion | None = None
        try:
            self.kernel = FastExpansion(program, self.order + 2)
        except Unsupported:
            pass
        self.bases = bases(program)
        self.pace = Pace(title, MOST_STEPS)
        self.x = self._begin()
        self.log_h = self._first_step()
        self.longest = self.log_h

    def _widen(self, by: int, reason: str) -> None:
        super()._widen(-(-by // BASE) * BASE, reason)

    def step(self) -> Step:
        """One accepted step."""
        while True:
            self._check_collapse()
            h = dyadic(min(self.log_h, log2_of(self.horizon - self.time) + 0.002))
            log_h = log2_of(exact(h))
            series, log_radius = self._series(h, self.order)
            ratio = log_radius + self.eps / self.order
            if ratio < -1:
                self.log_h = log_h + ratio
                continue
            lost = series.rounding_bits(log_h) - self.bits
            excess = lost - self.eps - self._log_size()
            if excess <= 0:
                break
            self._widen(1024 if excess == inf else ceil(excess) + 8, self._range())
        step = self._taken(
            series, h, Fraction(floor(FINE * 2 ** min(ratio, 0)), FINE), log_radius, lost
        )
        self.log_h = log_h + min(ratio, 2)
        self.longest = max(self.longest, self.log_h)
        return step

    def _taken(
        self, series: Series, h: Dyadic, theta: Fraction, log_radius: float, lost: float
    ) -> Step:
        """Go to theta h, or to the horizon if it comes first."""
        length = exact(h)
        end = min(self.horizon, self.time + theta * length)
        truncation = exact(
            dyadic(self._log_size() + self.order * (log2(theta) - log_radius), up=True)
        )
        step = Step(
            self.time,
            end,
            length,
            self.bits,
            series,
            self.order,
            truncation,
            exact(dyadic(lost, up=True)),
        )
        check_bases(
            self.title,
            step._piece([]),
            ((what, series.node(i)) for i, what in self.bases.items()),
            self.digits,
        )
        last = series.end((end - self.time) / length)
        self.x = step.last = [int(x) for x in step.at(end)] if last is None else last
        self._arrive(end)
        return step

    def _series(self, h: Dyadic, order: int) -> tuple[Series, float]:
        """The series at the present time and log2 of its radius of convergence in units of h."""
        while True:
            try:
                series = self._run(h, order)
                return series, self._by_root_test(series, order)
            except TooLarge as error:
                raise FlowStopped(
                    self.time, f"the field of {self.title} is out of range, {error}"
                ) from None
            except NotDefined as error:
                reason = f"the field of {self.title} is not defined here, {error}"
                if not error.near_zero:
                    raise FlowStopped(
                        self.time, reason, GAVE_UP if self.time else UNDEFINED
                    ) from None
                self._widen(self.bits, reason)

    def _by_root_test(self, series: Series, order: int) -> float:
        """From the last orders that stand out from rounding; one that vanishes counts as one unit:
        the radius is never infinite.
        """
        last = order
        while last > order // 2 + WATCHED and series.largest(last) < NOISE:
            last -= 1
        size = self._log_size() + self.bits
        return min(
            (size - max(1, series.largest(s))) / s
            for s in range(max(1, last - WATCHED + 1), last + 1)
        )

    def _run(self, h: Dyadic, order: int) -> Series:
        if self.kernel is not None:
            try:
                self.kernel.run(self.x, self.time, h, order, self.bits)
                return self.kernel
            except Unsupported:
                self.kernel.narrow()
        plain = Plain(self.program)
        plain.run(self.x, self.time, h, order, self.bits)
        return plain

    def _first_step(self) -> float:
        """log2 of a first step, found as in ``taylor``: from the slope, then from series of low
        order until their radius is about h.
        """
        longest = log2_of(self.horizon)
        slope = self._log_slope(longest)
        log_h = longest if slope is None else min(longest, self._log_size() - slope)
        for _ in range(8):
            _, log_radius = self._series(dyadic(log_h), PROBE)
            if abs(log_radius) < 1 or (log_radius >= 0 and log_h == longest):
                break
            log_h = min(longest, log_h + log_radius)
        log_h = min(longest, log_h + self.eps / self.order)
        if self.kernel is not None:
            self.kernel.narrow()
        return log_h

    def _log_slope(self, longest: float) -> float | None:
        """log2 of max |x'| at the start, with the bits to know it; None where it is nothing up to
        the horizon.
        """
        while True:
            series, _ = self._series((1, self.bits), 1)
            slope = max(int(abs(a * series.node(d)[0])) for d, a in self.program.slopes)
            lost = series.slope_bits()
            if (
                lost < slope.bit_length() - 20
                or lost + longest - self.bits <= self.eps + self._log_size()
            ):
                return log2(slope) - self.bits if slope else None
            self._widen(self.bits // 2, self._range())
