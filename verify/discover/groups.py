"""Inputs whose roots exist, found part by part: radicands that see different parts of the inputs
(one token each, say) are drawn apart and put together, at one point of the tensors.

Which entries of the inputs a radicand sees is read off from what changes it at a random point; what
is put together is filtered again as a whole, so that a part that was missed costs time only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Any

import numpy as np

from verify.trace.forward import apply
from verify.trace.graph import Graph
from verify.trace.jets import Jet, Jets, NoRoot

FREE = ("exp", "log", "erf", "sqrt", "step", "top")


@dataclass(frozen=True)
class Groups:
    """The roots of a graph whose radicands are rational functions of tensors and inputs."""

    graph: Graph

    @cached_property
    def places(self) -> tuple[int, ...]:
        """Of the radicands."""
        free: set[int] = set()
        found = []
        for n, node in enumerate(self.graph.nodes):
            if node.op == "sqrt" and not free.intersection(node.args):
                found.append(node.args[0])
            if node.op in FREE or free.intersection(node.args):
                free.add(n)
        return tuple(dict.fromkeys(found))

    @cached_property
    def _needed(self) -> list[int]:
        needed, todo = set(self.places), list(self.places)
        while todo:
            new = set(self.graph.nodes[todo.pop()].args) - needed
            needed |= new
            todo += new
        return sorted(needed)

    def radicands(self, ring: Jets, values: dict[str, Jet], count: int) -> Any:
        """(count, entries) of all places."""
        found: dict[int, Any] = {}
        for n in self._needed:
            node = self.graph.nodes[n]
            found[n] = apply(ring, n, node, [found[i] for i in node.args], values)
        flat = [found[n][0].reshape(found[n][0].shape[0], -1) for n in self.places]
        return np.concatenate([np.broadcast_to(x, (count, x.shape[1])) for x in flat], axis=1)

    def parts(self, ring: Jets, tensors: dict[str, Jet], random: Any) -> list[tuple[Any, Any]]:
        """(columns of the inputs, columns of the radicands) that belong together."""
        width = sum(map(prod, self.graph.inputs.values()))
        one = ring.field.random(random, (1, width))
        many = np.repeat(one, width + 1, axis=0)
        many[range(1, width + 1), range(width)] = ring.field.random(random, (width,))
        seen = self.radicands(ring, tensors | self.split(many), width + 1)
        changed = seen[1:] != seen[0]
        return list(_joined(changed))

    def split(self, flat: Any) -> dict[str, Jet]:
        """The inputs, from one row for each draw."""
        made, at = {}, 0
        for name, shape in self.graph.inputs.items():
            made[name] = {0: flat[:, at : at + prod(shape)].reshape(-1, *shape)}
            at += prod(shape)
        return made

    def inputs(self, ring: Jets, tensors: dict[str, Jet], batch: int, random: Any) -> Any:
        """As many inputs as come out, by name, from ``batch`` candidates for each part. Raises
        NoRoot where a radicand of the tensors alone has none.
        """
        field, parts = ring.field, self.parts(ring, tensors, random)
        width = sum(map(prod, self.graph.inputs.values()))
        drawn = field.random(random, (batch, width))
        roots = self.radicands(ring, tensors | self.split(drawn), batch)
        exists = field.power(roots, (field.p - 1) // 2) == 1
        seen = [columns for _, columns in parts]
        alone = sorted(set(range(roots.shape[1])) - {j for c in seen for j in c.tolist()})
        if not exists[0, alone].all():
            raise NoRoot
        good = [np.flatnonzero(exists[:, columns].all(axis=1)) for columns in seen]
        count = min((len(x) for x in good), default=batch)
        made = drawn[:count]
        for (columns, _), rows in zip(parts, good, strict=True):
            made[:, columns] = drawn[rows[:count]][:, columns]
        return {n: x[0] for n, x in self.split(made).items()}


def _joined(changed: Any) -> Iterable[tuple[Any, Any]]:
    """Rows and columns of the connected parts of a table of booleans."""
    left = set(np.flatnonzero(changed.any(axis=0)).tolist())
    while left:
        columns = {left.pop()}
        while True:
            rows = np.flatnonzero(changed[:, sorted(columns)].any(axis=1))
            more = set(np.flatnonzero(changed[rows].any(axis=0)).tolist())
            if more <= columns:
                break
            columns |= more
        left -= columns
        yield rows, np.array(sorted(columns))
