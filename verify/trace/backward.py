"""How a slope passes back through each operation: rules that name the argument and its part.

A rule gets the ring, all nodes, the place of its own, its arguments (None for one that needs no
slope), the values of a run and the slope; its parts are written in the operations of the ring.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from verify.trace.shapes import backwards, inverse_axes, places_of_parts

Parts = Iterator[tuple[int, Any]]
Rule = Callable[[Any, Sequence[Any], int, list[int | None], Sequence[Any], Any], Parts]


def _add(ring: Any, nodes: Any, at: int, args: Any, values: Any, slope: Any) -> Parts:
    for sign, i in zip((1, -1 if nodes[at].op == "sub" else 1), args, strict=True):
        if i is not None:
            part = ring.collect(slope, nodes[at].shape, nodes[i].shape)
            yield i, part if sign == 1 else ring.neg(part)


def _mul(ring: Any, nodes: Any, at: int, args: Any, values: Any, slope: Any) -> Parts:
    for i, j in zip(args, reversed(nodes[at].args), strict=True):
        if i is not None:
            part = ring.mul(slope, values[j])
            yield i, ring.collect(part, nodes[at].shape, nodes[i].shape)


def _neg(ring: Any, nodes: Any, at: int, args: Any, values: Any, slope: Any) -> Parts:
    yield args[0], ring.neg(slope)


def _one(factor: Callable[[Any, Any, Any], Any]) -> Rule:
    """Of a function of one argument: ``factor`` is its derivative, from the argument and itself."""

    def rule(ring: Any, nodes: Any, at: int, args: Any, values: Any, slope: Any) -> Parts:
        yield args[0], ring.mul(slope, factor(ring, values[nodes[at].args[0]], values[at]))

    return rule


def _erf(ring: Any, nodes: Any, at: int, args: Any, values: Any, slope: Any) -> Parts:
    yield args[0], ring.mul(slope, values[nodes[at].args[1]])


def _einsum(ring: Any, nodes: Any, at: int, args: Any, values: Any, slope: Any) -> Parts:
    own = nodes[at].args
    for which, i in enumerate(args):
        if i is not None:
            others = [values[j] for n, j in enumerate(own) if n != which]
            spec, missing = backwards(nodes[at].data, which)
            part = ring.einsum(spec, slope, *others)
            if missing:  # summed in this argument alone: the same slope for each
                shape, axes = nodes[i].shape, [n for n in range(len(nodes[i].shape))]
                kept = tuple(1 if n in missing else shape[n] for n in axes)
                part = ring.spread(ring.reshape(part, kept), shape)
            yield i, part


def _reshape(ring: Any, nodes: Any, at: int, args: Any, values: Any, slope: Any) -> Parts:
    yield args[0], ring.reshape(slope, nodes[args[0]].shape)


def _transpose(ring: Any, nodes: Any, at: int, args: Any, values: Any, slope: Any) -> Parts:
    yield args[0], ring.transpose(slope, inverse_axes(nodes[at].data))


def _broadcast(ring: Any, nodes: Any, at: int, args: Any, values: Any, slope: Any) -> Parts:
    yield args[0], ring.collect(slope, nodes[at].shape, nodes[args[0]].shape)


def _index(ring: Any, nodes: Any, at: int, args: Any, values: Any, slope: Any) -> Parts:
    yield args[0], ring.scatter(slope, nodes[at].data, nodes[args[0]].shape)


def _concat(ring: Any, nodes: Any, at: int, args: Any, values: Any, slope: Any) -> Parts:
    shapes = [nodes[i].shape for i in nodes[at].args]
    for i, shape, flat in zip(args, shapes, places_of_parts(shapes, nodes[at].data), strict=True):
        if i is not None:
            yield i, ring.take(slope, flat, shape)


RULES: dict[str, Rule] = {
    "add": _add,
    "sub": _add,
    "mul": _mul,
    "neg": _neg,
    "inv": _one(lambda ring, z, r: ring.neg(ring.mul(r, r))),
    "exp": _one(lambda ring, z, e: e),
    "log": _one(lambda ring, z, y: ring.inv(z)),
    "sqrt": _one(lambda ring, z, r: ring.inv(ring.add(r, r))),
    "erf": _erf,
    "einsum": _einsum,
    "reshape": _reshape,
    "transpose": _transpose,
    "broadcast": _broadcast,
    "index": _index,
    "concat": _concat,
}  # step and top are locally constant: no rule
