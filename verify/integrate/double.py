"""One trajectory in doubles: SciPy's DOP853 on the generated field.

The program becomes plain Python arithmetic: for one trajectory that is faster than NumPy on short
arrays. The tolerance of SciPy is set anew before every step, relative to the largest state, which
is what ``Integrator`` promises.

Reference: E. Hairer, S. Norsett, G. Wanner, Solving Ordinary Differential Equations I, 2nd ed.
(1993), II.10.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from verify.exact.errors import BadInput
from verify.integrate.base import DOUBLE, Engine, State, Told, Trajectory, arranged, sample_times
from verify.integrate.bases import bases
from verify.integrate.inside import look, suspicious
from verify.integrate.rows import double, parts
from verify.integrate.runge_kutta import FASTEST, SHORTEST
from verify.integrate.stops import GAVE_UP, MAY_END, UNDEFINED, FlowStopped, Pace
from verify.integrate.trace import Program, program

if TYPE_CHECKING:
    from verify.integrate.system import System

MOST_DIGITS = 13
# towards a pole in time, the noise of the time bounds the steps: they crawl and do not shrink
MOST_STEPS = 20_000
FINEST = 2.25e-14  # SciPy goes no further
UNIT = Fraction(1, 1 << 53)
CALLS = 12  # of the field, for one step of DOP853
Value = Callable[[list[float], float], float]
Seen = deque[tuple[float, list[float]]]


@dataclass(frozen=True, slots=True)
class Double(Engine[Trajectory]):
    """See ``Integrator`` for the contract, with what doubles allow: the local error aimed at is
    10^-(digits + 3), but no less than 2.3e-14, times max |x|; clock, start and data are rounded to
    the nearest doubles, which the states are exactly.

    ``truncation`` adds up that allowance over the steps: SciPy's own estimates stay below it (they
    come out too small where the limit of stability is what bounds the step). ``rounding`` adds up
    one unit 2^-53 of max |x| for each step. Raises BadInput for more than 13 digits, or a start or
    constant beyond doubles; FlowStopped also where a value is no longer finite.
    """

    name: str = "double"
    kind: str = DOUBLE

    def follow(
        self, system: System, horizon: Fraction, digits: int, samples: int, progress: Told
    ) -> Trajectory:
        if digits > MOST_DIGITS:
            raise BadInput(
                f"digits is {digits}, expected at most {MOST_DIGITS} in doubles: use the engine"
                " taylor"
            )
        walk = _Walk(system, digits, double(Fraction(horizon)))
        times = sample_times(horizon, samples)
        states = [walk.state()]
        for time in times[1:]:
            for reached in walk.until(double(time)):
                if progress is not None:
                    progress(reached)
            states.append(walk.state())
        truncation, rounding = walk.size_sum * Fraction(2 * walk.relative), walk.size_sum * UNIT
        return Trajectory(
            times, tuple(states), digits, 8, walk.steps, truncation, rounding, self.name, self.kind
        )


class _Walk:
    def __init__(self, system: System, digits: int, end: float) -> None:
        self.end = end
        self.system, self.program = system, program(system)
        self.seen: Seen = deque(maxlen=CALLS)
        self.bases = list(bases(self.program))
        self.field = field(self.program, self.bases, self.seen)
        self.relative = max(0.5 * 10.0 ** -(digits + 3), FINEST)
        self.x: Any = [double(x) for x in self.program.start]
        self.t, self.steps, self.size_sum = 0.0, 0, Fraction(0)
        self.h: float | None = None
        self.pace = Pace(system.title, MOST_STEPS)

    def state(self) -> State:
        """The doubles as they are, on one power of two."""
        ratios = [float(x).as_integer_ratio() for x in self.x]
        bits = max(below.bit_length() - 1 for _, below in ratios)
        return arranged(self.system, [(top << bits) // below for top, below in ratios], bits)

    def _check_work(self, solver: Any, size: float) -> None:
        """SciPy walks on in steps of the last place of the time, and through a pole: raises
        FlowStopped before that.
        """
        if solver.status != "running":
            return
        t, h = float(solver.t), min(float(solver.h_abs), float(solver.step_size))
        if h < SHORTEST * math.ulp(t):
            reason = f"the step fell to {h:.2g}, with max |x| about {size:.2g}: {MAY_END}"
            raise FlowStopped(Fraction(t), f"{self.system.title}: {reason}")
        left = math.log2(self.end - t) if self.end > t else -math.inf
        self.pace.step(Fraction(t), math.log2(h), left)

    def _look_inside(self, before: list[float], begin: float, x: Any, end: float) -> None:
        """At the bases of the step that SciPy took: ``before`` are their values where it began."""
        import numpy as np

        clocks, values = [begin], [before]
        for clock, row in self.seen:
            clocks.append(clock)
            values.append(row)
        places = (np.array(clocks) - begin) / (end - begin)
        if suspicious(places, np.array(values)[:, :, None]).any():
            look(self.system.title, self.program, Fraction(begin), Fraction(end), x)

    def until(self, bound: float) -> Iterator[Fraction]:
        """Step to the time ``bound``; the time after every step."""
        import numpy as np
        from scipy.integrate import DOP853

        if not np.isfinite(self.field(self.t, self.x)).all():
            reason = f"the field of {self.system.title} is not defined here, or beyond doubles"
            raise FlowStopped(Fraction(self.t), reason, GAVE_UP if self.t else UNDEFINED)
        first = None if self.h is None else min(self.h, bound - self.t)
        solver = DOP853(
            self.field,
            self.t,
            self.x,
            bound,
            rtol=self.relative,
            atol=self.relative,
            first_step=first,
        )
        last = self.seen[-1][1]
        while solver.status == "running":
            size, begin, x = float(np.abs(solver.y).max()), float(solver.t), solver.y.tolist()
            solver.atol = self.relative * size or self.relative
            asked = float(solver.h_abs)
            with np.errstate(all="ignore"):
                message = solver.step()
            if solver.status == "failed" or not np.isfinite(solver.y).all():
                said = message or "a value is not finite."
                reason = (
                    f"{self.system.title}: {said} The largest |x| is about {size:.2g}; {MAY_END}"
                )
                raise FlowStopped(Fraction(float(solver.t)), reason)
            if self.bases:
                self._look_inside(last, begin, x, float(solver.t))
                last = self.seen[-1][1]
            solver.h_abs = min(solver.h_abs, FASTEST * solver.step_size)
            self.steps, self.size_sum = self.steps + 1, self.size_sum + Fraction(size)
            self._check_work(solver, size)
            # the last step was cut to end at the bound: the next one need not be as short
            self.t, self.x, self.h = float(solver.t), solver.y, max(asked, float(solver.h_abs))
            yield Fraction(self.t)


def field(
    p: Program, watched: Sequence[int] = (), seen: Seen | None = None
) -> Callable[[float, Sequence[float]], list[float]]:
    """f(clock, x) -> dx/dclock for one trajectory; all values are nan where the field is not
    defined. Raises BadInput (``double``). Every call leaves the values of the ``watched`` nodes.
    """
    plan = [_value(node) for node in p.nodes[p.states :]]
    slopes = [(d, double(a)) for d, a in p.slopes]
    nowhere = [math.nan] * p.states

    def f(clock: float, x: Any) -> list[float]:
        values = x.tolist() if hasattr(x, "tolist") else list(x)
        record = values.append
        try:
            for value in plan:
                record(value(values, clock))
            if seen is not None:
                seen.append((clock, [values[i] for i in watched]))
            return [a * values[d] for d, a in slopes]
        except (ArithmeticError, ValueError):
            if seen is not None:
                seen.append((clock, [math.nan] * len(watched)))
            return nowhere

    return f


def _value(node: tuple) -> Value:
    """A node from the values of those before it."""
    match node:
        case ("clock",):
            return lambda v, t: t
        case ("exp", x):
            return lambda v, t: math.exp(v[x])
        case ("log", x):
            return lambda v, t: math.log(v[x])
        case ("power", x, -1):
            return lambda v, t: 1.0 / v[x]
        case ("power", x, e):
            power = double(e)
            return lambda v, t: math.pow(v[x], power)
        case ("mul", a, b):
            return lambda v, t: v[a] * v[b]
    return _sum(*parts(node))


def _sum(products: tuple, terms: tuple, constant: Fraction) -> Value:
    begin = double(constant)
    twice = [(a, b, double(c)) for a, b, c in products]
    once = [(i, double(c)) for i, c in terms]

    def value(v: list[float], t: float) -> float:
        total = begin
        for a, b, c in twice:
            total += c * v[a] * v[b]
        for i, c in once:
            total += c * v[i]
        return total

    return value
