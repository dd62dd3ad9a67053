"""The graph of a traced model, from a closed list of operations, and its two passes over a ring.

param, input       data: the name
const              data: its entries, fractions, row by row
free               data: the name of a transcendental constant, such as 2/sqrt(pi)
add, sub, mul      of two arrays that broadcast
neg, inv, exp, log, sqrt
erf                of z and its derivative 2/sqrt(pi) exp(-z^2), which is a node as well
step               1 where positive, else 0
top                1 at the k largest along an axis, else 0; data: (k, axis)
einsum             data: "ij,jk->ik"; of one array a sum with the rest in another order
reshape, transpose, broadcast, concat    data: the shape, the axes, the shape, the axis
index              data: places of the entries in the flat array, -1 for a zero
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import prod
from typing import Any

from verify.trace.backward import RULES
from verify.trace.forward import apply

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Node:
    """One operation: ``args`` are places of nodes before it."""

    op: str
    args: tuple[int, ...]
    shape: Shape
    data: Any = None

    @property
    def size(self) -> int:
        return prod(self.shape)


@dataclass(frozen=True)
class Losses:
    """The losses E of the one output v that stand still along each of ``generators``, which are
    rows of d + 1 fractions, v_i' = sum_j a_ij v_j + a_id: ``slopes``, a graph of the input v and
    the tensor c, gives every gradient that such a loss can have at a generic v, and no other:
    those entries of it are solved for that ``solved`` names, the others are c times one number.
    """

    text: str
    generators: tuple[tuple[tuple[Fraction, ...], ...], ...]
    slopes: Graph
    solved: tuple[int, ...]

    @property
    def everywhere(self) -> bool:
        """Whether it gives them at every v: that number does not depend on v."""
        return all(n.op != "input" for n in self.slopes.nodes)

    def gradients(self, ring: Any, output: Any, seeds: Sequence[Any]) -> list[Any]:
        """Of arbitrary seeds such as such a loss can have; of these, multiples."""
        return self.slopes.results(self.slopes.run(ring, {"v": output, "c": seeds[0]}))


@dataclass(frozen=True)
class Graph:
    """``params`` and ``inputs``: names to shapes, in the order of the function's signature;
    ``outputs``: places of nodes; ``notes``: what a reader has to know of it; ``losses``: those by
    which it is trained, where it is not every loss of the outputs.
    """

    name: str
    params: Mapping[str, Shape]
    inputs: Mapping[str, Shape]
    nodes: tuple[Node, ...]
    outputs: tuple[int, ...]
    notes: tuple[str, ...] = ()
    losses: Losses | None = None

    @cached_property
    def parameters(self) -> int:
        """D, the number of coordinates of all tensors."""
        return sum(map(prod, self.params.values()))

    @cached_property
    def coordinates(self) -> tuple[tuple[str, Shape], ...]:
        """(tensor, index) of each coordinate, in the order in which all tensors are flattened."""
        return tuple((name, i) for name, s in self.params.items() for i in indices(s))

    def slices(self) -> Iterator[tuple[str, Shape, slice]]:
        """Each tensor, its shape, and where its coordinates stand."""
        at = 0
        for name, shape in self.params.items():
            yield name, shape, slice(at, at + prod(shape))
            at += prod(shape)

    @cached_property
    def of_inputs(self) -> frozenset[int]:
        """The nodes that depend on an input."""
        return self._after("input")

    @cached_property
    def of_params(self) -> frozenset[int]:
        """The nodes that depend on a tensor that is trained."""
        return self._after("param")

    def _after(self, op: str) -> frozenset[int]:
        found: set[int] = set()
        for place, node in enumerate(self.nodes):
            if node.op == op or found.intersection(node.args):
                found.add(place)
        return frozenset(found)

    def run(self, ring: Any, values: Mapping[str, Any], stop: int | None = None) -> list[Any]:
        """The value of each node (of those before ``stop``), ``values`` by name, in the ring's
        own arrays. Raises what the ring raises.
        """
        places: list[Any] = []
        for place, node in enumerate(self.nodes[:stop]):
            places.append(apply(ring, place, node, [places[i] for i in node.args], values))
        return places

    def results(self, places: Sequence[Any]) -> list[Any]:
        """The values of the outputs."""
        return [places[i] for i in self.outputs]

    def gradient(self, ring: Any, places: Sequence[Any], seeds: Sequence[Any]) -> dict[str, Any]:
        """The gradient by each tensor of sum <seed, output>, from the places of a run; the seeds
        are first made into gradients of its losses. A tensor on which no output depends has None.
        """
        if self.losses is not None:
            seeds = self.losses.gradients(ring, places[self.outputs[0]], seeds)
        slopes: dict[int, Any] = {}
        for place, seed in zip(self.outputs, seeds, strict=True):
            _gather(ring, slopes, place, seed)
        found: dict[str, Any] = dict.fromkeys(self.params)
        for place in range(len(self.nodes) - 1, -1, -1):
            node = self.nodes[place]
            if place not in self.of_params or place not in slopes:
                continue
            slope = slopes.pop(place)
            if node.op == "param":
                found[node.data] = slope
            elif node.op in RULES:
                args = [i if i in self.of_params else None for i in node.args]
                for to, part in RULES[node.op](ring, self.nodes, place, args, places, slope):
                    _gather(ring, slopes, to, part)
        return found


def _gather(ring: Any, slopes: dict[int, Any], place: int, part: Any) -> None:
    slopes[place] = ring.add(slopes[place], part) if place in slopes else part


def indices(shape: Shape) -> Iterator[Shape]:
    """All indices of an array, row by row."""
    return product(*map(range, shape))
