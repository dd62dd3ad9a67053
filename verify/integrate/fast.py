"""The Taylor method of ``taylor`` with compiled recurrences: the optional extra ``fast``.

Order, steps and samples are those of ``taylor``; the coefficients of a step come from ``kernels``, which is compiled once for all
flows and kept on disk. What the kernel has no place for (numbers with more digits than its sums can hold, exponents with long
numerators) goes through the plain engine: a step, or the whole flow; the contract is the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from importlib.util import find_spec
from math import ceil, floor, inf, log2
from typing import TYPE_CHECKING, Any

from verify.errors import BadInput
from verify.integrate.base import HIGH_PRECISION, FlowStopped, Piece, Progress, State, Trajectory, check_request
from verify.integrate.fixed import NotDefined, TooLarge
from verify.integrate.rounding import rounding_bits
from verify.integrate.series import Expansion
from verify.integrate.taylor import FINE, WATCHED, Dyadic, _Walk, arranged, dyadic, exact, log2_of
from verify.integrate.trace import program
from verify.settings.system import System

if TYPE_CHECKING:
    from verify.integrate.fast_expansion import FastExpansion

DIGIT = 24  # bits of a digit of the kernel: precision comes in whole digits


@dataclass(frozen=True, slots=True)
class Fast:
    """See ``Integrator`` for the contract: high precision, not validated. BadInput where the extra is not installed."""

    name: str = "fast"
    kind: str = HIGH_PRECISION

    def run(
        self, system: System, horizon: Fraction, digits: int, *, samples: int, progress: Progress | None = None
    ) -> Trajectory:
        walk = _begin(system, horizon, digits, samples)
        times = tuple(Fraction(horizon) * j / samples for j in range(samples + 1))
        states = [arranged(system, walk.x, walk.bits)]
        steps, truncation, rounding = 0, Fraction(0), Fraction(0)
        while walk.time < horizon:
            step = walk.step()
            while len(states) < len(times) and times[len(states)] <= step.end:
                states.append(arranged(system, step.at(times[len(states)]), step.bits))
            steps, truncation, rounding = steps + 1, truncation + step.truncation, rounding + step.rounding
            if progress is not None:
                progress(step.end)
        return Trajectory(times, tuple(states), digits, walk.order, steps, truncation, rounding, self.name, self.kind)

    def pieces(self, system: System, horizon: Fraction, digits: int) -> Iterator[Piece]:
        """Dense output, step by step; the last piece ends at the horizon. Raises what ``run`` raises."""
        walk = _begin(system, horizon, digits, 1)
        while walk.time < horizon:
            yield walk.step().piece()


def _begin(system: System, horizon: Fraction, digits: int, samples: int) -> _FastWalk:
    check_request(horizon, digits, samples)
    if find_spec("numba") is None:
        raise BadInput("engine is 'fast', but the extra `fast` is not installed: pip install 'flowlaw[fast]', or choose the engine 'taylor'")
    return _FastWalk(system.title, program(system), Fraction(horizon), digits)


@dataclass(slots=True)
class _Step:
    """A step whose coefficients are still in the kernel's memory: to be asked before the next one. ``last`` is the state at its end."""

    begin: Fraction
    end: Fraction
    h: Fraction
    bits: int
    states: int
    series: Any
    order: int
    truncation: Fraction
    rounding: Fraction
    last: list[int] | None = None
    _coefficients: list[list[int]] | None = None

    def at(self, time: Fraction) -> list[int]:
        if time == self.end and self.last is not None:
            return self.last
        if self._coefficients is None:
            self._coefficients = [self.series.node(i) for i in range(self.states)] if hasattr(self.series, "node") else self.series.c
        return self._piece(self._coefficients).at(time)

    def piece(self) -> Piece:
        return self._piece(self.series.c)

    def _piece(self, nodes: list[list[int]]) -> Piece:
        return Piece(self.begin, self.end, self.h, self.bits, self.states, nodes, self.order, self.truncation, self.rounding)


class _FastWalk(_Walk):
    """The walk of the plain engine with another expansion."""

    def _begin(self) -> list[int]:
        self.bits = max(3, -(-self.bits // DIGIT)) * DIGIT
        if not hasattr(self, "_fast"):
            self._fast = self._kernel()
        return [int(x) for x in super()._begin()]

    def _kernel(self) -> FastExpansion | None:
        from verify.integrate.fast_expansion import FastExpansion, Unsupported

        try:
            return FastExpansion(self.program, self.order + 2)
        except Unsupported:
            return None

    def _widen(self, by: int, reason: str) -> None:
        super()._widen(-(-by // DIGIT) * DIGIT, reason)

    def step(self) -> _Step:
        """One accepted step."""
        while True:
            self._check_collapse()
            h = dyadic(min(self.log_h, log2_of(self.horizon - self.time) + 0.002))
            log_h = log2_of(exact(h))
            series, log_radius = self._expand(h, self.order)
            ratio = log_radius + self.eps / self.order
            if ratio < -1:
                self.log_h = log_h + ratio
                continue
            lost = self._lost(series, log_h) - self.bits
            if lost <= self.eps + self._log_size():
                break
            self._widen(1024 if lost == inf else ceil(lost - self.eps - self._log_size()) + 8, self._range())
        step = self._taken(series, h, Fraction(floor(FINE * 2 ** min(ratio, 0)), FINE), log_radius, lost)
        self.log_h = log_h + min(ratio, 2)
        self.longest = max(self.longest, self.log_h)
        return step

    def _lost(self, series: Any, log_h: float) -> float:
        return rounding_bits(series, log_h, self.order) if isinstance(series, Expansion) else series.rounding_bits(log_h)

    def _taken(self, series: Any, h: Dyadic, theta: Fraction, log_radius: float, lost: float) -> _Step:
        """Go to theta h, or to the horizon if it comes first."""
        length = exact(h)
        end = min(self.horizon, self.time + theta * length)
        truncation = exact(dyadic(self._log_size() + self.order * (log2(theta) - log_radius), up=True))
        rounding = exact(dyadic(lost, up=True))
        step = _Step(self.time, end, length, self.bits, self.program.states, series, self.order, truncation, rounding)
        last = None if isinstance(series, Expansion) else series.end((end - self.time) / length)
        self.x = step.last = step.at(end) if last is None else last
        self.time = end
        return step

    def _expand(self, h: Dyadic, order: int) -> tuple[Any, float]:
        """The series at the present time and log2 of its radius of convergence in units of h."""
        from verify.integrate.fast_expansion import Unsupported

        series = self._fast
        while series is not None:
            try:
                series.run(self.x, self.time, h, order, self.bits)
                return series, self._log_radius(series, order)
            except Unsupported:
                series.whole = 1
                break
            except TooLarge as error:
                raise FlowStopped(self.time, f"the field of {self.title} is out of range, {error}") from None
            except NotDefined as error:
                reason = f"the field of {self.title} is not defined here, {error}"
                if not error.near_zero:
                    raise FlowStopped(self.time, reason) from None
                self._widen(self.bits, reason)
        return super()._expand(h, order)

    def _log_radius(self, series: Any, order: int) -> float:
        if isinstance(series, Expansion):
            return super()._log_radius(series, order)
        size = self._log_size() + self.bits
        return min((size - max(1, series.largest(s))) / s for s in range(max(1, order - WATCHED + 1), order + 1))
