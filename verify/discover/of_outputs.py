"""Laws in the outputs, where each of them is +-w^L of a coordinate of its own: a sum of squares of
the coordinates is a sum of |v|^(2/L).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from math import prod
from random import Random
from typing import Any

from verify.discover.at_states import STATES, State
from verify.discover.laws.atoms import Law
from verify.discover.laws.layout import Layout
from verify.discover.laws.refute import BITS, NUMBERS, TRIES, had
from verify.discover.laws.scalars import Scalars
from verify.discover.laws.text import signed
from verify.discover.laws.writing_out import written_out
from verify.discover.records import Conditional, Discovery
from verify.exact.errors import EnginesDisagree, NoValue
from verify.exact.precision import precision
from verify.trace.balls import Balls
from verify.trace.graph import Graph


@dataclass(frozen=True)
class Outputs:
    """Each output is +-w^degree of a coordinate of its own."""

    degree: int
    coordinates: tuple[int, ...]

    @classmethod
    def of(cls, graph: Graph) -> Outputs | None:
        """None where some output is something else."""
        if len(graph.outputs) != 1:
            return None
        try:
            scalars = written_out(replace(graph, losses=None))
        except NoValue:
            return None
        powers = [_power(scalars, c, v) for c, v in scalars.outputs]
        known = [x for x in powers if x is not None and x[0] < graph.parameters]
        degrees = {e for _, e in known}
        if len(known) < len(powers) or len(degrees) != 1 or degrees == {1}:
            return None
        at = tuple(i for i, _ in known)
        return cls(degrees.pop(), at) if len(set(at)) == len(at) else None

    def laws(
        self, d: Discovery, plain: Graph, small: Layout, laws: list[Law], condition: str,
        state: Callable[[Random], State],
    ) -> Iterator[Conditional]:  # fmt: skip
        """Of sums of squares of the coordinates, in the outputs; ``state``: of the set. Raises
        EnginesDisagree.
        """
        place = {i: k for k, i in enumerate(self.coordinates)}
        for law in laws:
            terms = law.form(small).terms
            squares = {m[0][0]: c for m, c in terms.items() if len(m) == 1 and m[0][1] == 2}
            if len(squares) < len(terms) or not squares.keys() <= place.keys() or len(terms) < 2:
                continue
            weights = {place[i]: Fraction(c) for i, c in squares.items()}
            against = _against(d, plain, weights, Fraction(2, self.degree))
            if against:
                held = self._held(d, plain, weights, state)
                yield Conditional(condition, self.text(weights), against, held)

    def _held(
        self, d: Discovery, plain: Graph, weights: Mapping[int, Fraction],
        state: Callable[[Random], State],
    ) -> int:  # fmt: skip
        """At how many states of the set it stands still. Raises EnginesDisagree."""
        draw, count, done = Random(d.seed), _seen(d), 0
        for _ in range(TRIES):
            values = {**state(draw), **_inputs(d, draw)}
            with suppress(NoValue, ZeroDivisionError):
                rate = rate_of_powers(
                    d.graph, plain, values, draw.choices(NUMBERS, k=count), weights,
                    Fraction(2, self.degree),
                )  # fmt: skip
                if rate.is_finite() and not rate.contains(0):
                    raise EnginesDisagree(f"{self.text(weights)} was proved, and changes: {values}")
                done += rate.is_finite()
            if done == STATES:
                break
        return done

    def text(self, weights: Mapping[int, Fraction]) -> str:
        """In the outputs v."""
        e = Fraction(2, self.degree)
        power = "" if e == 1 else f"^({e})"
        if len(weights) == len(self.coordinates) and set(weights.values()) == {Fraction(1)}:
            return f"sum(|v|{power}) of the outputs v"
        pieces = [(weights[j], f"|v[{j}]|{power}") for j in sorted(weights)]
        return f"{signed(pieces)} of the outputs v"


def _power(scalars: Scalars, c: Any, v: int) -> tuple[int, int] | None:
    """(coordinate, exponent) of an entry that is +-1 times a power of it."""
    if abs(c) != 1 or v < 0:
        return None
    d = scalars.definitions[v]
    if d.kind == "leaf":
        return v, 1
    if d.kind != "sum" or len(d.terms) != 1 or abs(d.terms[0][1]) != 1:
        return None
    inner = [_power(scalars, 1, w) for w in d.terms[0][0]]
    places = {x[0] for x in inner if x is not None}
    if None in inner or len(places) != 1:
        return None
    return places.pop(), sum(x[1] for x in inner if x is not None)


def _against(d: Discovery, plain: Graph, weights: Mapping[int, Fraction], e: Fraction) -> str:
    """A state of the tensors, anywhere, at which sum_j c_j |v_j|^e changes; "" where none is
    found.
    """
    draw, count = Random(d.seed), _seen(d)
    for _ in range(TRIES):
        values = {n: tuple(draw.choices(NUMBERS, k=prod(s))) for n, s in d.graph.params.items()}
        values |= _inputs(d, draw)
        losses = draw.choices(NUMBERS, k=count)
        try:
            rate = rate_of_powers(d.graph, plain, values, losses, weights, e)
        except (NoValue, ZeroDivisionError):
            continue
        if rate.is_finite() and not rate.contains(0):
            said = "; ".join(f"{n} = {', '.join(map(str, x))}" for n, x in values.items())
            seen = ", ".join(map(str, had(d.graph, values, tuple(losses))))
            return f"at {said}, gradient {seen} of what the loss sees: its rate is {rate.str(10)}"
    return ""


def _seen(d: Discovery) -> int:
    """How many numbers the losses see."""
    return sum(d.graph.nodes[i].size for i in d.graph.outputs)


def _inputs(d: Discovery, draw: Random) -> dict[str, tuple[Any, ...]]:
    return {n: tuple(draw.choices(NUMBERS, k=prod(s))) for n, s in d.graph.inputs.items()}


def rate_of_powers(
    graph: Graph, plain: Graph, values: Mapping[str, Any], losses: Any,
    weights: Mapping[int, Fraction], e: Fraction,
) -> Any:  # fmt: skip
    """Enclosed: e sum_j c_j |v_j|^(e - 2) v_j v_j'."""
    ring = Balls()
    with precision(BITS):
        given = {n: ring.array(values[n], s) for n, s in {**graph.params, **graph.inputs}.items()}
        speeds = _gradient(graph, ring, given, losses)
        (place,) = plain.outputs
        outputs = plain.run(ring, given)[place].ravel()
        total = ring.lift(Fraction(0))
        for j, c in weights.items():
            unit = [Fraction(k == j) for k in range(len(outputs))]
            slopes = _gradient(replace(plain, losses=None), ring, given, unit)
            pairs = zip(slopes, speeds, strict=True)
            v, moved = outputs[j], sum((-x * y for x, y in pairs), ring.lift(Fraction(0)))
            total += ring.lift(c * e) * abs(v) ** ring.lift(e - 2) * v * moved
    return total


def _gradient(graph: Graph, ring: Any, given: Mapping[str, Any], losses: Any) -> list[Any]:
    seeds, at = [], 0
    for i in graph.outputs:
        node = graph.nodes[i]
        seeds.append(ring.array(losses[at : at + node.size], node.shape))
        at += node.size
    found = graph.gradient(ring, graph.run(ring, given), seeds)
    rows = (found[n] for n in graph.params)
    return [x for n, row in zip(graph.params, rows, strict=True)
            for x in (row.ravel().tolist() if row is not None else
                      [ring.lift(Fraction(0))] * prod(graph.params[n]))]  # fmt: skip
