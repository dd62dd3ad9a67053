"""A step of the compiled engine, and the plain engine's expansion in the place of the kernel's.

Imports numpy and numba: only ``verify.integrate.fast_walk`` imports this module.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from verify.integrate.base import Piece
from verify.integrate.dyadic import Dyadic
from verify.integrate.fast_expansion import FastExpansion
from verify.integrate.rounding import rounding_bits, slope_bits
from verify.integrate.series import Expansion
from verify.integrate.trace import Program


class Plain:
    """The plain engine's expansion, with the methods of ``FastExpansion``."""

    def __init__(self, program: Program) -> None:
        self.program, self.order = program, 0

    def run(self, state: Sequence[int], clock: Fraction, h: Dyadic, order: int, bits: int) -> None:
        self.expansion, self.order = Expansion(self.program, bits), order
        self.expansion.run(state, clock, h, order)

    @property
    def c(self) -> list[list[int]]:
        return self.expansion.c

    def node(self, i: int) -> list[int]:
        return self.expansion.c[i]

    def largest(self, s: int) -> int:
        return max(abs(c[s]) for c in self.c[: self.program.states]).bit_length()

    def slope_bits(self) -> float:
        return slope_bits(self.expansion, self.order)

    def rounding_bits(self, log_h: float) -> float:
        return rounding_bits(self.expansion, log_h, self.order)

    def end(self, theta: Fraction) -> None:
        return None


Series = FastExpansion | Plain


@dataclass(slots=True)
class Step:
    """A step whose coefficients are still in the kernel's memory: to be asked before the next one.
    ``last`` is the state at its end.
    """

    begin: Fraction
    end: Fraction
    h: Fraction
    bits: int
    series: Series
    order: int
    truncation: Fraction
    rounding: Fraction
    last: list[int] | None = None
    _states: list[list[int]] | None = None

    def at(self, time: Fraction) -> list[int]:
        """The states there, in units of 2^-bits."""
        if time == self.end and self.last is not None:
            return self.last
        if self._states is None:
            self._states = [self.series.node(i) for i in range(self.series.program.states)]
        return self._piece(self._states).at(time)

    def piece(self) -> Piece:
        return self._piece(self.series.c)

    def _piece(self, nodes: list[list[int]]) -> Piece:
        states = self.series.program.states
        return Piece(
            self.begin,
            self.end,
            self.h,
            self.bits,
            states,
            nodes,
            self.order,
            self.truncation,
            self.rounding,
        )
