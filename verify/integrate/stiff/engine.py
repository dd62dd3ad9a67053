"""A stiff engine: implicit collocation of high order, at any number of digits, NOT validated.

Where directions have settled they bound the steps of an explicit engine; here they are damped
within the step, and only what still moves bounds it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from verify.integrate.base import HIGH_PRECISION, Progress, State, Trajectory, check_request
from verify.integrate.stiff.arc import Arc
from verify.integrate.stiff.walk import StiffWalk
from verify.integrate.taylor import arranged
from verify.integrate.trace import program

if TYPE_CHECKING:
    from verify.integrate.system import System


@dataclass(frozen=True, slots=True)
class Stiff:
    """Radau IIA. See ``Integrator`` for the contract: high precision, not validated. Imports
    python-flint and NumPy.
    """

    name: str = "stiff"
    kind: str = HIGH_PRECISION

    def run(
        self,
        system: System,
        horizon: Fraction,
        digits: int,
        *,
        samples: int,
        progress: Progress | None = None,
    ) -> Trajectory:
        check_request(horizon, digits, samples)
        times = tuple(Fraction(horizon) * j / samples for j in range(samples + 1))
        states: list[State] = []
        steps, order, truncation, rounding = 0, 0, Fraction(0), Fraction(0)
        for arc in self.arcs(system, horizon, digits):
            while len(states) < len(times) and times[len(states)] <= arc.end:
                states.append(arranged(system, arc.at(times[len(states)]), arc.bits))
            largest = Fraction(max(abs(c[0]) for c in arc.rows), 1 << arc.bits)
            steps, order = steps + 1, len(arc.rows[0]) - 1
            truncation += Fraction(arc.defect) * largest
            rounding += Fraction(1, 1 << arc.bits)
            if progress is not None:
                progress(arc.end)
        return Trajectory(
            times, tuple(states), digits, order, steps, truncation, rounding, self.name, self.kind
        )

    def arcs(self, system: System, horizon: Fraction, digits: int) -> Iterator[Arc]:
        """Dense output, step by step; the last arc ends at the horizon. Raises what ``run``
        raises.
        """
        check_request(horizon, digits, 1)
        walk = StiffWalk(system.title, program(system), Fraction(horizon), digits)
        while walk.time < horizon:
            yield walk.advance()
