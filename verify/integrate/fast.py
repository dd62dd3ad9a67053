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
from verify.integrate.base import HIGH_PRECISION, Piece, Progress, Trajectory, check_request
from verify.integrate.taylor import arranged
from verify.integrate.trace import program

if TYPE_CHECKING:
    from verify.integrate.fast_walk import FastWalk
    from verify.integrate.system import System


@dataclass(frozen=True, slots=True)
class Fast:
    """See ``Integrator`` for the contract: high precision, not validated. BadInput where the extra
    is not installed.
    """

    name: str = "fast"
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
        walk = _begin(system, horizon, digits, samples)
        times = tuple(Fraction(horizon) * j / samples for j in range(samples + 1))
        states = [arranged(system, walk.x, walk.bits)]
        steps, truncation, rounding = 0, Fraction(0), Fraction(0)
        while walk.time < horizon:
            step = walk.step()
            while len(states) < len(times) and times[len(states)] <= step.end:
                states.append(arranged(system, step.at(times[len(states)]), step.bits))
            steps, truncation, rounding = (
                steps + 1,
                truncation + step.truncation,
                rounding + step.rounding,
            )
            if progress is not None:
                progress(step.end)
        return Trajectory(
            times,
            tuple(states),
            digits,
            walk.order,
            steps,
            truncation,
            rounding,
            self.name,
            self.kind,
        )

    def pieces(self, system: System, horizon: Fraction, digits: int) -> Iterator[Piece]:
        """Dense output, step by step; the last piece ends at the horizon. Raises what ``run``
        raises.
        """
        walk = _begin(system, horizon, digits, 1)
        while walk.time < horizon:
            yield walk.step().piece()


def _begin(system: System, horizon: Fraction, digits: int, samples: int) -> FastWalk:
    check_request(horizon, digits, samples)
    try:
        import numba  # noqa: F401
    except ImportError:
        expected = "the extra `fast` is not installed: pip install 'flowlaw[fast]'"
        raise BadInput(f"engine is 'fast', but {expected}, or choose the engine 'taylor'") from None
    from verify.integrate.fast_walk import FastWalk

    return FastWalk(system.title, program(system), Fraction(horizon), digits)
