"""The gradient of a recorded loss, by one pass backwards along its program: at most a small
multiple of the loss's own length.

Through a product of layers the pass multiplies prefixes by suffixes; nothing is expanded. ``seed``
is what the gradient is multiplied by (the rate of the clock): it enters before the first
exponential does.
"""

from __future__ import annotations

from collections.abc import Sequence

from verify.integrate.tape import Node, Tape
from verify.integrate.traced import ONE, Traced, constant


def gradient(tape: Tape, value: Traced, seed: Traced, states: int) -> list[Traced]:
    """seed * d value / d x_j for every state."""
    value = value.settled()
    zero = constant(tape, ONE - ONE)
    adjoint: list[Traced | None] = [None] * len(tape.nodes)
    if value.index >= 0:
        adjoint[value.index] = seed * value.factor
    for i in range(len(adjoint) - 1, states - 1, -1):
        here = adjoint[i]
        if here is not None:
            for child, part in _parts(tape, tape.nodes[i], here):
                before = adjoint[child]
                adjoint[child] = part if before is None else before + part
    return [zero if a is None else a for a in adjoint[:states]]


def _parts(tape: Tape, node: Node, here: Traced) -> Sequence[tuple[int, Traced]]:
    match node[0]:
        case "lin":
            return [(child, here * a) for child, a in node[1]]
        case "mul":
            a, b = node[1:]
            return [(a, here * Traced(tape, b, ONE)), (b, here * Traced(tape, a, ONE))]
        case "power":
            below = Traced(tape, node[1], ONE)
            return [(node[1], here * below.power(node[2] - 1) * node[2])]
        case "exp":
            return [(node[1], here * Traced(tape, -1, ONE, Traced(tape, node[1], ONE)))]
        case "log":
            return [(node[1], here * Traced(tape, node[1], ONE).power(-ONE))]
    return []
