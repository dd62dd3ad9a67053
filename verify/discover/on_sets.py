"""Laws of an invariant set that are none elsewhere, such as the columns that a wide layer spans
while it is balanced: sought at points of the set, by the stages that seek laws anywhere, and proved
as polynomial identities in coordinates of the set, of every loss that is meant. Sets are those on
which matrices are balanced, and those that a symmetry of the model leaves alone.

Asked of models that are polynomials. How much room there is says the rank of the Lie algebra at a
point of the set; where there is none nothing is sought.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from random import Random
from typing import Any

import numpy as np

from verify.discover.at_states import State, drawn, held, rows
from verify.discover.balanced import sets
from verify.discover.choices import Point
from verify.discover.closure import closure
from verify.discover.draws import Sampler
from verify.discover.fixed import swaps
from verify.discover.identities import States, arrays, conserved, polynomial, symmetric
from verify.discover.laws.atoms import Law
from verify.discover.laws.families import families
from verify.discover.laws.find import STAGES, through
from verify.discover.laws.forms import gradient
from verify.discover.laws.layout import Layout
from verify.discover.laws.modular import PRIME, independent, matmul
from verify.discover.laws.peeling import Row
from verify.discover.laws.refute import NUMBERS, refuted
from verify.discover.laws.search import Draws, Ranked, Search
from verify.discover.laws.text import family, is_product
from verify.discover.records import Conditional, Discovery, Written
from verify.exact.errors import NoValue
from verify.trace.graph import Graph
from verify.trace.jets import NoRoot

MOST = 24  #: parameters


def on_sets(d: Discovery, tied: Mapping[str, str]) -> Iterator[Conditional]:
    """Proved there, and refuted at a state elsewhere; not while tensors are equal that are ``tied``
    to others.
    """
    if d.settled is None or d.graph.parameters > MOST or not polynomial(d.graph):
        return
    proved = [w for w in d.written if w.proved == len(w.laws)]
    known = [x for w in proved for x in w.laws]
    for on in _sets(d, proved, tied):
        try:
            found = _beyond(d, on, known)
        except (NoValue, NoRoot):
            continue
        for f in families(tuple(found), d.layout):
            against = refuted(d.graph, f.laws[0].form(d.layout), d.seed)
            if against is not None:
                text = against.text(is_product(f.laws[0]))
                told = Conditional(on.condition, family(d.layout, f), text)
                yield held(d.graph, told, partial(_state, d.graph, on), d.seed)


def _state(graph: Graph, on: States, draw: Random) -> State:
    turns = [draw.choice(NUMBERS) for _ in range(on.turns)]
    return rows(on.tensors(drawn(graph, draw), turns, draw.choice(on.signs()), Fraction(1)))


def _sets(d: Discovery, proved: list[Written], tied: Mapping[str, str]) -> Iterator[States]:
    yield from sets(d.layout, [(w.family, w.text) for w in proved])
    equal = {f"{a} = {b}" for b, a in tied.items()}
    for swap in swaps(d.layout, [w.family for w in proved]):
        if swap.condition not in equal and symmetric(d.graph, swap):
            yield swap


def _beyond(d: Discovery, on: States, known: list[Law]) -> list[Law]:
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
        self.point, self.tangent, self.size = theta, tangent, len(tangent)

    def _row(self, law: Law) -> Row:
        touched, slopes = gradient(law.form(self.layout), self.point)
        along = matmul(slopes, np.ascontiguousarray(self.tangent[:, touched].T))[0]
        return np.arange(self.size), along


class _OnSet(Sampler):
    """Draws at points of a set."""

    on: States
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
        pieces = self.on.signs()
        sign = pieces[int(self.random.integers(len(pieces)))]
        free = arrays(self.graph, x)
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
