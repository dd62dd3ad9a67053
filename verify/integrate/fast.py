"""The Taylor method of ``taylor`` with compiled recurrences: the optional extra ``fast``.

Order, steps and samples are those of ``taylor``; the coefficients of a step come from ``kernels``,
which is compiled once for all flows and kept on disk. What the kernel has no place for (numbers
with more digits than its sums can hold, exponents with long numerators) goes through the plain
engine: a step, or the whole flow; the contract is the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from verify.exact.errors import BadInput
from verify.integrate.base import Piece, check_request
from verify.integrate.step_by_step import StepByStep
from verify.integrate.trace import program

if TYPE_CHECKING:
    from verify.integrate.fast_step import Step
    from verify.integrate.system import System


@dataclass(frozen=True, slots=True)
class Fast(StepByStep):
    """Raises BadInput where the extra is not installed."""

    name: str = "fast"

    def pieces(self, system: System, horizon: Fraction, digits: int) -> Iterator[Piece]:
        """Dense output, step by step; the last piece ends at the horizon. Raises what ``run``
        raises.
        """
        for step in self.steps(system, horizon, digits):
            yield step.piece()

    def steps(self, system: System, horizon: Fraction, digits: int) -> Iterator[Step]:
        check_request(horizon, digits, 1)
        try:
            import numba  # noqa: F401
        except ImportError:
            expected = "the extra `fast` is not installed: pip install 'flowlaw[fast]'"
            raise BadInput(
                f"engine is 'fast', but {expected}, or choose the engine 'taylor'"
            ) from None
        from verify.integrate.fast_walk import FastWalk

        walk = FastWalk(system.title, program(system), Fraction(horizon), digits)
        while walk.time < horizon:
            yield walk.step()
