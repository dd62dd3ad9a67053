"""Laws and what moves along them, in the words of a certificate: coordinates by their names, other
variables by the first entry that shows them.
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
from verify.trace.graph import Graph


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
