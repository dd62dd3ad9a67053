"""A program as compiled Python: one order of its Taylor coefficients, so that nothing is looked up
while it runs.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cached_property
from itertools import islice
from operator import mul
from typing import Any

from verify.integrate import fixed
from verify.integrate.recurrences import Begin, Doubles, Orders
from verify.integrate.trace import Program


class Source:
    """``begin``, ``orders`` and ``doubles`` are compiled when they are first asked for; see
    ``series.Expansion`` for their use.

    ``forward``   nodes whose coefficients are read in order
    ``backward``  nodes whose coefficients are read newest first
    ``weighted``  nodes whose coefficients are read times their order
    ``kept``      all these, and the states: nodes of which later orders need all coefficients
    """

    def __init__(self, program: Program, bits: int) -> None:
        self.program, self.bits = program, bits
        self.forward: set[int] = set()
        self.backward: set[int] = set()
        self.weighted: set[int] = set()
        for i, node in enumerate(program.nodes):
            self._note(i, node)
        self.kept = {*range(program.states), *self.forward, *self.backward, *self.weighted}
        self.factors = sorted({a for _, a in program.slopes})
        self._compiled: dict[str, Callable] = {}

    def _note(self, i: int, node: tuple) -> None:
        match node[0]:
            case "mul":
                self._pair(node[1], node[2])
            case "dot":
                for a, b, _ in node[1]:
                    self._pair(a, b)
            case "power" | "exp":
                self.backward.add(i)
                if node[0] == "power":
                    self.forward.add(node[1])
                if node[0] == "exp" or node[2] != -1:
                    self.weighted.add(node[1])
            case "log":
                self.weighted.add(i)
                self.forward.add(node[1])
                self.backward.add(node[1])

    def _pair(self, a: int, b: int) -> None:
        self.forward.add(a)
        self.backward.add(b)

    @cached_property
    def sizes(self) -> list[tuple]:
        """The nodes, their numbers as the absolute values in doubles. Raises OverflowError."""
        return [_size(node) for node in self.program.nodes]

    def function(self, name: str) -> Callable:
        """``begin``: order 0 in integers; ``orders``: later ones; ``doubles``: later ones, in
        doubles.
        """
        if name not in self._compiled:
            text = {"begin": Begin, "orders": Orders, "doubles": Doubles}[name](self)
            space: dict[str, Any] = {
                "mul": mul,
                "islice": islice,
                "fixed": fixed,
                "Fraction": Fraction,
            }
            file = f"<{name} of a program of {len(self.program.nodes)} nodes>"
            exec(compile(text.function(), file, "exec"), space)
            self._compiled[name] = space["run"]
        return self._compiled[name]


def _size(node: tuple) -> tuple:
    match node[0]:
        case "lin":
            return ("lin", [(i, abs(float(a))) for i, a in node[1]])
        case "dot":
            return (
                "dot",
                [(a, b, abs(float(k))) for a, b, k in node[1]],
                [(i, abs(float(a))) for i, a in node[2]],
            )
        case "power":
            return ("power", node[1], abs(float(node[2])))
    return node
