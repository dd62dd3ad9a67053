"""What an integrator promises, and what it hands back.

An integrator follows a ``System`` from its exact start to an exact horizon. Engines of kind
"double" and "high precision" are
NOT validated: their errors are estimated, never enclosed. They support sentences and they prove
none.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from verify.exact.errors import BadInput
from verify.integrate.dyadic import horner
from verify.integrate.stops import FlowStopped as FlowStopped

if TYPE_CHECKING:
    from verify.integrate.system import System

Progress = Callable[[Fraction], None]
Told = Progress | None
Answer = TypeVar("Answer", covariant=True)
HIGH_PRECISION, DOUBLE, VALIDATED = "high precision", "double", "validated"
MOST_DIGITS = 10_000


@dataclass(frozen=True, slots=True)
class State:
    """The state at one time, in the rows of its system, numbers x * 2^-bits: exact as numbers,
    approximate as values of the flow.
    """

    rows: tuple[tuple[int, ...], ...]
    bits: int

    def exact(self) -> tuple[tuple[Fraction, ...], ...]:
        """The stored numbers as fractions."""
        return tuple(tuple(Fraction(x, 1 << self.bits) for x in row) for row in self.rows)

    def mpf(self) -> tuple[tuple[Any, ...], ...]:
        """The stored numbers as mpmath numbers; nothing is rounded, whatever the global precision.
        Imports mpmath.
        """
        from mpmath import mp
        from mpmath.libmp import from_man_exp

        return tuple(
            tuple(mp.make_mpf(from_man_exp(x, -self.bits)) for x in row) for row in self.rows
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """Dense output over one step: x_j = sum_s c_j,s tau^s * 2^-bits at begin + h tau, for begin + h
    tau up to ``end``.

    ``nodes`` are the series of the whole program, the states first; the states' have one
    coefficient more than the others'.
    """

    begin: Fraction
    end: Fraction
    h: Fraction
    bits: int
    states: int
    nodes: list[list[int]]
    order: int
    truncation: Fraction
    rounding: Fraction

    def at(self, time: Fraction) -> list[int]:
        """The states there, in units of 2^-bits."""
        return self.read(self.nodes[: self.states], time)

    def read(self, rows: Sequence[Sequence[int]], time: Fraction) -> list[int]:
        """The values of series there."""
        tau = (time - self.begin) / self.h
        shift = tau.denominator.bit_length() - 1
        if tau.denominator != 1 << shift:  # as fine as the longest number needs
            shift = 8 + max((int(abs(x)).bit_length() for c in rows for x in c[:2]), default=0)
        top = (tau.numerator << shift) // tau.denominator
        return [horner(c, top, shift) for c in rows]


@dataclass(frozen=True, slots=True)
class Trajectory:
    """An approximate solution at exact times of the clock, in full: ``times[0]`` is 0,
    ``times[-1]`` is the horizon.

    ``digits``      what was asked for: each step aims at a local error of at most 10^-(digits + 3)
    times max |x|
    ``order``       Taylor order (engines of another kind: their order of convergence)
    ``steps``       accepted steps
    ``truncation``  ESTIMATE of the local truncation errors, absolute, summed over the steps. Their
    growth along the
                    flow is not in it, and it is no bound.
    ``rounding``    ESTIMATE of the local rounding errors, absolute, summed over the steps
    """

    times: tuple[Fraction, ...]
    states: tuple[State, ...]
    digits: int
    order: int
    steps: int
    truncation: Fraction
    rounding: Fraction
    engine: str
    kind: str


class Integrator(Protocol):
    """The one protocol of all engines."""

    @property
    def name(self) -> str: ...

    @property
    def kind(self) -> str: ...

    def run(
        self,
        system: System,
        horizon: Fraction,
        digits: int,
        *,
        samples: int,
        progress: Progress | None = None,
    ) -> Trajectory:
        """Follow the system from its start at clock 0.

        Returns the states at the ``samples + 1`` times ``horizon j / samples`` of the system's
        clock, all of them: where the solution cannot be followed to the horizon (it leaves the
        domain of the field, steps collapse, there are too many of them) ``FlowStopped`` is raised,
        with the time that was reached. ``digits`` governs the error of each step relative to the
        largest state; a flow that pulls neighbouring solutions apart multiplies it. States far
        smaller than the largest have fewer correct digits of their own.

        Deterministic: the same arguments give the same numbers. No global precision is read or
        changed. ``progress`` is called with the time after every step. Raises BadInput where an
        argument is not what is said here: exact numbers only, horizon > 0, samples >= 1, digits
        between 1 and 10000.
        """
        ...


class Engine(ABC, Generic[Answer]):
    """``run`` of our engines: each has to ``follow`` what can be meant as written."""

    __slots__ = ()

    def run(
        self,
        system: System,
        horizon: Fraction,
        digits: int,
        *,
        samples: int,
        progress: Progress | None = None,
    ) -> Answer:
        """See ``Integrator``."""
        check_request(horizon, digits, samples)
        return self.follow(system, Fraction(horizon), digits, samples, progress)

    @abstractmethod
    def follow(
        self, system: System, horizon: Fraction, digits: int, samples: int, progress: Told
    ) -> Answer:
        """What ``run`` answers; raises what it raises."""


def sample_times(horizon: Fraction, samples: int) -> tuple[Fraction, ...]:
    """The ``samples + 1`` times of a run, the horizon among them."""
    return tuple(Fraction(horizon) * j / samples for j in range(samples + 1))


def arranged(system: System, x: Sequence[int], bits: int) -> State:
    """Numbers of the states in the rows of the system."""
    return State(tuple(tuple(int(sign * x[j]) for j, sign in row) for row in system.layout), bits)


def check_request(horizon: Fraction, digits: int, samples: int) -> None:
    """Raise BadInput where a run cannot be meant as written."""
    fine = isinstance(horizon, (int, Fraction)) and not isinstance(horizon, bool)
    _require(
        fine,
        "horizon",
        horizon,
        "an exact time, int or Fraction (a float such as 0.1 costs 33 of 50 digits)",
        "write Fraction(1, 10) for 0.1",
    )
    _require(horizon > 0, "horizon", horizon, "a time > 0", "choose a later time")
    for name, count, most in (("digits", digits, MOST_DIGITS), ("samples", samples, 10**9)):
        fine = isinstance(count, int) and not isinstance(count, bool) and 1 <= count <= most
        _require(fine, name, count, f"a whole number from 1 to {most}", "choose one in this range")


def _require(fine: bool, name: str, value: object, expected: str, remedy: str) -> None:
    if not fine:
        raise BadInput(f"{name} is {value!r}, expected {expected}: {remedy}")
