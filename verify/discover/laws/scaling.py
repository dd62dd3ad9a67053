"""That an output does not move along the gradient of a sum of squared norms of units, for models of
which no list of all entries can be made: along it each entry of a tensor is multiplied, x' = w x.

An entry of a value that is multiplied by w has the weight w. Weights of factors add up; what is
added up has to have one weight; of exp, log and erf the argument has to have weight 0; a root has
half of it, and a pattern 0. Weights are whole numbers, of arrays that have one index along an axis
where all are equal, so that a step takes as long as there are units and not entries.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from verify.discover.laws.atoms import Inner, Law
from verify.discover.laws.layout import Shape
from verify.trace.graph import Graph

MOST = 1 << 50  #: of a weight: sums of these are exact
GRID = 1 << 24  #: weights of one step


class NotScaled(Exception):
    """The weights do not tell; it says nothing against the law."""


def still(graph: Graph, laws: Iterable[Law]) -> set[Law]:
    """Those along whose gradients every output is seen to stand still."""
    return {x for x in laws if _still(graph, x)}


def _still(graph: Graph, law: Law) -> bool:
    try:
        start = _start(graph, law)
        made = graph.results(graph.run(Weights(), start))
    except NotScaled:
        return False
    return not any(x.w.any() for x in made)


@dataclass(frozen=True)
class Weighted:
    """``w`` has the axes of ``shape``, or one index along an axis where all weights are equal; a
    constant that is ``nothing`` has every weight.
    """

    w: Any
    shape: Shape
    nothing: bool = False


def _start(graph: Graph, law: Law) -> dict[str, Weighted]:
    """The gradient: 2 c x of each entry x of c |part|^2."""
    found = {n: _same(0, s) for n, s in (*graph.params.items(), *graph.inputs.items())}
    for c, atom in law.sum:
        squared = isinstance(atom, Inner) and atom.left == atom.right
        if not squared or c.denominator != 1:
            raise NotScaled
        name, w = atom.left.tensor, np.full((), 2 * c.numerator)  # type: ignore[union-attr]
        shape = graph.params[name]
        for n, pick in zip(shape, atom.left.picks, strict=True):  # type: ignore[union-attr]
            here = np.zeros(n, np.int64)
            here[slice(*pick) if isinstance(pick, tuple) else pick] = 1
            w = w[..., None] * (here[:1] if here.all() else here)
        found[name] = _kept(found[name].w + w, shape)
    return found


def _same(w: int, shape: Shape) -> Weighted:
    return Weighted(np.full((1,) * len(shape), w, np.int64), tuple(shape))


def _kept(w: Any, shape: Shape) -> Weighted:
    if np.abs(w).max(initial=0) > MOST or w.size > GRID:
        raise NotScaled
    return Weighted(w, tuple(shape))


def _all(a: Weighted) -> Any:
    """Of every entry."""
    if np.prod(a.shape, dtype=float) > GRID:
        raise NotScaled
    return np.broadcast_to(a.w, a.shape)


def _joined(w: Any) -> Any:
    """With one index where all are equal along an axis."""
    for axis in range(w.ndim):
        first = w.take([0], axis) if w.shape[axis] else w
        w = first if (w == first).all() else w
    return w


class Weights:
    """The operations of a graph on weights."""

    def const(self, place: int, data: Any, shape: Shape) -> Weighted:
        return Weighted(_same(0, shape).w, shape, not any(data))

    def free(self, place: int, name: str) -> Weighted:
        return _same(0, ())

    def add(self, a: Weighted, b: Weighted) -> Weighted:
        shape = np.broadcast_shapes(a.shape, b.shape)
        if a.nothing or b.nothing:
            kept = b if a.nothing else a
            return self.spread(kept, shape)
        if not (a.w == b.w).all():
            raise NotScaled
        return _kept(a.w + 0 * b.w, shape)

    sub = add

    def mul(self, a: Weighted, b: Weighted) -> Weighted:
        return _kept(a.w + b.w, np.broadcast_shapes(a.shape, b.shape))

    def neg(self, a: Weighted) -> Weighted:
        return a

    def inv(self, a: Weighted) -> Weighted:
        return Weighted(-a.w, a.shape)

    def exp(self, place: int, a: Weighted, *more: Weighted) -> Weighted:
        """Of 0 it is 1, which has the weight 0 alone."""
        if a.w.any():
            raise NotScaled
        return Weighted(a.w, a.shape)

    log = erf = exp

    def sqrt(self, place: int, a: Weighted) -> Weighted:
        if (a.w % 2).any():
            raise NotScaled
        return Weighted(a.w // 2, a.shape)

    def step(self, place: int, a: Weighted) -> Weighted:
        return _same(0, a.shape)

    def top(self, place: int, a: Weighted, k: int, axis: int) -> Weighted:
        return _same(0, a.shape)

    def einsum(self, spec: str, *arrays: Weighted) -> Weighted:
        ins, out = spec.split("->")
        letters = out + "".join(sorted(set(ins) - set(out) - {","}))
        sizes: dict[str, int] = {}
        total = np.zeros((1,) * len(letters), np.int64)
        for part, a in zip(ins.split(","), arrays, strict=True):
            if len(set(part)) < len(part):
                raise NotScaled
            sizes |= zip(part, a.shape, strict=True)
            order = sorted(range(len(part)), key=lambda k: letters.index(part[k]))
            own = dict(zip(part, a.w.shape, strict=True))
            total = total + a.w.transpose(order).reshape([own.get(x, 1) for x in letters])
            if total.size > GRID:
                raise NotScaled
        for axis in range(len(out), len(letters)):
            first = total.take([0], axis) if total.shape[axis] else total
            if not (total == first).all():
                raise NotScaled
            total = first
        shape = tuple(sizes[x] for x in out)
        return _kept(total.reshape(total.shape[: len(out)]), shape)

    def reshape(self, a: Weighted, shape: Shape) -> Weighted:
        if a.w.size == 1:
            return Weighted(a.w.reshape((1,) * len(shape)), tuple(shape))
        return Weighted(_joined(_all(a).reshape(shape)), tuple(shape))

    def transpose(self, a: Weighted, axes: Any) -> Weighted:
        return Weighted(a.w.transpose(axes), tuple(a.shape[i] for i in axes))

    def spread(self, a: Weighted, shape: Shape) -> Weighted:
        lead = (1,) * (len(shape) - a.w.ndim)
        return Weighted(a.w.reshape(lead + a.w.shape), tuple(shape))

    def take(self, a: Weighted, flat: Any, shape: Shape) -> Weighted:
        """A zero has every weight, here that of the entries, where they have one."""
        if a.w.size == 1:
            return Weighted(a.w.reshape((1,) * len(shape)), tuple(shape))
        taken = np.append(_all(a).ravel(), 0)[np.asarray(flat, np.int64).ravel()]
        return Weighted(_joined(taken.reshape(shape)), tuple(shape))

    def concat(self, arrays: Any, axis: int) -> Weighted:
        rows = [np.broadcast_to(a.w, [n if k == axis % a.w.ndim else m for k, (n, m) in
                enumerate(zip(a.shape, a.w.shape, strict=True))]) for a in arrays]  # fmt: skip
        wide = [max(r.shape[k] for r in rows) for k in range(rows[0].ndim)]
        parts = [np.broadcast_to(r, [n if k == axis % r.ndim else m for k, (n, m) in
                 enumerate(zip(r.shape, wide, strict=True))]) for r in rows]  # fmt: skip
        shape = list(arrays[0].shape)
        shape[axis] = sum(a.shape[axis] for a in arrays)
        return _kept(_joined(np.concatenate(parts, axis=axis)), tuple(shape))
