"""exp and log undo each other: what is exp of a sum with logarithms, or log of a product, is
written without one in the other, so that relations between their values are not hidden.

exp(a + k log b) is exp(a) b^k where b is seen not to be negative: otherwise b^k would have values
where the function has none. log(a b) is log a + log b where a is seen not to be negative, as
a b > 0 then makes both positive; log(1/a) is -log a, and log of the root of a half of log a.
"""

from __future__ import annotations

from verify.trace.graph import Node
from verify.trace.record import Recorder, Traced

MOST_POWER = 64
MOVES = ("reshape", "transpose", "broadcast", "index")


def moves(r: Recorder, place: int) -> bool:
    """Whether entries are put elsewhere, and nothing else."""
    node = r.nodes[place]
    return node.op in MOVES and (node.op != "index" or min(node.data, default=0) >= 0)


def moved(r: Recorder, place: int, made: Traced) -> Traced:
    """Another array, as this place moves its own."""
    node = r.nodes[place]
    return r.push(node.op, (made.place,), node.shape, node.data)


def factor(r: Recorder, place: int) -> tuple[int, float] | None:
    """Of a multiple by half a whole number: what is multiplied, and that number."""
    node = r.nodes[place]
    for k in (0, 1) if node.op == "mul" else ():
        given = r.nodes[node.args[k]]
        number = set(given.data) if given.op == "const" else ()
        if len(number) == 1 and node.shape == r.nodes[node.args[1 - k]].shape:
            (c,) = number
            if (2 * c).denominator == 1 and 0 < abs(c) <= MOST_POWER:
                return node.args[1 - k], float(c)
    return None


def adds_logs(r: Recorder, place: int) -> bool:
    """Whether it is a sum of terms of which one is a multiple of a logarithm."""
    todo, seen = [place], {place}
    while todo:
        at = todo.pop()
        node, found = r.nodes[at], factor(r, at)
        if node.op == "log" and not_negative(r, node.args[0]):
            return True
        parts = node.args if node.op in ("add", "sub", "neg") or moves(r, at) else ()
        new = {found[0]} if found else {*parts} - seen
        seen |= new
        todo += new
    return False


def _square(r: Recorder, node: Node) -> bool:
    """Or a number times whether it is positive."""
    if node.op != "mul":
        return False
    a, b = node.args
    return a == b or any(r.nodes[y].op == "step" and r.nodes[y].args == (x,)
                         for x, y in ((a, b), (b, a)))  # fmt: skip


def not_negative(r: Recorder, place: int) -> bool:
    """Whether that is seen."""
    todo, seen = [place], {place}
    while todo:
        node = r.nodes[todo.pop()]
        if _square(r, node) or node.op in ("exp", "sqrt", "step", "top"):
            continue
        if node.op == "const":
            if min(node.data, default=0) < 0:
                return False
        elif node.op in ("add", "mul", "inv", "einsum", *MOVES):
            todo += {*node.args} - seen
            seen |= {*node.args}
        else:
            return False
    return True
