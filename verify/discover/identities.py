"""Polynomial identities on a set of states that has coordinates: that a law holds on all of it, for
every loss that is meant; that outputs do not change when coordinates change places.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Any, Protocol

import numpy as np
from flint import Ordering, fmpq, fmpq_mpoly_ctx

from verify.discover.fixed import Swap
from verify.discover.laws.direction import NotProved, direction
from verify.discover.laws.forms import Form
from verify.discover.laws.scalars import Poly
from verify.trace.graph import Graph, Shape
from verify.trace.numbers import Arrays

OPS = {"param", "input", "const", "add", "sub", "mul", "neg", "einsum", "reshape", "transpose",
       "broadcast", "index", "concat"}  # fmt: skip


class States(Protocol):
    """A set of states that every trajectory keeps: points are polynomials in ``free``, as many as
    there are tensors, and ``turns`` more numbers, one piece for each choice of ``signs``.
    """

    @property
    def condition(self) -> str: ...

    @property
    def turns(self) -> int: ...

    def signs(self) -> list[tuple[int, ...]]: ...

    def tensors(
        self, free: Mapping[str, Any], turns: Sequence[Any], signs: Sequence[int], one: Any
    ) -> dict[str, Any]: ...


def polynomial(graph: Graph) -> bool:
    """Whether the model, and what its losses see, are polynomials."""
    slopes = graph.losses.slopes.nodes if graph.losses else ()
    return all(n.op in OPS for n in (*graph.nodes, *slopes))


def arrays(graph: Graph, flat: Sequence[Any]) -> dict[str, Any]:
    """By tensor, of all coordinates."""
    made = {}
    for name, shape, cut in graph.slices():
        array = np.empty(prod(shape), object)
        array[:] = flat[cut]
        made[name] = array.reshape(shape)
    return made


@dataclass(frozen=True)
class _Exact:
    """A polynomial that NumPy does not look into."""

    of: Any

    def __add__(self, x: _Exact | int) -> _Exact:
        return _Exact(self.of + (x.of if isinstance(x, _Exact) else x))

    def __neg__(self) -> _Exact:
        return _Exact(-self.of)

    def __sub__(self, x: _Exact) -> _Exact:
        return _Exact(self.of - x.of)

    def __mul__(self, x: _Exact | int) -> _Exact:
        return _Exact(self.of * (x.of if isinstance(x, _Exact) else x))

    __radd__, __rmul__ = __add__, __mul__


class _Symbols:
    """Letters for coordinates of the set, inputs, and derivatives of the loss."""

    def __init__(self, graph: Graph, turns: int) -> None:
        inputs = sum(map(prod, graph.inputs.values()))
        outputs = sum(graph.nodes[i].size for i in graph.outputs)
        count = graph.parameters + turns + inputs + outputs
        self.ring = fmpq_mpoly_ctx.get(("a", count), Ordering.degrevlex)
        self.letters = iter(self.ring.gens())

    def take(self, count: int) -> list[Any]:
        return [_Exact(next(self.letters)) for _ in range(count)]

    def constant(self, x: Any) -> _Exact:
        return _Exact(self.ring.constant(fmpq(Fraction(x).numerator, Fraction(x).denominator)))

    def array(self, shape: Shape) -> Any:
        return np.array(self.take(prod(shape)), object).reshape(shape)


def conserved(graph: Graph, form: Form, on: States) -> bool:
    """Whether a law holds on the whole set: its gradient along the motion is the polynomial 0."""
    try:
        along = direction(form)
    except NotProved:
        return False
    return all(not _rate(graph, along, on, signs) for signs in on.signs())


def _rate(graph: Graph, along: dict[int, Poly], on: States, signs: tuple[int, ...]) -> Any:
    symbols = _Symbols(graph, on.turns)
    constant = symbols.constant
    free = arrays(graph, symbols.take(graph.parameters))
    values = on.tensors(free, symbols.take(on.turns), signs, constant(1))
    ring = Arrays(constant, object)
    given = values | {n: symbols.array(s) for n, s in graph.inputs.items()}
    places = graph.run(ring, given)
    seeds = [symbols.array(graph.nodes[i].shape) for i in graph.outputs]
    slopes = graph.gradient(ring, places, seeds)
    theta = [y for n in graph.params for y in values[n].ravel().tolist()]
    moved: list[Any] = []
    for n, shape in graph.params.items():
        moved += (
            slopes[n].ravel().tolist() if slopes[n] is not None else [constant(0)] * prod(shape)
        )
    total = constant(0)
    for i, poly in along.items():
        part = constant(0)
        for m, c in poly.items():
            one = constant(c)
            for j in m:
                one = one * theta[j]
            part = part + one
        total = total + part * moved[i]
    return total.of


def symmetric(graph: Graph, swap: Swap) -> bool:
    """Whether no output changes when coordinates change places."""
    symbols = _Symbols(graph, 0)
    ring = Arrays(symbols.constant, object)
    free = arrays(graph, symbols.take(graph.parameters))
    inputs = {n: symbols.array(s) for n, s in graph.inputs.items()}
    one, two = (graph.results(graph.run(ring, {**x, **inputs})) for x in (free, swap.image(free)))
    pairs = ((x, y) for a, b in zip(one, two, strict=True)
             for x, y in zip(a.ravel().tolist(), b.ravel().tolist(), strict=True))  # fmt: skip
    return all(not (x - y).of for x, y in pairs)
