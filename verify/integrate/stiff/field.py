"""The values of all nodes of a program in python-flint's arithmetic, at the precision that is set:
constants are read once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from flint import arb, fmpq

from verify.integrate.trace import Program

Step = Callable[[list, Any], Any]


def number(x: Any) -> Any:
    """The narrowest ball around a rational."""
    x = Fraction(x)
    return arb(x.numerator) if x.denominator == 1 else arb(fmpq(x.numerator, x.denominator))


class Field:
    """``values`` gives every node of a program at one state; not finite where it is not defined.

    Made for one precision: constants are balls of it.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self.steps = [_step(node) for node in program.nodes[program.states :]]
        self.factors = [(d, number(a)) for d, a in program.slopes]

    def values(self, x: Sequence[Any], clock: Any) -> list[Any]:
        found = list(x)
        for step in self.steps:
            found.append(step(found, clock))
        return found

    def slopes(self, found: Sequence[Any]) -> list[Any]:
        """dx/dclock, from the values of the nodes."""
        return [found[d] * a for d, a in self.factors]


def _step(node: tuple) -> Step:
    match node[0]:
        case "clock":
            return lambda found, clock: clock
        case "lin":
            return _sum((), node[1], node[2])
        case "dot":
            return _sum(node[1], node[2], node[3])
        case "mul":
            a, b = node[1:]
            return lambda found, clock: found[a] * found[b]
        case "exp":
            return lambda found, clock: found[node[1]].exp()
        case "log":
            return lambda found, clock: found[node[1]].log()
    inner, e = node[1], node[2]
    exponent = int(e) if e.denominator == 1 else number(e)
    if e.denominator == 1 and e < 0:
        return lambda found, clock: 1 / found[inner] ** -exponent
    return lambda found, clock: found[inner] ** exponent


def _sum(products: Sequence, terms: Sequence, constant: Any) -> Step:
    start = number(constant)
    pairs = [(a, b, None if k == 1 else number(k)) for a, b, k in products]
    singles = [(a, None if k == 1 else number(k)) for a, k in terms]

    def step(found: list, clock: Any) -> Any:
        total = start
        for a, b, k in pairs:
            term = found[a] * found[b]
            total = total + (term if k is None else term * k)
        for a, k in singles:
            total = total + (found[a] if k is None else found[a] * k)
        return total

    return step
