"""A stiff engine: implicit collocation of high order, at any number of digits, NOT validated.

Where directions have settled they bound the steps of an explicit engine; here they are damped
within the step, and only what still moves bounds it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from verify.integrate.base import HIGH_PRECISION, Progress, Trajectory, check_request, trajectory
from verify.integrate.stiff.arc import Arc
from verify.integrate.stiff.walk import StiffWalk
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
        steps = self.arcs(system, horizon, digits)
        return trajectory(self, system, (horizon, digits, samples), steps, progress)

    def arcs(self, system: System, horizon: Fraction, digits: int) -> Iterator[Arc]:
        """Dense output, step by step; the last arc ends at the horizon. Raises what ``run``
        raises.
        """
        check_request(horizon, digits, 1)
        walk = StiffWalk(system.title, program(system), Fraction(horizon), digits)
        while walk.time < horizon:
            yield walk.advance()
