"""How the recorder writes comparisons and what follows them: patterns are 0 or 1, and a number that
is surely positive has none. The larger and the smaller of two are written with one pattern, so that
their sum is the sum of both.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from verify.trace.graph import Node
from verify.trace.inverses import MOVES, above_zero, not_negative, only_where, seen
from verify.trace.record import UFUNCS, Recorder, Refused, Traced
from verify.trace.rules import add, entries, lifted, mul, neg, plain, sub

PATTERNS = ("step", "top")


def pattern(r: Recorder, place: int) -> bool:
    """Whether it is seen that each entry is 0 or 1."""

    def holds(node: Node, true: set[int]) -> bool:
        if node.op == "const":
            return set(node.data) <= {0, 1}
        if node.op == "sub":  # 1 less a pattern
            one = r.nodes[node.args[0]]
            return one.op == "const" and set(one.data) == {1} and node.args[1] in true
        inner = node.op in (*MOVES, "mul", "concat")
        return node.op in PATTERNS or (inner and true.issuperset(node.args))

    return seen(r, place, PATTERNS, holds)


def positive(r: Recorder, value: Any) -> Traced:
    """1 where positive, else 0: of a number where that is positive, the same pattern."""
    x = plain(lifted(r, value), "a comparison")
    if above_zero(r, x.place):
        return r.constant(np.ones(x.shape, dtype=int))
    parts = x.node.args if x.node.op == "mul" else ()
    for z, gate in (parts, parts[::-1]) if parts else ():
        if r.nodes[gate].op == "step" and r.nodes[gate].args == (z,):
            return Traced(r, gate)
    return r.push("step", (x.place,), x.shape)


def greater(r: Recorder, left: Any, right: Any) -> Traced:
    """1 where it is, else 0."""
    return positive(r, sub(r, left, right))


def no_less(r: Recorder, left: Any, right: Any) -> Traced:
    """As ``greater`` where ties are no pieces; where they may be, as it is at ties as well."""
    x = plain(sub(r, left, right), "a comparison")
    if not_negative(r, x.place):
        return r.constant(np.ones(x.shape, dtype=int))
    return fails(r, positive(r, neg(r, x))) if _tied(r, x.place) else positive(r, x)


def _tied(r: Recorder, place: int) -> bool:
    """Whether it may be 0 in a whole piece: a pattern, or a root, is among what it is made from."""
    found, todo = {place}, [place]
    while todo:
        new = {*r.nodes[todo.pop()].args} - found
        found |= new
        todo += new
    return any(r.nodes[n].op in (*PATTERNS, "sqrt") for n in found)


def gated(r: Recorder, x: Traced) -> Traced:
    """max(x, 0): the number times its pattern."""
    return x if not_negative(r, x.place) else kept(r, x, positive(r, x))


def kept(r: Recorder, x: Traced, where: Traced) -> Traced:
    """The number where a pattern is 1, else 0: all of it, where it is 0 already elsewhere."""
    same = x.shape == where.shape and only_where(r, where.place) == x.place
    return x if same else mul(r, x, where)


def _ordered(r: Recorder, left: Any, right: Any) -> tuple[Traced, Traced]:
    """Constants last."""
    a, b = sorted((lifted(r, left), lifted(r, right)), key=lambda x: x.place)
    return (b, a) if entries(a) is not None else (a, b)


def maximum(r: Recorder, left: Any, right: Any) -> Traced:
    """b + (a - b) where a > b: of a number and 0 it is the number times its pattern."""
    a, b = _ordered(r, left, right)
    return add(r, b, gated(r, sub(r, a, b)))


def minimum(r: Recorder, left: Any, right: Any) -> Traced:
    """a - (a - b) where a > b; of a number and a constant the opposite of a maximum, which is at no
    tie where that is cut off twice.
    """
    a, b = _ordered(r, left, right)
    if entries(b) is not None:
        return neg(r, maximum(r, neg(r, a), neg(r, b)))
    return sub(r, a, gated(r, sub(r, a, b)))


def absolute(r: Recorder, value: Any) -> Traced:
    """Twice the number where it is positive, less the number."""
    x = plain(lifted(r, value), "abs")
    if not_negative(r, x.place):
        return x
    return mul(r, x, sub(r, mul(r, 2, positive(r, x)), 1))


def sign(r: Recorder, value: Any) -> Traced:
    """1, 0 or -1."""
    return sub(r, positive(r, value), positive(r, neg(r, value)))


def _patterns(r: Recorder, what: str, *given: Any) -> list[Traced]:
    found = [lifted(r, x) for x in given]
    if not all(pattern(r, x.place) for x in found):
        raise Refused(f"{what} of recorded numbers: expected comparisons, such as x > 0")
    return found


def both_hold(r: Recorder, left: Any, right: Any) -> Traced:
    """1 where two patterns are."""
    a, b = _patterns(r, "'and'", left, right)
    return a if a.place == b.place else mul(r, a, b)


def fails(r: Recorder, given: Any) -> Traced:
    """1 where a pattern is 0."""
    (x,) = _patterns(r, "'not'", given)
    return sub(r, 1, x)


def one_holds(r: Recorder, left: Any, right: Any) -> Traced:
    """1 where one of two patterns is."""
    a, b = _patterns(r, "'or'", left, right)
    return fails(r, both_hold(r, fails(r, a), fails(r, b)))


UFUNCS.update(
    maximum=maximum, fmax=maximum, minimum=minimum, fmin=minimum, absolute=absolute, fabs=absolute,
    sign=sign, greater=greater, less=lambda r, a, b: greater(r, b, a), greater_equal=no_less,
    less_equal=lambda r, a, b: no_less(r, b, a), logical_and=both_hold, bitwise_and=both_hold,
    logical_or=one_holds, bitwise_or=one_holds, logical_not=fails, invert=fails,
)  # fmt: skip
