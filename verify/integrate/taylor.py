"""A Taylor method of high order with variable step, in fixed-point integer arithmetic.

The solution is expanded to order p about the present time. The last coefficients give the radius r
of convergence (in the norm max |x|), and the step is h = r * eps^(1/p), so that the terms left out
are about eps * max |x|, with eps = 10^-(digits + 3). For a cost of p^2 per step, p = ln(1/eps) / 2
is best: then h = r / e^2, and the number of steps hardly depends on the precision. All times are
exact dyadic numbers; the samples are read off the polynomials.

Reference: A. Jorba, M. Zou, Experimental Mathematics 14 (2005), on order and step size.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from verify.integrate.base import Piece, check_request
from verify.integrate.step_by_step import StepByStep
from verify.integrate.taylor_steps import Walk
from verify.integrate.trace import program

if TYPE_CHECKING:
    from verify.integrate.system import System


@dataclass(frozen=True, slots=True)
class Taylor(StepByStep):
    """The default engine."""

    name: str = "taylor"

    def pieces(self, system: System, horizon: Fraction, digits: int) -> Iterator[Piece]:
        """Dense output, step by step; the last piece ends at the horizon. Raises what ``run``
        raises.
        """
        check_request(horizon, digits, 1)
        walk = Walk(system.title, program(system), Fraction(horizon), digits)
        while walk.time < horizon:
            yield walk.advance()

    steps = pieces
