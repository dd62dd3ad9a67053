"""Power series in the time, with balls for coefficients: the nodes of a program on them, and how
they grow by one term.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from verify.exact.rings import ball
from verify.integrate.tape import Node


def at_node(node: Node, values: Sequence[Any], length: int) -> Any:
    """A node, from the series of those before it. Raises what python-flint raises where it is not
    defined.
    """
    match node[0]:
        case "lin" | "dot":
            total = constant(ball(node[-1]), length)
            for a, b, k in node[1] if node[0] == "dot" else ():
                total = total + values[a] * values[b] * ball(k)
            for a, k in node[-2]:
                total = total + values[a] * ball(k)
            return total
        case "mul":
            return values[node[1]] * values[node[2]]
        case "exp":
            return values[node[1]].exp()
        case "log":
            return values[node[1]].log()
    x, e = values[node[1]], node[2]
    if e.denominator > 1:
        return (x.log() * ball(e)).exp()
    return (x if e > 0 else constant(ball(1), length) / x) ** abs(int(e))


def constant(x: Any, length: int) -> Any:
    """A ball that does not depend on the time."""
    from flint import arb_series

    return arb_series([x], prec=length)


def clock(now: Any, length: int) -> Any:
    """The time itself, from a ball on."""
    from flint import arb_series

    return arb_series([now, 1], prec=length)


def longer(start: Any, slope: Any, length: int) -> Any:
    """start + the integral of a series of a length."""
    from flint import arb_series

    return arb_series([start, *(slope[k] / (k + 1) for k in range(length))], prec=length + 1)


def value(c: Any, h: Any, order: int) -> Any:
    """The terms below ``order``, by Horner's rule."""
    total = ball(0)
    for k in reversed(range(order)):
        total = total * h + c[k]
    return total
