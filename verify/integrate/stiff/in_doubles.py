"""The Jacobian of a field at many places at once, in doubles: no bound of anything, and a tenth of
the time that balls take.
"""

from __future__ import annotations

from typing import Any

import numpy

from verify.integrate.trace import Program


def jacobian(program: Program, x: Any, clock: Any) -> Any:
    """Shape (places, states, states): d slope_i / d x_j for states of shape (states, places); not
    finite where it is not defined.
    """
    n, places = x.shape
    value: list[Any] = list(x)
    rows: list[Any] = [numpy.tile(line, (places, 1)) for line in numpy.eye(n)]
    for node in program.nodes[n:]:
        here, moves = _node(node, value, clock)
        value.append(here)
        turned = [move * rows[a] for a, move in moves if rows[a] is not None]
        rows.append(sum(turned[1:], turned[0]) if turned else None)
    zero = numpy.zeros((places, n))
    found = [zero if rows[d] is None else rows[d] * float(a) for d, a in program.slopes]
    return numpy.stack(found, axis=1)


def _node(node: tuple, value: list[Any], clock: Any) -> tuple[Any, list[tuple[int, Any]]]:
    """Its value, and its derivatives by its children, as columns."""
    match node[0]:
        case "clock":
            return clock, []
        case "lin":
            return _summed(value, (), node[1], node[2])
        case "dot":
            return _summed(value, node[1], node[2], node[3])
        case "mul":
            return _summed(value, ((node[1], node[2], 1),), (), 0)
    x = value[node[1]]
    if node[0] == "exp":
        here = numpy.exp(x)
        return here, [(node[1], here[:, None])]
    if node[0] == "log":
        return numpy.log(x), [(node[1], (1 / x)[:, None])]
    e = float(node[2])
    return x**e, [(node[1], (e * x ** (e - 1))[:, None])]


def _summed(
    value: list[Any], products: tuple, terms: tuple, constant: Any
) -> tuple[Any, list[tuple[int, Any]]]:
    total, moves = numpy.full(len(value[0]), float(constant)), []
    for a, b, factor in products:
        k = float(factor)
        total = total + k * value[a] * value[b]
        moves += [(a, (k * value[b])[:, None]), (b, (k * value[a])[:, None])]
    for a, factor in terms:
        total = total + float(factor) * value[a]
        moves.append((a, float(factor)))
    return total, moves
