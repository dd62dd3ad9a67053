"""An independent second engine: the program handed to heyoka node by node, which compiles a Taylor
method of its own for it.

What is compiled is the shape of a program; its data, starts and times are handed over at run time
(data as parameters), so that flows that differ in their numbers only share one compilation. The
code is always compact: otherwise it grows with the square of the order.

Reference: F. Biscani, D. Izzo, Revisiting high-order Taylor methods for astrodynamics and celestial
mechanics, Monthly Notices of the Royal Astronomical Society 504 (2021).
"""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from verify.integrate.base import (
    DOUBLE,
    HIGH_PRECISION,
    Engine,
    State,
    Told,
    Trajectory,
    arranged,
    sample_times,
)
from verify.integrate.dyadic import dyadic, exact, log2_of
from verify.integrate.heyoka_program import Shape, equations, installed, shape_and_data
from verify.integrate.inside import PLACES, Sight
from verify.integrate.rows import Array, double
from verify.integrate.stops import MAY_END, FlowStopped, Pace
from verify.integrate.taylor_steps import COLLAPSE, SPARE_DIGITS
from verify.integrate.trace import Program, program

if TYPE_CHECKING:
    from verify.integrate.system import System

GUARD_BITS = 32
DIGITS_OF_DOUBLES = 12
MOST_STEPS = 200_000  # of one trajectory


@dataclass(frozen=True, slots=True)
class Heyoka(Engine[Trajectory]):
    """See ``Integrator`` for the contract. Up to 12 digits the run is in doubles, and its ``kind``
    says so; beyond, in numbers of 10^-(digits + 3) and 32 guard bits: what cancels inside the field
    beyond these is lost, and no more bits are taken.

    ``truncation`` adds up the local error aimed at, 10^-(digits + 3) max |x|, and ``rounding`` one
    unit of max |x|, over the steps: heyoka hands out no estimates. Raises BadInput where the
    package is missing.
    """

    name: str = "heyoka"
    kind: str = HIGH_PRECISION

    def follow(
        self, system: System, horizon: Fraction, digits: int, samples: int, progress: Told
    ) -> Trajectory:
        numbers = _Numbers(digits)
        walk = _Walk(system, numbers)
        times = sample_times(horizon, samples)
        states = [walk.state(walk.engine.state)]
        for reached in walk.steps([numbers.of(t) for t in times[1:]], states):
            if progress is not None:
                progress(reached)
        truncation, rounding = (
            walk.size_sum / 10 ** (digits + SPARE_DIGITS),
            walk.size_sum / 2 ** (numbers.bits - 1),
        )
        kind = DOUBLE if numbers.bits == 53 else HIGH_PRECISION
        return Trajectory(
            times,
            tuple(states),
            digits,
            walk.engine.order,
            walk.count,
            truncation,
            rounding,
            self.name,
            kind,
        )


class _Numbers:
    """Doubles, or heyoka's numbers of ``bits`` bits."""

    def __init__(self, digits: int) -> None:
        self.digits, self.bits = digits, 53
        if digits > DIGITS_OF_DOUBLES:
            self.bits = math.ceil((digits + SPARE_DIGITS) * math.log2(10)) + GUARD_BITS

    def of(self, x: Fraction) -> Any:
        if self.bits == 53:
            return double(x)
        real = installed().real
        return real(x.numerator, self.bits) / real(x.denominator, self.bits)

    def engine(self, p: Program) -> Any:
        """An integrator at time 0, compiled where no program of this shape was before."""
        shape, data = shape_and_data(p)
        engine = copy.copy(_compiled(shape, self.digits, self.bits))
        engine.pars[:] = [self.of(a) for a in data]
        engine.state[:] = [self.of(x) for x in p.start]
        return engine

    def exact(self, x: Any) -> Fraction:
        """A number as it is."""
        if self.bits == 53:
            return Fraction(float(x))
        real = installed().real
        power = self.bits + 4 - _exponent(x)
        if power >= 0:
            return Fraction(int(x * real(1 << power, self.bits)), 1 << power)
        return Fraction(int(x))


def _exponent(x: Any) -> int:
    """e with |x| < 2^e, about the least; also beyond the range of doubles."""
    size = abs(float(x))
    if 0 < size < math.inf:
        return math.frexp(size)[1]
    if size:
        return int(abs(x)).bit_length()
    return -int(1 / abs(x)).bit_length() + 2 if x != 0 else 0


class _Walk:
    """The solution on its way, one step at a time."""

    def __init__(self, system: System, numbers: _Numbers) -> None:
        self.system, self.numbers = system, numbers
        self.program = program(system)
        self.engine = numbers.engine(self.program)
        self.sight = Sight(system.title, self.program)
        self.pace = Pace(system.title, MOST_STEPS)
        self.count, self.size_sum = 0, Fraction(0)

    def state(self, x: Array) -> State:
        found = [self.numbers.exact(a) for a in x]
        bits = max(a.denominator.bit_length() - 1 for a in found)
        return arranged(self.system, [int(a * (1 << bits)) for a in found], bits)

    def steps(self, times: Sequence[Any], states: list[State]) -> Iterator[Fraction]:
        """Step to the last of the times, reading the states off on the way; the time after every
        step.
        """
        engine, end = self.engine, times[-1]
        outcome, longest, at = installed().taylor_outcome, end * 0, 0
        while at < len(times):
            begin = engine.time
            result, h = engine.step(end - begin, write_tc=True)
            self.count += 1
            if result not in (outcome.success, outcome.time_limit):
                raise FlowStopped(
                    self.numbers.exact(begin),
                    f"{self.system.title}: a value is not finite ({result})",
                )
            shorter = self._shorter(h)
            done = shorter is None and result == outcome.time_limit
            h, reached = (h, engine.time) if shorter is None else (shorter, begin + shorter)
            if self.sight:
                self._look_inside(begin, h)
            longest = max(longest, h)
            if not done and h * 2**COLLAPSE < longest:
                reason = f"the step fell to {float(h):.2g}: {MAY_END}"
                raise FlowStopped(self.numbers.exact(begin), f"{self.system.title}: {reason}")
            while at < len(times) and (done or times[at] <= reached):
                engine.update_d_output(times[at])
                states.append(
                    self.state(engine.state if done and at == len(times) - 1 else engine.d_output)
                )
                at += 1
            if shorter is not None:
                engine.update_d_output(reached)
                engine.state[:], engine.time = engine.d_output.copy(), reached
            if not done:
                length, left = self.numbers.exact(h), self.numbers.exact(end - reached)
                if left > 0 < length:
                    self.pace.step(self.numbers.exact(reached), log2_of(length), log2_of(left))
            self.size_sum += abs(self.numbers.exact(_largest(engine.state)))
            yield self.numbers.exact(reached) if not done else Fraction(float(end))

    def _look_inside(self, begin: Any, h: Any) -> None:
        """At the bases of the field in the last step."""
        rows = []
        for place in PLACES:
            self.engine.update_d_output(begin + h * place)
            rows.append([[float(x)] for x in self.engine.d_output])
        if self.sight.is_suspicious(float(begin), float(h), rows).any():
            start, length = self.numbers.exact(begin), self.numbers.exact(h)
            self.engine.update_d_output(begin)
            x = [self.numbers.exact(a) for a in self.engine.d_output]
            self.sight.look(start, start + length, x)

    def _shorter(self, h: Any) -> Any:
        """A shorter step where heyoka's is too long: it takes its tolerance as absolute while max
        |x| < 1; else None.

        The rule is heyoka's own, of Jorba and Zou, with max |x| in the place of 1.
        """
        c, order = self.engine.tc, self.engine.order
        size, *last = (abs(self.numbers.exact(_largest(c[:, k]))) for k in (0, order - 1, order))
        if not 0 < size < 1 or not any(last) or not h:
            return None
        radius = min(
            (log2_of(size) - log2_of(x)) / k
            for k, x in zip((order - 1, order), last, strict=True)
            if x
        )
        log_h = radius - (2 + 0.7 / (order - 1)) * math.log2(math.e)
        return (
            self.numbers.of(exact(dyadic(log_h)))
            if log_h < log2_of(self.numbers.exact(h))
            else None
        )


def _largest(x: Array) -> Any:
    return max(x, key=abs)


@lru_cache(maxsize=32)
def _compiled(shape: Shape, digits: int, bits: int) -> Any:
    """To be copied, never run: compiling takes longer than most flows."""
    hy, numbers = installed(), _Numbers(digits)
    flow = equations(shape, numbers.of)
    tolerance = numbers.of(Fraction(1, 10 ** (digits + SPARE_DIGITS)))
    kind = {} if bits == 53 else {"fp_type": hy.real, "prec": bits}
    return hy.taylor_adaptive(
        flow, [numbers.of(Fraction(0))] * len(flow), tol=tolerance, compact_mode=True, **kind
    )
