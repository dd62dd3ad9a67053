"""How the tensors move: gradient flow, with a rate for each tensor, in the metric diag(theta), or
as a heavy ball. Of a flow the engine asks its state, its field from gradients, and, for a law that
was found, a law of plain gradient flow that is conserved if and only if the found one is.

theta' = -M(theta) grad: h is conserved where grad h . M grad f = 0 for all outputs f, so that
M grad h has to be a direction in which no output moves; where it is the gradient of another
function, that one is what is proved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from verify.discover.laws.atoms import Atom, Inner, Law, Log, Minor, Power, Total, law, square
from verify.discover.laws.layout import Layout
from verify.exact.errors import BadInput
from verify.exact.numbers import number
from verify.trace.graph import Graph, Shape
from verify.trace.jets import Jet, Jets


class Flow:
    """Gradient flow, theta' = -grad."""

    text = "gradient flow"

    def shapes(self, graph: Graph) -> dict[str, Shape]:
        """What moves, by name: the tensors, and what the flow adds."""
        return dict(graph.params)

    def size(self, graph: Graph) -> int:
        return graph.parameters

    def field(self, ring: Jets, graph: Graph, state: Jet, slopes: Jet, weight: Any) -> Jet:
        """At a jet of the state, from the gradient there; ``weight`` is a number of the draw."""
        return slopes

    def plain(self, found: Law, layout: Layout) -> Law | None:
        """The law of gradient flow that is proved instead, where there is one."""
        return found

    def metric(self, graph: Graph) -> Mapping[str, tuple[Fraction, int]] | None:
        """(c, k) of each tensor: x' = -c x^k dL/dx entry by entry; of gradient flow nothing."""
        return {}

    def constants(self, graph: Graph) -> list[Fraction]:
        """What the metric has."""
        return [c for c, _ in (self.metric(graph) or {}).values()]


@dataclass(frozen=True)
class Rates(Flow):
    """theta' = -eta grad, with a rate for each tensor."""

    rates: Mapping[str, Fraction]

    @property
    def text(self) -> str:  # type: ignore[override]
        return "rates " + ", ".join(f"{n} {x}" for n, x in self.rates.items())

    def field(self, ring: Jets, graph: Graph, state: Jet, slopes: Jet, weight: Any) -> Jet:
        row = np.ones((1, graph.parameters), np.uint64)
        for name, _, cut in graph.slices():
            row[:, cut] = ring.field.lift(self.rates[name])
        return {s: ring.field.mul(x, row) for s, x in slopes.items()}

    def plain(self, found: Law, layout: Layout) -> Law | None:
        scaled = []
        for c, atom in found.sum:
            rates = {self.rates[name] for name in _tensors(atom, layout)}
            if len(rates) != 1:
                return None
            scaled.append((c * rates.pop(), atom))
        return law([a for _, a in scaled], [c for c, _ in scaled])

    def metric(self, graph: Graph) -> Mapping[str, tuple[Fraction, int]] | None:
        return {name: (rate, 0) for name, rate in self.rates.items()}


class Diagonal(Flow):
    """theta' = -diag(theta) grad."""

    text = "metric diag(theta)"

    def field(self, ring: Jets, graph: Graph, state: Jet, slopes: Jet, weight: Any) -> Jet:
        return ring.mul(state, slopes)

    def plain(self, found: Law, layout: Layout) -> Law | None:
        squares: list[tuple[Fraction, Atom]] = []
        for c, atom in found.sum:
            if not isinstance(atom, Total):
                return None
            squares.append((c, square(atom.part)))
        return law([a for _, a in squares], [c for c, _ in squares])

    def metric(self, graph: Graph) -> Mapping[str, tuple[Fraction, int]] | None:
        return dict.fromkeys(graph.params, (Fraction(1), 1))


class HeavyBall(Flow):
    """theta'' = -tau theta' - grad, over tensors, velocities and time; tau is drawn, so that what
    is counted holds for all tau > 0 but some.
    """

    text = "heavy ball theta'' = -tau theta' - grad, tau generic, over tensors, velocities and time"

    def shapes(self, graph: Graph) -> dict[str, Shape]:
        names = {f"d{n}": s for n, s in graph.params.items()}
        clash = next((n for n in (*names, "t") if n in graph.params), None)
        if clash:
            raise BadInput(f"--flow heavy-ball: {clash} is a tensor, a velocity or time: rename it")
        return {**graph.params, **names, "t": ()}

    def size(self, graph: Graph) -> int:
        return 2 * graph.parameters + 1

    def field(self, ring: Jets, graph: Graph, state: Jet, slopes: Jet, weight: Any) -> Jet:
        f, d = ring.field, graph.parameters
        tau = ring.choice.free("tau")
        made: Jet = {}
        for s in sorted(state.keys() | slopes.keys()):
            row = np.zeros((weight.shape[0], 2 * d + 1), np.uint64)
            if s in state:
                drift = f.mul(state[s][:, d : 2 * d], weight)
                row[:, :d] = drift
                row[:, d : 2 * d] = f.neg(f.mul(drift, tau))
            if s in slopes:
                row[:, d : 2 * d] = f.sub(row[:, d : 2 * d], slopes[s])
            row[:, 2 * d] = weight[:, 0] if s == 0 else 0
            made[s] = row
        return made

    def plain(self, found: Law, layout: Layout) -> Law | None:
        return None

    def metric(self, graph: Graph) -> Mapping[str, tuple[Fraction, int]] | None:
        return None


GRADIENT = Flow()


def flow(text: str | None, graph: Graph) -> Flow:
    """``heavy-ball``, ``diagonal``, or rates such as W1=2,W2=1/3 (1 for the others). Raises
    BadInput.
    """
    if text is None:
        return GRADIENT
    named = {"heavy-ball": HeavyBall, "diagonal": Diagonal}
    if text in named:
        made = named[text]()
        made.shapes(graph)
        return made
    rates = dict[str, Fraction]()
    for pair in text.split(","):
        name, equals, value = (x.strip() for x in pair.partition("="))
        if not equals or name not in graph.params:
            raise BadInput(
                f"--flow {text!r:.60}: expected heavy-ball, diagonal, or rates such as"
                f" {next(iter(graph.params))}=1/2; tensors: {', '.join(graph.params)}"
            )
        if name in rates:
            raise BadInput(f"--flow: the rate of {name} is given twice; expected one")
        rates[name] = number(value, f"--flow: the rate of {name}")
        if rates[name] <= 0:
            raise BadInput(f"--flow: the rate of {name} is {rates[name]}; expected one above 0")
    return Rates({name: rates.get(name, Fraction(1)) for name in graph.params})


def _tensors(atom: Atom | Minor, layout: Layout) -> set[str]:
    if isinstance(atom, Inner):
        return {atom.left.tensor, atom.right.tensor}
    if isinstance(atom, Total):
        return {atom.part.tensor}
    if isinstance(atom, Power):
        return {layout.entry(i)[0] for i, _ in atom.factors}
    return _tensors(atom.of, layout) if isinstance(atom, Log) else {atom.tensor}
