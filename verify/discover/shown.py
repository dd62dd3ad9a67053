"""A program, laws and what moves along them, in the words of a certificate: coordinates by their
names, other variables by the first entry that shows them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from verify.discover.laws.equivariance import Proof
from verify.discover.laws.layout import Layout
from verify.discover.laws.scalars import ONE, Number, Poly, Product, Scalars
from verify.discover.laws.text import coordinate
from verify.discover.laws.writing_out import Entries, Ring, leaves
from verify.trace.graph import Graph, Node


class Shown:
    """By variable, the first entry that shows it: (its number through all nodes, the factor)."""

    def __init__(self, graph: Graph) -> None:
        scalars = Scalars()
        values = {n: leaves(scalars, n, s) for n, s in {**graph.params, **graph.inputs}.items()}
        self.first: dict[int, tuple[int, Number]] = {}
        at = 0
        for array in graph.run(Ring(scalars), values):
            assert isinstance(array, Entries)
            for c, v in array.flat():
                if c and v != ONE:
                    self.first.setdefault(v, (at, c))
                at += 1

    def product(self, c: Number, product: Product) -> list[Any]:
        """A number times variables, in entries."""
        places = []
        amount = Fraction(c)
        for v in product:
            at, scale = self.first[v]
            amount /= scale
            places.append(at)
        return [str(amount), places]


def motion(rows: Iterable[Sequence[Fraction]]) -> list[Any]:
    """Of each output: c by its number, of c alone by -1."""
    return [[[str(c), -1 if i + 1 == len(row) else i] for i, c in enumerate(row) if c]
            for row in rows]  # fmt: skip


def moves(proof: Proof, layout: Layout, shown: Shown) -> list[Any]:
    """Of what is no coordinate."""
    found = []
    for v, poly in proof.moves.items():
        if v >= layout.size:
            at, scale = shown.first[v]
            found.append([at, _moved(poly, scale, shown)])
    return sorted(found)


def _moved(poly: Poly, scale: Number, shown: Shown) -> list[Any]:
    return [shown.product(scale * c, m) for m, c in poly.items()]


def terms(of: Mapping[Any, Number], layout: Layout) -> list[Any]:
    """A sum of powers of coordinates."""
    return [[str(c), {coordinate(layout, i): e for i, e in m}] for m, c in of.items() if m]


def program(graph: Graph) -> dict[str, Any]:
    """The graph in the kernel's words, without inputs that it does not use."""
    read = {x.data for x in graph.nodes if x.op == "input"}
    return {
        "params": {n: list(s) for n, s in graph.params.items()},
        "inputs": {n: list(s) for n, s in graph.inputs.items() if n in read},
        "nodes": [_node(x) for x in graph.nodes],
        "outputs": list(dict.fromkeys(graph.outputs)),
    }


#: of operations with data: what the kernel calls it
NAMED = {"einsum": "spec", "reshape": "shape", "transpose": "axes", "broadcast": "shape",
         "concat": "axis"}  # fmt: skip


def _node(node: Node) -> dict[str, Any]:
    if node.op in ("param", "input"):
        return {"op": node.op, "name": node.data}
    made: dict[str, Any] = {"op": node.op, "args": list(node.args)}
    if node.op == "free":
        return made | {"name": node.data}
    if node.op == "const":
        return made | {"shape": list(node.shape), "values": [str(x) for x in node.data]}
    if node.op == "index":
        return made | {"shape": list(node.shape), "places": list(node.data)}
    if node.op == "top":
        return made | {"k": node.data[0], "axis": node.data[1]}
    if node.op in NAMED:
        data = node.data
        made[NAMED[node.op]] = list(data) if isinstance(data, tuple) else data
    return made
