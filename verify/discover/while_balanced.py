"""Laws while matrices are balanced that are none elsewhere, such as the columns that a wide layer
spans: sought at points of the set, by the stages that seek laws anywhere, and proved as polynomial
identities in coordinates of the set, of every loss that is meant.

Asked of models that are polynomials. How much room there is says the rank of the Lie algebra at a
point of the set; where there is none nothing is sought.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from random import Random
from typing import Any

import numpy as np
from flint import Ordering, fmpq, fmpq_mpoly_ctx

from verify.discover.balanced import Balanced, sets
from verify.discover.choices import Point
from verify.discover.closure import closure
from verify.discover.draws import Sampler
from verify.discover.laws.atoms import Law
from verify.discover.laws.direction import NotProved, direction
from verify.discover.laws.families import families
from verify.discover.laws.find import STAGES, through
from verify.discover.laws.forms import Form, gradient
from verify.discover.laws.layout import Layout
from verify.discover.laws.modular import PRIME, independent, matmul
from verify.discover.laws.refute import refuted
from verify.discover.laws.scalars import Poly
from verify.discover.laws.search import Draws, Ranked, Search
from verify.discover.laws.text import family
from verify.discover.records import Conditional, Discovery
from verify.exact.errors import NoValue
from verify.trace.graph import Graph, Shape
from verify.trace.jets import NoRoot
from verify.trace.numbers import Arrays

MOST = 24  #: parameters
OPS = {"param", "input", "const", "add", "sub", "mul", "neg", "einsum", "reshape", "transpose",
       "broadcast", "index", "concat"}  # fmt: skip


def while_balanced(d: Discovery) -> Iterator[Conditional]:
    """Proved there, and refuted at a state elsewhere."""
    slopes = d.graph.losses.slopes.nodes if d.graph.losses else ()
    if d.graph.parameters > MOST or any(n.op not in OPS for n in (*d.graph.nodes, *slopes)):
        return
    proved = [w for w in d.written if w.proved == len(w.laws)]
    for on in sets(d.layout, [(w.family, w.text) for w in proved]):
        laws = [x for w in proved for x in w.laws]
        try:
            found = _beyond(d, on, laws)
        except (NoValue, NoRoot):
            continue
        for f in families(tuple(found), d.layout):
            against = refuted(d.graph, f.laws[0].form(d.layout), d.seed)
            if against is not None:
                yield Conditional(on.condition, family(d.layout, f), against.text())


def _beyond(d: Discovery, on: Balanced, known: list[Law]) -> list[Law]:
    """Laws of the set, independent on it of those that hold anyway. Raises NoValue and NoRoot."""
    assert d.settled is not None
    sampler = _OnSet(d.graph, d.settled.rules, PRIME, d.seed + 5)
    sampler.on = on
    theta, tangent = sampler.tangent()
    ranked = _Along(d.layout, d.seed, theta, tangent)
    ranked.add(known)
    most = len(tangent) - _rank_at(sampler, theta)
    if ranked.rank >= most:
        return []
    draws = Draws(d.layout, sampler.fields)
    search = Search(d.layout, draws, ranked, most, Random(d.seed))
    through(search, STAGES)
    return [x for x in search.laws if conserved(d.graph, x.form(d.layout), on)]


def _rank_at(sampler: _OnSet, theta: Any) -> int:
    sampler.held = Point(theta, sampler.random, sampler.numbers)
    try:
        return closure(sampler).dimension
    finally:
        sampler.held = None


class _Along(Ranked):
    """Gradients along a set, at one of its points: what is constant on it has none."""

    def __init__(self, layout: Layout, seed: int, theta: Any, tangent: Any) -> None:
        super().__init__(layout, seed)
        self.point, self.tangent, self.width = theta, tangent, len(tangent)
        self.rows = np.zeros((0, self.width), np.uint64)

    def _row(self, law: Law) -> Any:
        touched, slopes = gradient(law.form(self.layout), self.point)
        return matmul(slopes, np.ascontiguousarray(self.tangent[:, touched].T))[0]


class _OnSet(Sampler):
    """Draws at points of a set."""

    on: Balanced
    held: Point | None = None

    def point(self, count: int = 1) -> Point:
        if self.held is not None:
            return self.held
        rows = np.concatenate([self._at(None)[0] for _ in range(count)])
        return Point(rows, self.random, self.numbers)

    def tangent(self) -> tuple[Any, Any]:
        """A point, (1, D), and a basis of the directions along the set, (n, D)."""
        state = self.random.bit_generator.state
        rows = []
        for k in range(self.graph.parameters + self.on.turns):
            self.random.bit_generator.state = state
            theta, slope = self._at(k)
            rows.append(slope)
        along = np.concatenate(rows)
        return theta, along[independent(along)]

    def _at(self, moved: int | None) -> tuple[Any, Any]:
        """A point, and its derivative by one coordinate of the set."""
        count = self.graph.parameters + self.on.turns
        drawn = self.random.integers(1, PRIME, count).tolist()
        x = [_Dual(c, int(k == moved)) for k, c in enumerate(drawn)]
        sign = [int(s) for s in self.random.choice([1, -1], len(self.on.links))]
        free = _arrays(self.graph, x)
        made = self.on.tensors(free, x[self.graph.parameters :], sign, _Dual(1, 0))
        flat = [y for n in self.graph.params for y in made[n].ravel().tolist()]
        part = lambda row: np.array([row], np.uint64)
        return part([y.value for y in flat]), part([y.slope for y in flat])


@dataclass(frozen=True)
class _Dual:
    """A number modulo the prime, and its derivative."""

    value: int
    slope: int

    def __add__(self, x: _Dual) -> _Dual:
        return _Dual((self.value + x.value) % PRIME, (self.slope + x.slope) % PRIME)

    def __sub__(self, x: _Dual) -> _Dual:
        return self + x * -1

    def __mul__(self, x: _Dual | int) -> _Dual:
        if not isinstance(x, _Dual):
            return _Dual(self.value * x % PRIME, self.slope * x % PRIME)
        slope = self.value * x.slope + self.slope * x.value
        return _Dual(self.value * x.value % PRIME, slope % PRIME)

    __rmul__ = __mul__


def _arrays(graph: Graph, flat: list[Any]) -> dict[str, Any]:
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


def conserved(graph: Graph, form: Form, on: Balanced) -> bool:
    """Whether a law holds on the whole set: its gradient along the motion is the polynomial 0."""
    try:
        along = direction(form)
    except NotProved:
        return False
    return all(not _rate(graph, along, on, signs) for signs in on.signs())


def _rate(graph: Graph, along: dict[int, Poly], on: Balanced, signs: tuple[int, ...]) -> Any:
    symbols = _Symbols(graph, on.turns)
    constant = symbols.constant
    free = _arrays(graph, symbols.take(graph.parameters))
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
