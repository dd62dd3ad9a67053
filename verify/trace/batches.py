"""Batches of arrays, (batch, *shape) where batch is 1 for what all elements share: how they are
contracted, and how each part of a jet is moved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import prod
from typing import Any

import numpy as np

from verify.trace.shapes import Shape, collected, product_plan

Jet = dict[int, Any]


def aligned(a: Any, b: Any) -> tuple[Any, Any]:
    """Axes of length 1 after the batch, so that the rest broadcasts."""
    more = a.ndim - b.ndim
    if more > 0:
        b = b.reshape(b.shape[0], *(1,) * more, *b.shape[1:])
    elif more < 0:
        a = a.reshape(a.shape[0], *(1,) * -more, *a.shape[1:])
    return a, b


@dataclass(frozen=True)
class _Plan:
    """Axes of both arrays, their shapes as stacks of matrices, and how the product is put back."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    first: Shape
    second: Shape
    made: Shape
    out: tuple[int, ...]


@lru_cache(maxsize=4096)
def _planned(spec: str, x: Shape, y: Shape) -> _Plan:
    shared, rows, inner, columns, left, right, out = product_plan(spec)
    sizes = dict(zip(left + right, x + y, strict=True))
    of = lambda letters: tuple(sizes[c] for c in letters)
    axes = lambda own, letters: (0, *(own.index(c) + 1 for c in letters))
    s, r, i, c = (prod(of(part)) for part in (shared, rows, inner, columns))
    order = shared + rows + columns
    return _Plan(
        axes(left, shared + rows + inner), axes(right, shared + inner + columns),
        (s, r, i), (s, i, c), of(order), axes(order, out),
    )  # fmt: skip


class Moved:
    """What is done to each part of a jet alone."""

    def __init__(self, field: Any) -> None:
        self.field = field

    def summed(self, spec: str, x: Any) -> Any:
        """Letters that go are summed, the rest put in order."""
        left, _, right = spec.partition("->")
        axes = tuple(n + 1 for n, c in enumerate(left) if c not in right)
        rest = [c for c in left if c in right]
        made = self.field.total(x, axes) if axes else x
        return np.transpose(made, (0, *(rest.index(c) + 1 for c in right)))

    def contracted(self, spec: str, x: Any, y: Any) -> Any:
        plan = _planned(spec, x.shape[1:], y.shape[1:])
        x = x.transpose(plan.left).reshape(x.shape[0], *plan.first)
        y = y.transpose(plan.right).reshape(y.shape[0], *plan.second)
        return self._multiplied(x, y).reshape(-1, *plan.made).transpose(plan.out)

    def _multiplied(self, x: Any, y: Any) -> Any:
        """(batch, shared, rows, inner) by (batch, shared, inner, columns); a matrix that the whole
        batch shares multiplies all of it at once.
        """
        if x.shape[3] == 1:
            return self.field.mul(x, y)
        if x.shape[1] == 1 and x.shape[0] == 1 and y.shape[0] > 1:
            wide = np.transpose(y[:, 0], (1, 0, 2)).reshape(y.shape[2], -1)
            made = self.field.matmul(x[0, 0], wide).reshape(x.shape[2], y.shape[0], y.shape[3])
            return np.transpose(made, (1, 0, 2))[:, None]
        if x.shape[1] == 1 and y.shape[0] == 1 and x.shape[0] > 1:
            return self.field.matmul(x.reshape(-1, x.shape[3]), y[0, 0])
        return self.field.matmul(x, y)

    def reshape(self, a: Jet, shape: Shape) -> Jet:
        return {s: x.reshape(x.shape[0], *shape) for s, x in a.items()}

    def transpose(self, a: Jet, axes: Sequence[int]) -> Jet:
        return {s: np.transpose(x, (0, *(n + 1 for n in axes))) for s, x in a.items()}

    def spread(self, a: Jet, shape: Shape) -> Jet:
        wide = lambda x: x.reshape(x.shape[0], *(1,) * (len(shape) + 1 - x.ndim), *x.shape[1:])
        return {s: np.broadcast_to(wide(x), (x.shape[0], *shape)) for s, x in a.items()}

    def collect(self, a: Jet, shape: Shape, to: Shape) -> Jet:
        axes, to = collected(shape, to)
        if not axes:
            return self.reshape(a, to)
        moved = tuple(n + 1 for n in axes)
        return {s: self.field.total(x, moved).reshape(x.shape[0], *to) for s, x in a.items()}

    def take(self, a: Jet, flat: Any, shape: Shape) -> Jet:
        places = np.asarray(flat, dtype=int)
        made: Jet = {}
        for s, x in a.items():
            x = x.reshape(x.shape[0], -1)
            found = x[:, places]
            if np.any(places < 0):
                found[:, places < 0] = 0
            made[s] = found.reshape(x.shape[0], *shape)
        return made

    def scatter(self, a: Jet, flat: Any, shape: Shape) -> Jet:
        places, size = np.asarray(flat, dtype=int), int(np.prod(shape, dtype=int))
        once = np.unique(places[places >= 0]).size == np.count_nonzero(places >= 0)
        made: Jet = {}
        for s, x in a.items():
            x, whole = x.reshape(x.shape[0], -1), np.zeros((x.shape[0], size + 1), x.dtype)
            if once:
                whole[:, places] = x
            else:
                np.add.at(whole, (slice(None), places), x)  # type: ignore[arg-type]
            made[s] = self.field.reduce(whole[:, :size]).reshape(x.shape[0], *shape)
        return made

    def concat(self, arrays: Sequence[Jet], axis: int) -> Jet:
        made: Jet = {}
        for s in sorted({s for a in arrays for s in a}):
            batch = max(a[s].shape[0] for a in arrays if s in a)
            parts = [a[s] if s in a else np.zeros_like(a[0][:1]) for a in arrays]
            made[s] = np.concatenate(
                [np.broadcast_to(x, (batch, *x.shape[1:])) for x in parts], axis=axis + 1
            )
        return made
