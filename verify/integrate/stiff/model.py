"""A program over Chebyshev series: for every node a series that holds its values along a step, for
the states within given radii of polynomials.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flint import arb, arb_poly, ctx

from verify.integrate.enclosure import NotEnclosed
from verify.integrate.stiff.arc import Arc
from verify.integrate.stiff.chebyshev import Series, cut, derivative, norm, product
from verify.integrate.stiff.composed import exp, log, power
from verify.integrate.stiff.field import number
from verify.integrate.trace import Program

FINER = 8  # bits by which what is cut off is below what is worked with


def short(x: Series) -> Series:
    """Without last terms that are below the precision. Raises NotEnclosed where nothing is
    bounded.
    """
    size = norm(x)
    if not size < arb(2) ** (1 << 16):
        raise NotEnclosed("a bound is not finite, or beyond all use")
    return cut(x, size * arb(2) ** (FINER - ctx.prec))


def over(program: Program, states: Sequence[Series], clock: Series) -> list[Series]:
    """The series of all nodes."""
    found: list[Series] = list(states)
    for node in program.nodes[len(states) :]:
        found.append(short(_node(node, found, clock)))
    return found


def _node(node: tuple, found: Sequence[Series], clock: Series) -> Series:
    match node[0]:
        case "clock":
            return clock
        case "lin":
            return summed(found, (), node[1], node[2])
        case "dot":
            return summed(found, node[1], node[2], node[3])
        case "mul":
            return product(found[node[1]], found[node[2]])
        case "exp":
            return exp(found[node[1]])
        case "log":
            return log(found[node[1]])
    return power(found[node[1]], node[2])


def summed(found: Sequence[Series], products: Sequence, terms: Sequence, constant: Any) -> Series:
    """constant + sum a x y + sum a x."""
    total = arb_poly([number(constant)])
    for a, b, k in products:
        total = total + product(found[a], found[b]) * number(k)
    for a, k in terms:
        total = total + found[a] * number(k)
    return total


def clock_of(begin: Any, h: Any) -> Series:
    """begin + h (sigma + 1)/2."""
    return arb_poly([begin + h / 2, h / 2])


def defect(program: Program, arc: Arc) -> list[Any]:
    """Bounds of |p' - h f(p)|, d/dtau, on a step, one for each state, as exact numbers; it works at
    the precision that is set. Raises NotEnclosed.
    """
    unit = arb(2) ** -arc.bits
    states = [arb_poly([unit * x for x in c]) for c in arc.rows]
    h = number(arc.h)
    nodes = over(program, states, clock_of(number(arc.begin), h))
    left = [
        norm(2 * derivative(p) - nodes[d] * (h * number(a)))
        for p, (d, a) in zip(states, program.slopes, strict=True)
    ]
    if not all(x.is_finite() for x in left):
        raise NotEnclosed("the defect is not bounded")
    return left
