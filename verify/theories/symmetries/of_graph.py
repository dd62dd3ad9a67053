"""A traced model as polynomials: the case whose symmetries are solved for, where all its operations
are polynomial. What a monomial of the inputs multiplies is a function of its own: the loss sees
each at some input.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import prod
from typing import Any

import numpy as np

from verify.exact.errors import BadInput, NoValue
from verify.terms.polynomials import Poly, Polynomial, constant, coordinate
from verify.theories.symmetries.actions import Case
from verify.theories.symmetries.of_model import case, refuse_many
from verify.trace.graph import Graph
from verify.trace.numbers import Arrays

MOST = 16  #: coordinates: what precedes a search should take no longer than it
TERMS, ENTRIES = 150, 2048  #: of phi, and of one array


OTHERS = ("exp", "log", "sqrt", "erf", "step", "top", "free")  #: operations that leave polynomials


class Polynomials(Arrays):
    """Operations on arrays of polynomials, but for OTHERS."""

    def __init__(self) -> None:
        super().__init__(lambda x: Polynomial(constant(x)), object)

    def inv(self, z: Any) -> Any:
        """Of numbers. Raises NoValue for another polynomial."""
        return self.each(_inverse, z)


def _inverse(x: Polynomial) -> Polynomial:
    number = x.terms.get((), Fraction(0))
    if not number or len(x.terms) > 1:
        raise NoValue("it divides by what is no number: it is no polynomial")
    return Polynomial(constant(1 / number))


def case_of_graph(graph: Graph) -> Case:
    """Its coordinates are those of the graph, in its order. Raises NoValue where it is no
    polynomial, or larger than what is solved here.
    """
    size = graph.parameters
    phi = (Polynomial(p) for out in outputs(graph) for p in _by_inputs(out, size))
    return case(graph.name, [_named(*c) for c in graph.coordinates], phi, most=TERMS)


def outputs(graph: Graph) -> list[Poly]:
    """Every entry of every output, in the coordinates of the tensors and then of the inputs.
    Raises as ``case_of_graph``.
    """
    other = next((node.op for node in graph.nodes if node.op in OTHERS), None)
    if other is not None:
        raise NoValue(f"{graph.name:.60} is no polynomial: it has {other}")
    refuse_many(graph.parameters, f"of {graph.name:.60}", MOST)
    refuse_many(sum(map(prod, graph.inputs.values())), f"of inputs of {graph.name:.60}", MOST)
    largest = max((node.size for node in graph.nodes), default=0)
    if largest > ENTRIES:
        raise NoValue(f"{graph.name:.60} has arrays of {largest} entries; up to {ENTRIES} are read")
    ring, values, at = Polynomials(), {}, 0
    for name, shape in (*graph.params.items(), *graph.inputs.items()):
        made = np.empty(prod(shape), dtype=object)
        made[:] = [Polynomial(coordinate(at + i)) for i in range(len(made))]
        values[name], at = made.reshape(shape), at + len(made)
    try:
        found = graph.results(graph.run(ring, values))
    except BadInput as large:
        raise NoValue(str(large)) from large
    return [x.terms for out in found for x in np.ravel(out)]


def _by_inputs(p: Poly, size: int) -> Iterator[Poly]:
    """The coefficients of the monomials of inputs, whose coordinates begin at ``size``."""
    found: dict[tuple[int, ...], Poly] = {}
    for monomial, x in p.items():
        own = tuple(i for i in monomial if i < size)
        found.setdefault(monomial[len(own) :], {})[own] = x
    yield from found.values()


def _named(tensor: str, index: tuple[int, ...]) -> str:
    return tensor + (f"[{','.join(map(str, index))}]" if index else "")
