"""A stiff engine: implicit collocation of high order, at any number of digits, NOT validated.

Where directions have settled they bound the steps of an explicit engine; here they are damped
within the step, and only what still moves bounds it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from verify.integrate.base import check_request
from verify.integrate.step_by_step import StepByStep
from verify.integrate.stiff.arc import Arc
from verify.integrate.stiff.walk import StiffWalk
from verify.integrate.trace import program

if TYPE_CHECKING:
    from verify.integrate.system import System


@dataclass(frozen=True, slots=True)
class Stiff(StepByStep):
    """Radau IIA. Imports python-flint and NumPy."""

    name: str = "stiff"

    def arcs(self, system: System, horizon: Fraction, digits: int) -> Iterator[Arc]:
        """Dense output, step by step; the last arc ends at the horizon. Raises what ``run``
        raises.
        """
        check_request(horizon, digits, 1)
        walk = StiffWalk(system.title, program(system), Fraction(horizon), digits)
        while walk.time < horizon:
            yield walk.advance()

    steps = arcs
