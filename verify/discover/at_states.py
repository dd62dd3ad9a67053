"""Laws on sets at exact states of the set: the condition as it is printed holds there and is kept,
and the law as it is printed stands still, both read again as text.

It proves nothing, and takes nothing from what does: points, conditions and laws that are not what
is printed are refuted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from math import prod
from random import Random
from typing import Any

import numpy as np

from verify.discover.laws.forms import Form
from verify.discover.laws.layout import Layout
from verify.discover.laws.reading import laws_of
from verify.discover.laws.refute import NUMBERS, rate_at
from verify.discover.records import Conditional
from verify.exact.errors import EnginesDisagree, NoValue
from verify.trace.graph import Graph

STATES, TRIES = 3, 24
#: tensors by name, entries row by row
State = Mapping[str, tuple[Any, ...]]


def held(
    graph: Graph, found: Conditional, state: Callable[[Random], State], seed: int
) -> Conditional:
    """The same, with the number of states at which all is as printed. Raises EnginesDisagree."""
    layout = Layout.of(graph.params)
    law = [form for _, form in laws_of(found.text, layout)]
    condition = list(equations(found.condition, layout))
    draw, done = Random(seed), 0
    for _ in range(TRIES):
        values = dict(state(draw))
        for n, s in graph.inputs.items():
            values[n] = tuple(draw.choices(NUMBERS, k=prod(s)))
        losses = tuple(draw.choices(NUMBERS, k=sum(graph.nodes[i].size for i in graph.outputs)))
        flat = [x for n in graph.params for x in values[n]]
        if any(_value(form, flat) for form in condition):
            raise EnginesDisagree(f"a state of the set {found.condition} is none of it")
        try:
            rates = [rate_at(graph, form, values, losses, {}) for form in (*condition, *law)]
        except (NoValue, ZeroDivisionError):
            continue
        if not all(map(_may_be_0, rates)):
            raise EnginesDisagree(
                f"while {found.condition}: {found.text} was proved, and changes at {values},"
                f" loss gradient {losses}"
            )
        done += 1
        if done == STATES:
            break
    return replace(found, states=done)


def equations(condition: str, layout: Layout) -> Iterator[Form]:
    """What is 0 where it holds: a = b = c, d = e, entry by entry."""
    for part in _apart(condition):
        first, *others = part.split(" = ")
        for x in others:
            yield from (form for _, form in laws_of(f"{first} - ({x})", layout))


def _apart(text: str) -> list[str]:
    """At commas outside of brackets."""
    found, depth = [""], 0
    for c in text:
        depth += (c in "([") - (c in ")]")
        if c == "," and not depth:
            found.append("")
        else:
            found[-1] += c
    return [x.strip() for x in found]


def _value(form: Form, flat: list[Any]) -> Any:
    total = Fraction(0)
    for m, c in form.terms.items():
        total += c * prod((flat[i] ** e for i, e in m), start=Fraction(1))
    return total


def _may_be_0(rate: Any) -> bool:
    return rate == 0 if isinstance(rate, Fraction) else bool(rate.contains(0))


def drawn(graph: Graph, draw: Random) -> dict[str, Any]:
    """Tensors of small fractions, as arrays of objects."""
    made = {}
    for n, s in graph.params.items():
        made[n] = np.empty(prod(s), object)
        made[n][:] = draw.choices(NUMBERS, k=prod(s))
        made[n] = made[n].reshape(s)
    return made


def rows(arrays: Mapping[str, Any]) -> State:
    """Entries row by row."""
    return {n: tuple(map(Fraction, x.ravel().tolist())) for n, x in arrays.items()}
