"""A graph run over entries: each is a fraction times a variable of ``scalars``. What only moves
entries makes no variable.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Any

import numpy as np

from verify.discover.laws.scalars import ONE, Definition, Number, Poly, Scalars, whole
from verify.exact.errors import NoValue
from verify.trace.graph import Graph, Losses

ENTRIES = 1_000_000  #: of more no list is made
SECONDS, MIB = 6e-5, 2e-3  #: for each, as measured


@dataclass
class Entries:
    """An array of fractions times variables."""

    c: Any
    v: Any

    def __post_init__(self) -> None:
        """An entry that was taken out of an array is an array of no axes."""
        self.c, self.v = np.asarray(self.c, object), np.asarray(self.v, np.int64)

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(self.v.shape)

    def flat(self) -> list[tuple[Number, int]]:
        return list(zip(self.c.ravel().tolist(), self.v.ravel().tolist(), strict=True))


def entries(pairs: Sequence[tuple[Number, int]], shape: tuple[int, ...]) -> Entries:
    """From (fraction, variable), row by row."""
    c = np.empty(len(pairs), object)
    c[:] = [x for x, _ in pairs]
    return Entries(c.reshape(shape), np.array([v for _, v in pairs], np.int64).reshape(shape))


def entries_of(graph: Graph) -> int:
    """How many entries and products are written out."""
    total = 0
    for node in graph.nodes:
        sizes: dict[str, int] = {}
        if node.op == "einsum":
            parts = node.data.split("->")[0].split(",")
            for part, i in zip(parts, node.args, strict=True):
                sizes |= zip(part, graph.nodes[i].shape, strict=True)
        total += prod(sizes.values()) if sizes else node.size
    return total


def written_out(graph: Graph) -> Scalars:
    """The variables of a graph, its outputs among them. Raises NoValue where it is too large."""
    if (count := entries_of(graph)) > ENTRIES:
        raise NoValue(
            f"{count} entries and products are not written out, only {ENTRIES}: about"
            f" {SECONDS * count:.0f} s and {MIB * count:.0f} MiB"
        )
    scalars = Scalars()
    values = {n: leaves(scalars, n, s) for n, s in graph.params.items()}
    values |= {n: leaves(scalars, n, s) for n, s in graph.inputs.items()}
    for made in graph.results(graph.run(Ring(scalars), values)):
        scalars.outputs += made.flat()
    if graph.losses is not None:
        _restricted(scalars, graph.losses)
    return scalars


def _restricted(scalars: Scalars, losses: Losses) -> None:
    """What the losses of the one output see."""
    scalars.model = len(scalars.definitions)
    one = [*scalars.outputs, (1, ONE)]
    scalars.unseen = [[_combined(row, one) for row in m] for m in losses.generators]
    shape = losses.slopes.params["c"]
    seed = leaves(scalars, "c", shape, "slope")
    (made,) = losses.gradients(Ring(scalars), entries(scalars.outputs, shape), [seed])
    scalars.slopes, scalars.everywhere = made.flat(), losses.everywhere
    for d in scalars.definitions[: scalars.model]:
        if d.kind in ("sqrt", "log") and d.of != ONE:
            scalars.under[d.of] = scalars.inv_of((1, d.of))[1]


def _combined(row: Sequence[Fraction], entries: Sequence[tuple[Number, int]]) -> Poly:
    found: Poly = {}
    for a, (c, v) in zip(row, entries, strict=True):
        key = () if v == ONE else (v,)
        found[key] = found.get(key, 0) + whole(a * c)
    return {m: x for m, x in found.items() if x}


def leaves(scalars: Scalars, name: str, shape: tuple[int, ...], kind: str = "leaf") -> Entries:
    """Coordinates of a tensor or an input, or of another kind."""
    count = int(np.prod(shape, dtype=int))
    made = [scalars.new((kind, name, i), Definition("leaf")) for i in range(count)]
    return entries([(1, v) for v in made], shape)


class Ring:
    """The operations of a graph on Entries."""

    def __init__(self, scalars: Scalars) -> None:
        self.scalars = scalars

    def const(self, place: int, data: Any, shape: tuple[int, ...]) -> Entries:
        return entries([(whole(Fraction(x)), ONE) for x in data], shape)

    def free(self, place: int, name: str) -> Entries:
        v = self.scalars.new(("free", name), Definition("still"))
        return entries([(1, v)], ())

    def _both(self, a: Entries, b: Entries, combine: Any) -> Entries:
        shape = np.broadcast_shapes(a.shape, b.shape)
        one, two = self.spread(a, shape).flat(), self.spread(b, shape).flat()
        return entries([combine(x, y) for x, y in zip(one, two, strict=True)], shape)

    def add(self, a: Entries, b: Entries) -> Entries:
        def combine(x: tuple[Number, int], y: tuple[Number, int]) -> tuple[Number, int]:
            terms: Poly = {}
            for c, v in (x, y):
                key = () if v == ONE else (v,)
                terms[key] = terms.get(key, 0) + c
            return self.scalars.total(terms)

        return self._both(a, b, combine)

    def sub(self, a: Entries, b: Entries) -> Entries:
        return self.add(a, self.neg(b))

    def mul(self, a: Entries, b: Entries) -> Entries:
        return self._both(a, b, self.scalars.times)

    def neg(self, a: Entries) -> Entries:
        return Entries(-a.c, a.v)

    def _each(self, a: Entries, function: Any) -> Entries:
        return entries([function(x) for x in a.flat()], a.shape)

    def inv(self, a: Entries) -> Entries:
        return self._each(a, self.scalars.inv_of)

    def exp(self, place: int, a: Entries) -> Entries:
        return self._each(a, self.scalars.exp_of)

    def sqrt(self, place: int, a: Entries) -> Entries:
        return self._each(a, self.scalars.sqrt_of)

    def log(self, place: int, a: Entries) -> Entries:
        new = self.scalars.new
        return self._each(a, lambda x: (
            1, new(("log", *x), Definition("log", c=x[0], of=x[1]))))  # fmt: skip

    def erf(self, place: int, a: Entries, density: Entries) -> Entries:
        made = [
            (1, self.scalars.new(("erf", *x), Definition("erf", (), *x, d)))
            for x, d in zip(a.flat(), density.flat(), strict=True)
        ]
        return entries(made, a.shape)

    def step(self, place: int, a: Entries) -> Entries:
        return self._each(a, lambda x: self.scalars.pattern_of(("step", x[0] > 0, x[0] == 0, x[1])))

    def top(self, place: int, a: Entries, k: int, axis: int) -> Entries:
        """Of equal rivals one variable for each place among them."""
        flat, at = a.flat(), dict[int, Any]()
        every = np.moveaxis(np.arange(a.v.size).reshape(a.shape), axis, -1)
        for row in every.reshape(-1, a.shape[axis]).tolist():
            rivals = tuple(flat[i] for i in row)
            at |= {i: (rank, rivals) for rank, i in enumerate(row)}
        made = [self.scalars.pattern_of(("top", k, *at[i])) for i in range(a.v.size)]
        return entries(made, a.shape)

    def einsum(self, spec: str, *arrays: Entries) -> Entries:
        ins, out = spec.split("->")
        names = ins.split(",")
        sizes = {x: n for part, a in zip(names, arrays, strict=True)
                 for x, n in zip(part, a.shape, strict=True)}  # fmt: skip
        order = out + "".join(sorted(set(sizes) - set(out)))
        grid = np.indices([sizes[x] for x in order], sparse=True)
        at = dict(zip(order, grid, strict=True))
        full = tuple(sizes[x] for x in order)
        columns = []
        for part, a in zip(names, arrays, strict=True):
            where: Any = np.zeros((), np.int64)
            for k, x in enumerate(part):
                where = where + at[x] * int(np.prod(a.shape[k + 1 :], dtype=int))
            columns.append((a.flat(), np.broadcast_to(where, full)))
        shape = tuple(sizes[x] for x in out)
        count = int(np.prod(shape, dtype=int))
        tables = [(flat, where.reshape(count, -1).tolist()) for flat, where in columns]
        made = [self._summed([(flat, rows[k]) for flat, rows in tables]) for k in range(count)]
        return entries(made, shape)

    def _summed(self, factors: list[Any]) -> tuple[Number, int]:
        terms: Poly = {}
        for places in zip(*(rows for _, rows in factors), strict=True):
            c: Number = 1
            found = []
            for (flat, _), i in zip(factors, places, strict=True):
                more, v = flat[i]
                c *= more
                found.append(v)
            if c:
                again, product = self.scalars.product(tuple(found))
                terms[product] = terms.get(product, 0) + c * again
        return self.scalars.total(terms)

    def reshape(self, a: Entries, shape: Any) -> Entries:
        return Entries(a.c.reshape(shape), a.v.reshape(shape))

    def transpose(self, a: Entries, axes: Any) -> Entries:
        return Entries(a.c.transpose(axes), a.v.transpose(axes))

    def spread(self, a: Entries, shape: Any) -> Entries:
        return Entries(np.broadcast_to(a.c, shape), np.broadcast_to(a.v, shape))

    def take(self, a: Entries, flat: Any, shape: Any) -> Entries:
        pairs = [*a.flat(), (0, ONE)]
        return entries([pairs[i] for i in flat], shape)

    def concat(self, arrays: Any, axis: int) -> Entries:
        c = np.concatenate([a.c for a in arrays], axis=axis)
        return Entries(c, np.concatenate([a.v for a in arrays], axis=axis))
