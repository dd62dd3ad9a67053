"""Against a proposed law: an exact state, data and a loss along whose gradient it changes.

The rate is a fraction where the model is rational there, else a ball that does not contain 0. That
none is found says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from random import Random
from typing import Any

import numpy as np
from flint import arb

from verify.discover.laws.forms import Form, slopes
from verify.exact.errors import NoValue
from verify.exact.precision import precision
from verify.exact.rings import Inexact
from verify.trace.balls import Balls
from verify.trace.graph import Graph
from verify.trace.numbers import Fractions

TRIES, BITS = 24, 128
#: what is drawn: small, so that a reader can follow
NUMBERS = tuple(Fraction(x) for x in ("1", "-1", "2", "-2", "1/2", "-1/2", "3", "-3"))


class Decided(Fractions):
    """Fractions without a pattern at its border, where the model has no derivative: NoValue."""

    def step(self, place: int, z: Any) -> Any:
        if any(x == 0 for x in z.ravel()):
            raise NoValue("a pattern at its border")
        return super().step(place, z)

    def top(self, place: int, z: Any, k: int, axis: int) -> Any:
        rows = np.moveaxis(z, axis, -1).reshape(-1, z.shape[axis])
        if any(len(set(row)) < len(row) for row in rows):
            raise NoValue("equal entries, of which the largest are taken")
        return super().top(place, z, k, axis)


@dataclass(frozen=True)
class Witness:
    """``values``: tensors and inputs by name, row by row; ``losses``: the derivative of the loss by
    each entry of the outputs (that of <losses, f>, or of half the squared error with the targets
    f - losses), exact or enclosed; ``rate``: the derivative of the law along the flow, as well.
    """

    values: Mapping[str, tuple[Any, ...]]
    losses: tuple[Any, ...]
    rate: Any

    @property
    def exact(self) -> bool:
        return isinstance(self.rate, Fraction)

    def text(self, product: bool = False) -> str:
        """In one line. What is written as a ``product`` of powers is judged by its logarithm."""
        said = "; ".join(f"{n} = {', '.join(map(_shown, x))}" for n, x in self.values.items())
        gradient = ", ".join(map(_shown, self.losses))
        whose = "the rate of its logarithm" if product else "its rate"
        return f"at {said}, loss gradient {gradient}: {whose} is {self.rate_text()}"

    def rate_text(self) -> str:
        """A fraction, or a ball."""
        return _shown(self.rate)


def _shown(x: Any) -> str:
    return x.str(10) if isinstance(x, arb) else str(x)


def refuted(
    graph: Graph, form: Form, seed: int = 0, speeds: Mapping[str, Fraction] | None = None
) -> Witness | None:
    """A witness against the law, or None. ``speeds``: step sizes by tensor (1 where none)."""
    draw = Random(seed)
    shapes = dict(graph.params) | dict(graph.inputs)
    count = sum(graph.nodes[i].size for i in graph.outputs)
    for _ in range(TRIES):
        values = {n: tuple(draw.choices(NUMBERS, k=prod(s))) for n, s in shapes.items()}
        losses = tuple(draw.choices(NUMBERS, k=count))
        try:
            rate = rate_at(graph, form, values, losses, speeds or {})
        except (NoValue, ZeroDivisionError):
            continue
        if rate != 0 if isinstance(rate, Fraction) else not rate.contains(0):
            return Witness(values, had(graph, values, losses), rate)
    return None


def had(
    graph: Graph, values: Mapping[str, tuple[Any, ...]], losses: tuple[Fraction, ...]
) -> tuple[Any, ...]:
    """The gradient that the losses of the graph have in place of an arbitrary one."""
    if graph.losses is None:
        return losses
    shapes = dict(graph.params) | dict(graph.inputs)
    (place,) = graph.outputs
    shape = graph.nodes[place].shape
    for ring in (Decided(), Balls()):
        with suppress(Inexact, OverflowError), precision(BITS):
            given = {n: ring.array(values[n], s) for n, s in shapes.items()}
            output = graph.run(ring, given)[place]
            seeds = graph.losses.gradients(ring, output, [ring.array(losses, shape)])
            return tuple(seeds[0].ravel().tolist())
    raise NoValue("no gradient of a loss")


def rate_at(
    graph: Graph, form: Form, values: Mapping[str, tuple[Any, ...]],
    losses: tuple[Fraction, ...], speeds: Mapping[str, Fraction],
) -> Any:  # fmt: skip
    """d/dt of the law where each tensor moves by minus its speed times its gradient: a fraction,
    or a ball where something is not rational. Raises NoValue, ZeroDivisionError.
    """
    if not any(isinstance(x, arb) for row in values.values() for x in row):
        try:
            return _rate(Decided(), graph, form, values, losses, speeds)
        except (Inexact, OverflowError):
            pass
    with precision(BITS):
        rate = _rate(Balls(), graph, form, values, losses, speeds)
        if not rate.is_finite():
            raise NoValue("it has no value there, or none that is enclosed")
        return rate


def _rate(ring: Any, graph: Graph, form: Form, values: Any, losses: Any, speeds: Any) -> Any:
    shapes = dict(graph.params) | dict(graph.inputs)
    given = {n: ring.array(values[n], s) for n, s in shapes.items()}
    seeds, at = [], 0
    for i in graph.outputs:
        node = graph.nodes[i]
        seeds.append(ring.array(losses[at : at + node.size], node.shape))
        at += node.size
    found = graph.gradient(ring, graph.run(ring, given), seeds)
    state: list[Any] = []
    moves: list[Any] = []
    for n in graph.params:
        state += given[n].ravel().tolist()
        part = found[n].ravel().tolist() if found[n] is not None else [0] * prod(graph.params[n])
        moves += [-ring.lift(Fraction(speeds.get(n, 1))) * x for x in part]
    total = ring.lift(Fraction(0))
    for i, slope in slopes(form, state, ring.lift).items():
        total = total + slope * moves[i]
    return total
