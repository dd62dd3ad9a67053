"""exp and log undo each other: what is exp of a sum with logarithms, or log of a product, is
written without one in the other, so that relations between their values are not hidden.

exp(a + k log b) is exp(a) b^k where b is seen not to be negative: otherwise b^k would have values
where the function has none. log(a b) is log a + log b where a is seen not to be negative, as
a b > 0 then makes both positive; log(1/a) is -log a, and log of the root of a half of log a.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf

from verify.trace.graph import Node
from verify.trace.record import Recorder, Traced

MOST_POWER = 64
NODES = 200  #: from which a sum or product is made that is written anew
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
    """Whether it is a sum of terms of which one is a multiple of a logarithm, and not of too many
    to be written as a product.
    """

    def terms(at: int) -> tuple[float, tuple[int, ...]]:
        node, found = r.nodes[at], factor(r, at)
        if node.op == "log" and not_negative(r, node.args[0]):
            return 1, ()
        if found:
            return abs(found[1]), (found[0],)
        return 1, node.args if node.op in ("add", "sub", "neg") or moves(r, at) else (at,)

    return 0 < _many(place, terms) <= MOST_POWER


def few_factors(r: Recorder, place: int) -> bool:
    """Whether a product is of no more than are written as a sum of logarithms."""

    def parts(at: int) -> tuple[float, tuple[int, ...]]:
        node = r.nodes[at]
        return 1, node.args if node.op in ("mul", "inv", "sqrt") or moves(r, at) else ()

    return _many(place, parts) <= MOST_POWER


def _many(place: int, parts: Callable[[int], tuple[float, tuple[int, ...]]]) -> float:
    """How many terms are written, as often as each stands there: a factor times those of the parts,
    1 where there are none, 0 where it is its own part. Of places beyond NODES without end.
    """
    found, todo = {place: parts(place)}, [place]
    while todo:
        at = todo.pop()
        new = {*found[at][1]} - {*found}
        found |= {x: parts(x) for x in new}
        todo += new
        if len(found) > NODES:
            return inf
    many: dict[int, float] = {}
    for at in sorted(found):
        times, args = found[at]
        many[at] = times * (sum(many.get(x, 0) for x in args) if args else 1)
    return many[place]


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
