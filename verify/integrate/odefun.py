"""mpmath's ``odefun`` behind the protocol of the engines: slow, and it shares no arithmetic and no
step control with ours. A second opinion, not a tool.

Derivatives come from differences of Euler steps with many more digits, the step from the last of
them. The precision is that of a context of our own: mpmath's global one is neither read nor
changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf, log2
from typing import TYPE_CHECKING, Any

from mpmath import MPContext

from verify.integrate.base import (
    HIGH_PRECISION,
    Engine,
    Progress,
    State,
    Told,
    Trajectory,
    arranged,
    sample_times,
)
from verify.integrate.rows import parts
from verify.integrate.stops import GAVE_UP, MAY_END, UNDEFINED, FlowStopped, Pace
from verify.integrate.trace import Program, program

if TYPE_CHECKING:
    from verify.integrate.system import System

MOST_STEPS = 400
SHORTEST = 60  # a step of 2^-60 of the longest one: more of them lead nowhere
_SPARE = 10  # digits beyond those of a step's error
Node = Callable[[list, Any], Any]


@dataclass(frozen=True, slots=True)
class Odefun(Engine[Trajectory]):
    """See ``Integrator`` for the contract: high precision, not validated. ``mpf()`` of its states
    are the numbers of mpmath as they are.

    ``truncation`` adds up 10^-(digits + 3) times max |x| over the steps, at which mpmath aims;
    ``rounding`` one unit of its precision. Raises FlowStopped after 400 steps as well.
    """

    name: str = "odefun"
    kind: str = HIGH_PRECISION

    def follow(
        self, system: System, horizon: Fraction, digits: int, samples: int, progress: Told
    ) -> Trajectory:
        walk = _Walk(system, Fraction(horizon), digits, progress)
        times = sample_times(horizon, samples)
        states = tuple(walk.states(times))
        size = Fraction(walk.steps) * walk.largest
        aim, unit = Fraction(1, 10 ** (digits + 3)), Fraction(1, 1 << walk.mp.prec)
        return Trajectory(
            times,
            states,
            digits,
            walk.degree,
            walk.steps,
            size * aim,
            size * unit,
            self.name,
            self.kind,
        )


class _Walk:
    def __init__(
        self, system: System, end: Fraction, digits: int, progress: Progress | None
    ) -> None:
        self.system, self.end, self.digits, self.progress = system, end, digits, progress
        self.mp = MPContext()
        self.mp.dps = digits + 3 + _SPARE
        self.degree = 3 + 3 * self.mp.dps // 2
        self.calls = self.steps = 0
        self.before, self.largest = Fraction(0), Fraction(0)
        self.pace = Pace(system.title, MOST_STEPS)
        with self.mp.workprec(self.mp.prec * (1 + self.degree)):  # mpmath works with so many
            self.field = field(program(system), self.mp)

    def states(self, times: Sequence[Fraction]) -> Iterator[State]:
        """At all of these times. Raises FlowStopped."""
        start = [_number(self.mp, x) for x in program(self.system).start]
        try:
            tolerance = self.mp.mpf(10) ** -(self.digits + 3)
            found = self.mp.odefun(self._slopes, self.mp.mpf(0), start, tolerance, self.degree)
            for time in times:
                yield self._state(start if not time else found(_number(self.mp, time)))
        except (ZeroDivisionError, _Outside, OverflowError) as why:
            outcome = GAVE_UP if self.before else UNDEFINED
            reason = f"the field of {self.system.title} has no value there ({why})"
            raise FlowStopped(self.before, reason, outcome) from None
        if self.progress is not None:
            self.progress(self.end)

    def _slopes(self, clock: Any, x: list) -> list:
        """mpmath asks ``degree`` times for each step, the first time where it begins."""
        if self.calls % self.degree == 0:
            self._step(_exact(clock), max((abs(_exact(a)) for a in x), default=Fraction(0)))
        self.calls += 1
        return self.field(clock, x)

    def _step(self, time: Fraction, size: Fraction) -> None:
        self.largest = max(self.largest, size)
        if self.steps:
            step = _log(time - self.before)
            self.pace.step(time, step, _log(self.end - time))
            if step < self.pace.longest - SHORTEST:
                reason = f"the step fell to 2^-{SHORTEST} of the longest: {MAY_END}"
                raise FlowStopped(time, f"{self.system.title}: {reason}")
            if self.progress is not None:
                self.progress(min(time, self.end))
        self.before, self.steps = time, self.steps + 1

    def _state(self, x: list) -> State:
        exact = [_exact(a) for a in x]
        self.largest = max([self.largest, *map(abs, exact)])
        bits = max((a.denominator.bit_length() - 1 for a in exact), default=0)
        return arranged(self.system, [int(a * (1 << bits)) for a in exact], bits)


class _Outside(ValueError):
    """A root or a logarithm of what is not positive."""


def field(p: Program, mp: Any) -> Callable[[Any, list], list]:
    """f(clock, x) -> dx/dclock on the numbers of an mpmath context, with the constants as they are
    at the precision of the moment. Raises ZeroDivisionError, and a ValueError for a root or a
    logarithm of what is not positive.
    """
    number = lambda q: _number(mp, Fraction(q))
    plan = [_node(node, mp, number) for node in p.nodes[p.states :]]
    slopes = [(d, number(a)) for d, a in p.slopes]

    def f(clock: Any, x: list) -> list:
        values = list(x)
        for node in plan:
            values.append(node(values, clock))
        return [a * values[d] for d, a in slopes]

    return f


def _node(node: tuple, mp: Any, number: Callable) -> Node:
    """A node from the values of those before it."""
    match node:
        case ("clock",):
            return lambda v, t: t
        case ("mul", a, b):
            return lambda v, t: v[a] * v[b]
        case ("power", a, e) if Fraction(e).denominator == 1:
            return lambda v, t: v[a] ** int(e)
        case ("power", a, e):
            exponent = number(e)
            return lambda v, t: _positive(v[a]) ** exponent
        case ("exp", a):
            return lambda v, t: mp.exp(v[a])
        case ("log", a):
            return lambda v, t: mp.log(_positive(v[a]))
    return _sum(*parts(node), number)


def _sum(products: Sequence, terms: Sequence, constant: Fraction, number: Callable) -> Node:
    begin = number(constant)
    twice = [(a, b, number(c)) for a, b, c in products]
    once = [(i, number(c)) for i, c in terms]

    def value(v: list, t: Any) -> Any:
        total = begin
        for a, b, c in twice:
            total += c * v[a] * v[b]
        for i, c in once:
            total += c * v[i]
        return total

    return value


def _positive(x: Any) -> Any:
    if not x > 0:
        raise _Outside("a root or a logarithm of what is not positive")
    return x


def _number(mp: Any, q: Fraction) -> Any:
    """At the precision of the moment."""
    return mp.mpf(q.numerator) / q.denominator


def _exact(x: Any) -> Fraction:
    """Raises OverflowError for what is not finite."""
    sign, mantissa, exponent, bits = x._mpf_
    if not mantissa and bits:
        raise OverflowError("a value that is not finite")
    whole = Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
    return -whole if sign else whole


def _log(x: Fraction) -> float:
    if x <= 0:
        return -inf
    return log2(x.numerator) - log2(x.denominator)
