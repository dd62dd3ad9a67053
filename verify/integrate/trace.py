"""A system as a straight-line program: run once on symbols, then tidied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from verify.integrate.record import Record
from verify.integrate.tape import Node, Tape, children
from verify.integrate.traced import ONE

if TYPE_CHECKING:
    from verify.integrate.system import Quantity, System

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Program:
    """Children come before parents; the first nodes are the states; dx_j/dclock = factor * node,
    (node, factor) = slopes[j].

    Nodes are those of the tape and ("dot", ((a, b, coefficient), ...), ((i, coefficient), ...),
    constant), the sum of coefficient * a * b, of coefficient * i, and of the constant; it has one
    product at least.

    ``values`` are further outputs, in the same form: quantities of the state.
    """

    nodes: tuple[Node, ...]
    start: tuple[Fraction, ...]
    slopes: tuple[tuple[int, Fraction], ...]
    values: tuple[tuple[int, Fraction], ...] = ()

    @property
    def states(self) -> int:
        return len(self.start)


def program(system: System) -> Program:
    """The slopes of the states, from what the field or loss did when the system was made."""
    record = system.recorder.flow
    return _tidy(record.nodes, system.start, list(record.slopes), [])


def measured(system: System, quantities: list[Quantity]) -> Program:
    """Functions of the state as a program of their own, without slopes. Raises BadInput for a
    function that cannot be recorded.
    """
    joined = Tape(len(system.start))
    records = [system.recorder.quantity(q) for q in quantities]
    if len(records) == 1:
        return _tidy(records[0].nodes, system.start, [], list(records[0].outputs))
    return _tidy(joined.nodes, system.start, [], [_copied(joined, r) for r in records])


def _copied(tape: Tape, record: Record) -> tuple[int, Fraction]:
    """A record written again onto a common tape; equal nodes are shared. Returns its output."""
    number: dict[int, int] = {}
    for i, node in enumerate(record.nodes):
        number[i] = i if node[0] == "state" else tape.place(_renumbered(node, number))
    output, factor = record.outputs[0]
    return number[output], factor


Terms = list[tuple[int, Fraction]]
Products = list[tuple[int, int, Fraction]]


def _tidy(
    nodes: Sequence[Node], start: tuple[Fraction, ...], slopes: list, values: list
) -> Program:
    """Drop what no output needs, then flatten sums of sums and of products; a sum or product that
    two nodes use stays.
    """
    uses = [0] * len(nodes)
    for i, _ in slopes + values:
        uses[i] += 2  # an output is never merged into a sum
    for i in range(len(nodes) - 1, -1, -1):
        if uses[i]:
            for child in children(nodes[i]):
                uses[child] += 1
    sums: dict[int, _Sum] = {}
    merged: set[int] = set()
    for i, node in enumerate(nodes):
        if uses[i] and node[0] == "lin":
            sums[i] = _flatten(nodes, node, uses, sums, merged)
    number: dict[int, int] = {}
    kept = _Kept([], {})
    for i, node in enumerate(nodes):
        if i < len(start):
            number[i] = kept.append(node)
        elif uses[i] and i not in merged:
            number[i] = (
                kept.sum(sums[i].renumbered(number))
                if i in sums
                else kept.shared(_renumbered(node, number))
            )
    outputs = [tuple((number[i], factor) for i, factor in part) for part in (slopes, values)]
    return Program(tuple(kept.nodes), start, *outputs)


@dataclass(slots=True)
class _Kept:
    """The nodes of a program in the making; equal ones are shared, as on the tape."""

    nodes: list[Node]
    known: dict[Node, int]

    def append(self, node: Node) -> int:
        self.nodes.append(node)
        return len(self.nodes) - 1

    def shared(self, node: Node) -> int:
        if node not in self.known:
            self.known[node] = self.append(node)
        return self.known[node]

    def sum(self, total: _Sum) -> int:
        """Products that share a factor become one: a b + a c = a (b + c) costs one convolution, not
        two.
        """
        products: Products = []
        rest = total.products
        while rest:
            a, count = Counter(i for x, y, _ in rest for i in {x, y}).most_common(1)[0]
            if count == 1:
                products, rest = products + rest, []
                break
            inner = tuple((y if x == a else x, c) for x, y, c in rest if a in (x, y))
            rest = [p for p in rest if a not in p[:2]]
            b = self.shared(("lin", inner, ZERO))
            products.append((min(a, b), max(a, b), ONE))
        if len(products) == 1 and products[0][2] == 1 and not total.terms and not total.constant:
            return self.shared(("mul", *products[0][:2]))
        terms = tuple(total.terms)
        return self.shared(
            ("dot", tuple(products), terms, total.constant)
            if products
            else ("lin", terms, total.constant)
        )


@dataclass(slots=True)
class _Sum:
    """constant + sum coefficient * node + sum coefficient * node * node."""

    products: Products
    terms: Terms
    constant: Fraction

    def add(self, other: _Sum, factor: Fraction) -> None:
        """The longer lists are taken over, not copied: a chain of additions stays linear."""
        self.constant += factor * other.constant
        products, terms = other.products, other.terms
        if factor != 1:
            products, terms = (
                [(a, b, c * factor) for a, b, c in products],
                [(a, c * factor) for a, c in terms],
            )
        self.products = _joined(self.products, products)
        self.terms = _joined(self.terms, terms)

    def renumbered(self, number: dict[int, int]) -> _Sum:
        products = [(number[a], number[b], c) for a, b, c in self.products]
        return _Sum(products, [(number[i], a) for i, a in self.terms], self.constant)


def _joined(a: list, b: list) -> list:
    a, b = (a, b) if len(a) >= len(b) else (b, a)
    a.extend(b)
    return a


def _flatten(
    nodes: Sequence[Node], node: Node, uses: list[int], sums: dict[int, _Sum], merged: set[int]
) -> _Sum:
    """A sum with the sums and products in it that nothing else uses; those are struck out as
    ``merged``.
    """
    total = _Sum([], [], Fraction(node[2]))
    for child, factor in node[1]:
        if uses[child] == 1 and child in sums:
            total.add(sums.pop(child), Fraction(factor))
        elif uses[child] == 1 and nodes[child][0] == "mul":
            total.products.append((*nodes[child][1:], Fraction(factor)))
        else:
            total.terms.append((child, Fraction(factor)))
            continue
        merged.add(child)
    return total


def _renumbered(node: Node, number: dict[int, int]) -> Node:
    match node[0]:
        case "state" | "clock":
            return node
        case "mul":
            return ("mul", number[node[1]], number[node[2]])
        case "lin":
            return ("lin", tuple((number[i], a) for i, a in node[1]), node[2])
    return (node[0], number[node[1]], *node[2:])
