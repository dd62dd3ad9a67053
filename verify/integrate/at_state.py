"""A quantity at an exact state of a system, over any ring: fractions, where it is one, or balls."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from verify.exact.jets import Jet
from verify.exact.rings import Exact, Inexact, Ring
from verify.integrate.system import Quantity, System
from verify.integrate.trace import Program, measured, program


def at_start(system: System, quantity: Quantity) -> Fraction | None:
    """Its value at the exact start where that is a fraction and everything on the way is one."""
    asked = measured(system, [quantity])
    try:
        return along(asked, program(system), Exact(), system.start, Fraction(0), 0)
    except (Inexact, ZeroDivisionError, OverflowError):
        return None


def at_rest(system: System) -> bool:
    """Whether every rate is 0 at the exact start, of a field that is smooth everywhere and has no
    time in it: the solution is the start.
    """
    flow = program(system)
    if not all(map(_is_smooth, flow.nodes)):
        return False
    states = [Jet(Exact(), [Exact().number(v)]) for v in flow.start]
    try:
        nodes = _nodes(flow, states, Exact(), Fraction(0))
    except (Inexact, OverflowError):
        return False
    return all(not nodes[i].c[0] or not a for i, a in flow.slopes)


def _is_smooth(node: tuple) -> bool:
    whole = node[0] == "power" and node[2] >= 0 and Fraction(node[2]).denominator == 1
    return whole or node[0] in ("state", "lin", "dot", "mul", "exp")


def along(
    traced: Program, flow: Program, ring: Ring, x: Sequence[Any], clock: Fraction, order: int
) -> Any:
    """A quantity, or (``order`` 1) its derivative along the flow, at a state over a ring."""
    states = [Jet(ring, [ring.number(v)]) for v in x]
    for s in range(order):
        nodes = _nodes(flow, states, ring, clock)
        slopes = [nodes[i] * Jet.constant(ring, a, s + 1) for i, a in flow.slopes]
        inverse = ring.number(Fraction(1, s + 1))
        states = [Jet(ring, [*y.c, d.c[s] * inverse]) for y, d in zip(states, slopes, strict=True)]
    node, factor = traced.values[0]
    found = _nodes(traced, states, ring, clock)[node] * Jet.constant(ring, factor, order + 1)
    return found.derivative().c[0] if order else found.c[0]


def _nodes(traced: Program, states: list[Jet], ring: Ring, clock: Fraction) -> list[Jet]:
    length = len(states[0].c)
    number = lambda a: Jet.constant(ring, Fraction(a), length)
    found: list[Jet] = []
    for i, node in enumerate(traced.nodes):
        match node[0]:
            case "state":
                found.append(states[i])
            case "clock":
                rate = [ring.number(Fraction(1))] + [ring.number(Fraction(0))] * (length - 2)
                found.append(Jet(ring, [ring.number(clock), *rate[: length - 1]]))
            case "lin":
                found.append(sum((found[a] * number(c) for a, c in node[1]), number(node[2])))
            case "dot":
                total = sum(
                    (found[a] * found[b] * number(c) for a, b, c in node[1]), number(node[3])
                )
                found.append(sum((found[a] * number(c) for a, c in node[2]), total))
            case "mul":
                found.append(found[node[1]] * found[node[2]])
            case "power":
                found.append(found[node[1]].power(node[2]))
            case "exp":
                found.append(found[node[1]].exp())
            case _:
                found.append(found[node[1]].log())
    return found
