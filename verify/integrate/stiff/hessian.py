"""The Jacobian of a field over a tube around a step's polynomials, as Chebyshev series: forward
differentiation along the program.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flint import arb, arb_poly

from verify.integrate.stiff.chebyshev import Series, cut, product
from verify.integrate.stiff.composed import power, reciprocal
from verify.integrate.stiff.field import number
from verify.integrate.stiff.model import over
from verify.integrate.trace import Program

Row = dict[int, Series]  # derivatives by the states; 0 where there is none


def jacobian(
    program: Program, states: Sequence[Series], clock: Series, least: Any
) -> list[list[Series]]:
    """d slope_i / d x_j, holding all values at states that the series hold; terms below ``least``
    are put together. Raises NotEnclosed.
    """
    values = over(program, states, clock)
    rows: list[Row] = [{j: arb_poly([1])} for j in range(len(states))]
    for i, node in enumerate(program.nodes[len(states) :], len(states)):
        row: Row = {}
        for child, move in moves(node, i, values):
            for j, x in rows[child].items():
                term = product(x, move)
                row[j] = row[j] + term if j in row else term
        rows.append({j: cut(x, least) for j, x in row.items()})
    zero = arb_poly([0])
    return [
        [rows[d].get(j, zero) * number(a) for j in range(len(states))] for d, a in program.slopes
    ]


def moves(node: tuple, i: int, values: Sequence[Series]) -> list[tuple[int, Series]]:
    """The children of a node, and its derivatives by them."""
    constant = lambda k: arb_poly([number(k)])
    match node[0]:
        case "clock":
            return []
        case "lin":
            return [(a, constant(k)) for a, k in node[1]]
        case "dot":
            found = [(a, constant(k)) for a, k in node[2]]
            for a, b, k in node[1]:
                found += [(a, values[b] * number(k)), (b, values[a] * number(k))]
            return found
        case "mul":
            return [(node[1], values[node[2]]), (node[2], values[node[1]])]
        case "exp":
            return [(node[1], values[i])]
        case "log":
            return [(node[1], reciprocal(values[node[1]]))]
    e = node[2]
    inner = arb_poly([1]) if e == 1 else power(values[node[1]], e - 1)
    return [(node[1], inner * number(e))]


def tube(c: Sequence[Any], radius: Any) -> Series:
    """A polynomial, and everything within a radius of it."""
    return arb_poly([c[0] + arb(0, radius), *c[1:]])
