"""A program in a ring, which has zero, number, plus, times, inverse and the one constant: jets
modulo a prime, and enclosures. Its values forwards, and by one pass backwards its gradients.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from verify.kernel.traced.program import Program
from verify.kernel.traced.variables import Number, Product


def total(terms: Iterable[tuple[Product, Number]], values: Any, ring: Any) -> Any:
    """A sum of products of variables, from their values."""
    found = ring.zero
    for m, c in terms:
        one = ring.number(c)
        for x in m:
            one = ring.times(one, values[x])
        found = ring.plus(found, one)
    return found


def forward(
    program: Program, ring: Any, function: Callable[[int, list[Any]], Any], some: Iterable[int]
) -> list[Any]:
    """The values of some variables; what is not rational by a function of those before it."""
    every = program.variables.all
    made = [ring.zero] * len(every)
    for v in some:
        match every[v].kind:
            case "sum":
                made[v] = total(every[v].terms, made, ring)
            case "inv":
                made[v] = ring.inverse(made[every[v].of])
            case "free":
                made[v] = ring.constant
            case _:
                made[v] = function(v, made)
    return made


def backward(program: Program, ring: Any, values: Sequence[Any], seeds: Iterable[Any]) -> list[Any]:
    """By the D coordinates, of the sum of the outputs times these numbers, times the rates."""
    slopes: dict[int, Any] = {}

    def add(v: int, part: Any) -> None:
        slopes[v] = ring.plus(slopes[v], part) if v in slopes else part

    for (c, v), y in zip(program.outputs, seeds, strict=True):
        add(v, ring.times(ring.number(c), y))
    for v in range(len(values) - 1, program.size - 1, -1):
        if v in slopes:
            slope, (over, rows) = slopes.pop(v), program.rates[v]
            for x in over:
                slope = ring.times(slope, ring.inverse(values[x]))
            for c, x, by in rows:
                add(x, ring.times(total([(by, c)], values, ring), slope))
    found = [slopes.get(v, ring.zero) for v in range(program.size)]
    for v, (rate, k) in enumerate(program.metric):
        found[v] = ring.times(found[v], total([((v,) * k, rate)], values, ring))
    return found
