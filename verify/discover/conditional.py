"""Laws on an invariant set alone: where laws u_i^2 - v_i^2 were proved of two tensors, entry by
entry, u = v is kept by every trajectory: (u_i - v_i)' (u_i + v_i) + (u_i - v_i) (u_i + v_i)' = 0
makes (u_i - v_i)' = 0 where u_i = v_i is not 0, and then everywhere, as it is continuous.

On it the model has one tensor in place of m, which moves as if at the rate 1/m. What that model
conserves beyond what holds anyway is a law while u = v; where each output is +-w_j^L of the tensor
w, a law sum_j w_j^2 is sum_j |v_j|^(2/L) of the outputs. The copy without the condition is refuted
at an exact state. Of other sets: ``on_sets``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import partial
from math import prod
from random import Random
from typing import Any

import numpy as np

from verify.discover.at_states import State, drawn, held, rows
from verify.discover.discovery import discover
from verify.discover.flows import GRADIENT, Rates
from verify.discover.laws.atoms import Law
from verify.discover.laws.forms import Form, gradient, monomial
from verify.discover.laws.layout import Layout
from verify.discover.laws.modular import PRIME, Residues, independent
from verify.discover.laws.refute import refuted
from verify.discover.laws.text import is_product
from verify.discover.of_outputs import Outputs
from verify.discover.on_sets import on_sets
from verify.discover.records import Conditional, Discovery
from verify.exact.errors import BadInput
from verify.trace.graph import Graph

MOST = 64  #: parameters


def conditional(d: Discovery, plain: Graph) -> tuple[Conditional, ...]:
    """``plain``: the graph with its own outputs, whatever the losses see of them."""
    if d.flow is not GRADIENT or d.graph.parameters > MOST:
        return ()
    ties = _ties(d)
    return (*(_while_tied(d, plain, ties) if ties else ()), *on_sets(d, ties))


def _while_tied(d: Discovery, plain: Graph, ties: Mapping[str, str]) -> list[Conditional]:
    small = _tied(d.graph, ties)
    count = {n: 1 for n in small.params}
    for other in ties.values():
        count[other] += 1
    rates = Rates({n: Fraction(1, m) for n, m in count.items()})
    try:
        there = discover(small, d.seed, flow=rates, loss=d.loss)
    except BadInput:  # nothing moves on the set
        return []
    known = _Known(d, there.layout, ties)
    condition = _said(ties)
    sure = [(w.text, x) for w in there.written if w.proved == len(w.laws) for x in w.laws]
    found = list(_beyond(d, there.layout, known, sure, ties, condition))
    outputs = Outputs.of(_tied(plain, ties))
    if outputs is not None:
        state = partial(_state, d.graph, ties)
        found += outputs.laws(d, plain, there.layout, [x for _, x in sure], condition, state)
    return found


def _ties(d: Discovery) -> dict[str, str]:
    """Tensors that may be put equal to an earlier one."""
    layout, equal = d.layout, set[tuple[int, int]]()
    for w in d.written:
        for x in w.laws if w.proved == len(w.laws) else ():
            terms = x.form(layout).terms
            places = [m[0][0] for m in terms if len(m) == 1 and m[0][1] == 2]
            if len(terms) == len(places) == 2 and not sum(terms.values()):
                equal.add((min(places), max(places)))
    found: dict[str, str] = {}
    names = [n for n, _ in layout.tensors]
    for k, b in enumerate(names):
        for a in names[:k]:
            one, two = layout.starts[a], layout.starts[b]
            pairs = {(one + i, two + i) for i in range(prod(layout.shapes[a]))}
            if a not in found and layout.shapes[a] == layout.shapes[b] and pairs <= equal:
                found.setdefault(b, a)
    return found


def _tied(graph: Graph, ties: Mapping[str, str]) -> Graph:
    """With one tensor in place of those that are equal."""
    place = {n.data: k for k, n in enumerate(graph.nodes) if n.op == "param"}
    instead = {place[b]: place[a] for b, a in ties.items()}
    nodes = tuple(replace(n, args=tuple(instead.get(k, k) for k in n.args)) for n in graph.nodes)
    nodes = tuple(replace(n, data=ties.get(n.data, n.data)) if n.op == "param" else n
                  for n in nodes)  # fmt: skip
    params = {n: s for n, s in graph.params.items() if n not in ties}
    outputs = tuple(instead.get(k, k) for k in graph.outputs)
    return Graph(graph.name, params, graph.inputs, nodes, outputs, graph.notes, graph.losses)


def _said(ties: Mapping[str, str]) -> str:
    groups: dict[str, list[str]] = {}
    for b, a in ties.items():
        groups.setdefault(a, [a]).append(b)
    return ", ".join(" = ".join(x) for x in groups.values())


def _place(layout: Layout, small: Layout, ties: Mapping[str, str]) -> list[int]:
    """Of each coordinate the one that it is equal to, in the smaller layout."""
    found = []
    for name, shape in layout.tensors:
        start = small.starts[ties.get(name, name)]
        found += list(range(start, start + prod(shape)))
    return found


class _Known:
    """The gradients on the set of the laws that hold everywhere, at one point modulo the prime."""

    def __init__(self, d: Discovery, small: Layout, ties: Mapping[str, str]) -> None:
        source = np.random.Generator(np.random.PCG64(d.seed))
        self.small = small
        self.point = source.integers(1, PRIME, (1, small.size), dtype=np.uint64)
        self.rows = np.zeros((0, small.size), np.uint64)
        place = np.array(_place(d.layout, small, ties))
        for w in d.written:
            for x in w.laws:
                self._add(x.form(d.layout), self.point[:, place], place)

    def _add(self, form: Form, at: Residues, place: Any) -> bool:
        touched, slopes = gradient(form, at)
        row = np.zeros(self.small.size, np.uint64)
        np.add.at(row, place[touched], slopes[0])
        rows = np.concatenate([self.rows, row[None] % np.uint64(PRIME)])
        kept = rows[independent(rows)]
        new = len(kept) > len(self.rows)
        self.rows = kept
        return new

    def beyond(self, law: Law) -> bool:
        """Whether it depends on none of them; then it is one of them."""
        return self._add(law.form(self.small), self.point, np.arange(self.small.size))


def _beyond(
    d: Discovery, small: Layout, known: _Known, laws: list[tuple[str, Law]],
    ties: Mapping[str, str], condition: str,
) -> Iterator[Conditional]:  # fmt: skip
    """Laws of the set that are none elsewhere."""
    back = [d.layout.starts[n] + i for n, s in small.tensors for i in range(prod(s))]
    for text, law in laws:
        if not known.beyond(law):
            continue
        form = law.form(small)
        moved = Form(_moved(form.terms, back), tuple((c, _moved(p, back)) for c, p in form.logs))
        against = refuted(d.graph, moved, d.seed)
        if against is not None:
            told = Conditional(condition, text, against.text(is_product(law)))
            yield held(d.graph, told, partial(_state, d.graph, ties), d.seed)


def _state(graph: Graph, ties: Mapping[str, str], draw: Random) -> State:
    made = drawn(graph, draw)
    return rows(made | {b: made[a] for b, a in ties.items()})


def _moved(terms: Mapping[Any, Any], back: list[int]) -> dict[Any, Any]:
    return {monomial((back[i], e) for i, e in m): c for m, c in terms.items()}
