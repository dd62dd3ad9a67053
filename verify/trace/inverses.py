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


def logistic(r: Recorder, place: int) -> int | None:
    """The t of 1 + e^t, or of 1 - 1/(1 + e^t)."""
    node = r.nodes[place]
    for k in (0, 1) if node.op == "add" else (0,) if node.op == "sub" else ():
        one, other = r.nodes[node.args[k]], r.nodes[node.args[1 - k]]
        if one.op == "const" and set(one.data) == {1} and other.shape == node.shape:
            if node.op == "add" and other.op == "exp":
                return other.args[0]
            if node.op == "sub" and other.op == "inv" and r.nodes[other.args[0]].op == "add":
                return logistic(r, other.args[0])
    return None


def seen(
    r: Recorder, place: int, ends: tuple[str, ...], holds: Callable[[Node, set[int]], bool]
) -> bool:
    """Whether something holds of a place, decided for each of those that it is made from as far as
    the ``ends``, the first ones first: ``holds`` of a node, and where it holds before it. Not of
    more than NODES.
    """
    found, todo = {place}, [place]
    while todo and len(found) <= NODES:
        node = r.nodes[todo.pop()]
        new = {*node.args} - found if node.op not in ends else set()
        found |= new
        todo += new
    true: set[int] = set()
    for at in () if todo else sorted(found):
        true |= {at} if holds(r.nodes[at], true) else set()
    return place in true


def above_zero(r: Recorder, place: int) -> bool:
    """Whether it is seen that it is positive, wherever it has a value."""

    def holds(node: Node, true: set[int]) -> bool:
        if node.op == "const":
            return min(node.data, default=0) > 0
        if node.op == "add":  # one positive, the other not negative
            a, b = node.args
            return (a in true and not_negative(r, b)) or (b in true and not_negative(r, a))
        if node.op in ("exp", "inv"):
            return node.op == "exp" or not_negative(r, node.args[0])
        inner = node.op in ("mul", "sqrt", "reshape", "transpose", "broadcast")
        return inner and true.issuperset(node.args)

    return seen(r, place, ("exp", "inv"), holds)


def only_where(r: Recorder, pattern: int) -> int | None:
    """The z of a pattern z^2 > 0 or |z| > 0, outside of which z is 0."""
    node = r.nodes[pattern]
    square = r.nodes[node.args[0]] if node.op == "step" else node
    if node.op != "step" or square.op != "mul":
        return None
    z, other = square.args
    return z if z == other or _signed(r, other, z) else None


def _signed(r: Recorder, place: int, z: int) -> bool:
    """Whether it is 2 [z > 0] - 1."""
    node = r.nodes[place]
    twice, one = (r.nodes[i] for i in node.args) if node.op == "sub" else (node, node)
    if twice.op != "mul" or one.op != "const" or set(one.data) != {1}:
        return False
    two, gate = (r.nodes[i] for i in twice.args)
    return two.op == "const" and set(two.data) == {2} and (gate.op, gate.args) == ("step", (z,))


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
