"""A graph that is written anew, operation by operation; equal ones are one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from verify.trace.graph import Graph, Node, Shape


class Anew:
    """The nodes of the new graph, in the order in which they are needed."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.nodes: list[Node] = []
        self.known: dict[Node, int] = {}
        self.place: dict[int, int] = {}  # of the old nodes

    def push(self, op: str, args: tuple[int, ...], shape: Shape, data: Any = None) -> int:
        """The place of a node."""
        node = Node(op, args, shape, data)
        if node not in self.known:
            self.known[node] = len(self.nodes)
            self.nodes.append(node)
        return self.known[node]

    def copied(self, n: int) -> None:
        """The old node as it is."""
        node = self.graph.nodes[n]
        args = tuple(self.place[i] for i in node.args)
        self.place[n] = self.push(node.op, args, node.shape, node.data)

    def flat(self, place: int) -> int:
        """As one row."""
        size = (self.nodes[place].size,)
        return self.push("reshape", (place,), size, size)

    def joined(self, flat: Sequence[int]) -> int:
        """Rows one after the other."""
        if len(flat) == 1:
            return flat[0]
        return self.push("concat", tuple(flat), (sum(self.nodes[x].size for x in flat),), 0)

    def shaped(self, entries: Sequence[int], shape: Shape) -> int:
        """An array of numbers."""
        return self.push("reshape", (self.joined([self.flat(x) for x in entries]),), shape, shape)

    def result(self) -> Graph:
        """Once all old nodes have a place; without what no output needs."""
        outputs = [self.place[n] for n in self.graph.outputs]
        needed = set(outputs)
        for n in range(len(self.nodes) - 1, -1, -1):
            needed.update(self.nodes[n].args if n in needed else ())
        place = {n: k for k, n in enumerate(sorted(needed))}
        nodes = (replace(x, args=tuple(place[a] for a in x.args))
                 for x in (self.nodes[n] for n in place))  # fmt: skip
        return replace(self.graph, nodes=tuple(nodes), outputs=tuple(place[n] for n in outputs))
