"""The Jacobian of a field at many places at once, in doubles: no bound of anything, and a tenth of
the time that balls take. Functions are python-flint's: those of NumPy differ in the last place from
one processor to another.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy
from flint import arb

from verify.exact.precision import precision
from verify.integrate.stiff.field import number
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
        here = _each(lambda y: y.exp(), x)
        return here, [(node[1], here[:, None])]
    if node[0] == "log":
        return _each(lambda y: y.log(), x), [(node[1], (1 / x)[:, None])]
    e = node[2]
    to = lambda a: int(a) if a.denominator == 1 else number(a)
    turn = float(e) * _each(lambda y: y ** to(e - 1), x)
    return _each(lambda y: y ** to(e), x), [(node[1], turn[:, None])]


def _each(function: Callable[[Any], Any], x: Any) -> Any:
    with precision(64):
        return numpy.array([float(function(arb(y)).mid()) for y in x.tolist()])


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
