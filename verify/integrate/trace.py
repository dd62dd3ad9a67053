"""The flow of a point as a straight-line program, traced once through the same generic calculus as every other engine.

Nodes: ("state",); ("lin", ((child, coefficient), ...), constant); ("mul", a, b); ("power", a, e); ("exp", a);
("log", a). Equal nodes are shared, constants are folded exactly, sums are flattened into one node: the program is as
long as the number of operations of the calculus, hence linear in depth * width where the loss is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from verify.losses.calculus import layer_products, loss_gradient
from verify.settings.point import Point

Node = tuple
MOST_SQUARINGS = 64
ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Program:
    """Children come before parents; the first nodes are the states; x_j' = -factor * node, (node, factor) = descent[j].

    ``layout`` has L rows of n pairs (j, sign): u_l,i = sign * x_j.
    """

    nodes: tuple[Node, ...]
    start: tuple[Fraction, ...]
    descent: tuple[tuple[int, Fraction], ...]
    layout: tuple[tuple[tuple[int, int], ...], ...]

    @property
    def states(self) -> int:
        return len(self.start)


class Tape:
    def __init__(self, states: int) -> None:
        self.nodes: list[Node] = [("state",)] * states
        self._known: dict[Node, int] = {}

    def push(self, node: Node, factor: Fraction = ONE) -> Traced:
        index = self._known.setdefault(node, len(self.nodes))
        if index == len(self.nodes):
            self.nodes.append(node)
        return Traced(self, index, factor)

    def constant(self, x: Fraction) -> Traced:
        return Traced(self, -1, Fraction(x))


class Traced:
    """A scalar of the calculus: ``factor`` times a node of the tape; a constant where ``index`` is -1."""

    __slots__ = ("factor", "index", "tape")

    def __init__(self, tape: Tape, index: int, factor: Fraction) -> None:
        self.tape, self.index, self.factor = tape, index, factor

    def __add__(self, other: Traced) -> Traced:
        if self.index == other.index:
            return self._times(self.factor + other.factor, self.index)
        if self.index < 0:
            return other + self
        if other.index < 0:
            term = (self.index, self.factor)
            return self.tape.push(("lin", (term,), other.factor)) if other.factor else self
        return self.tape.push(("lin", ((self.index, self.factor), (other.index, other.factor)), 0))

    def __neg__(self) -> Traced:
        return self._times(-self.factor, self.index)

    def __sub__(self, other: Traced) -> Traced:
        return self + (-other)

    def __mul__(self, other: Traced) -> Traced:
        factor = self.factor * other.factor
        if self.index < 0 or other.index < 0:
            return self._times(factor, max(self.index, other.index))
        return self.tape.push(("mul", min(self.index, other.index), max(self.index, other.index)), factor)

    def _times(self, factor: Fraction, index: int) -> Traced:
        return Traced(self.tape, index if factor else -1, factor)

    def power(self, e: Fraction) -> Traced:
        if e.denominator == 1 and abs(e) <= MOST_SQUARINGS:
            return (self if e >= 0 else self._reciprocal())._count_power(abs(int(e)))
        return self.tape.push(("power", self.node(), e))

    def _count_power(self, e: int) -> Traced:
        """By squaring; defined at 0."""
        if e < 2:
            return self if e else self.tape.constant(ONE)
        half = self._count_power(e // 2)
        return half * half * self if e % 2 else half * half

    def _reciprocal(self) -> Traced:
        if self.index < 0:
            return self.tape.push(("power", self.node(), -ONE))
        return self.tape.push(("power", self.index, -ONE), 1 / self.factor)

    def exp(self) -> Traced:
        return self.tape.push(("exp", self.node()))

    def log(self) -> Traced:
        return self.tape.push(("log", self.node()))

    def node(self) -> int:
        """The index of a node with factor 1."""
        if self.index < 0:
            return self.tape.push(("lin", (), self.factor)).index
        return self.index if self.factor == 1 else self.tape.push(("lin", ((self.index, self.factor),), 0)).index


def descent_program(point: Point, decay: Fraction = Fraction(0), share: bool = True) -> Program:
    """P_l * grad J(w) + decay u_l, for all l. Raises what the calculus raises where the loss does not fit the width."""
    start, layout = (distinct_entries if share else all_entries)(point.start)
    tape = Tape(len(start))
    u = [[Traced(tape, j, Fraction(sign)) for j, sign in row] for row in layout]
    w, products = layer_products(u, tape.constant(ONE))
    g = loss_gradient(point.loss, w, tape.constant)
    rate = tape.constant(Fraction(decay))
    slopes: dict[int, tuple[int, Fraction]] = {}
    for places, row, us in zip(layout, products, u, strict=True):
        for (j, sign), p, d, x in zip(places, row, g, us, strict=True):
            if j not in slopes:
                slope = p * d + rate * x
                slopes[j] = (slope.index, slope.factor * sign) if slope.index >= 0 else (slope.node(), Fraction(sign))
    return _tidy(tape.nodes, start, [slopes[j] for j in range(len(start))], layout)


def distinct_entries(start: Sequence[Sequence[Fraction]]) -> tuple[tuple[Fraction, ...], tuple]:
    """Entries of one column that are equal or opposite stay so, hence share a state.

    Swapping u_l,i and u_m,i, with or without both signs, maps solutions to solutions (w does not change), and a
    solution that starts in a fixed point of the swap stays there, by uniqueness. A balanced start costs one state per
    coordinate.
    """
    found: dict[tuple[int, Fraction], int] = {}
    layout = []
    for row in start:
        places = [(found.setdefault((i, abs(x)), len(found)), -1 if x < 0 else 1) for i, x in enumerate(row)]
        layout.append(tuple(places))
    return tuple(Fraction(size) for _, size in found), tuple(layout)


def all_entries(start: Sequence[Sequence[Fraction]]) -> tuple[tuple[Fraction, ...], tuple]:
    """One state for every entry."""
    width = len(start[0])
    layout = tuple(tuple((k * width + i, 1) for i in range(width)) for k in range(len(start)))
    return tuple(Fraction(x) for row in start for x in row), layout


def children(node: Node) -> tuple[int, ...]:
    match node[0]:
        case "state":
            return ()
        case "lin":
            return tuple(child for child, _ in node[1])
        case "mul":
            return node[1:]
    return node[1:2]


def _tidy(nodes: list[Node], start: tuple[Fraction, ...], descent: list, layout: tuple) -> Program:
    """Drop what no output needs, then flatten sums of sums; a sum that two nodes use stays."""
    uses = [0] * len(nodes)
    for i, _ in descent:
        uses[i] += 2  # an output is never merged into a sum
    for i in range(len(nodes) - 1, -1, -1):
        if uses[i]:
            for child in children(nodes[i]):
                uses[child] += 1
    sums: dict[int, tuple[list[tuple[int, Fraction]], Fraction]] = {}
    for i, node in enumerate(nodes):
        if uses[i] and node[0] == "lin":
            sums[i] = _flatten(node, uses, sums)
    number: dict[int, int] = {}
    kept: list[Node] = []
    for i, node in enumerate(nodes):
        if i < len(start) or (uses[i] and (node[0] != "lin" or i in sums)):
            number[i] = len(kept)
            kept.append(_renumbered(node, sums.get(i), number))
    return Program(tuple(kept), start, tuple((number[i], factor) for i, factor in descent), layout)


def _flatten(node: Node, uses: list[int], sums: dict) -> tuple[list[tuple[int, Fraction]], Fraction]:
    """Terms and constant of a sum. The longer list is taken over, not copied: a chain of additions stays linear."""
    terms: list[tuple[int, Fraction]] = []
    constant = Fraction(node[2])
    for child, factor in node[1]:
        if uses[child] == 1 and child in sums:
            inner, inner_constant = sums.pop(child)
            constant += factor * inner_constant
            part = inner if factor == 1 else [(i, a * factor) for i, a in inner]
            terms, part = (part, terms) if len(part) > len(terms) else (terms, part)
            terms.extend(part)
        else:
            terms.append((child, Fraction(factor)))
    return terms, constant


def _renumbered(node: Node, total: tuple | None, number: dict[int, int]) -> Node:
    if total is not None:
        return ("lin", tuple((number[i], a) for i, a in total[0]), total[1])
    match node[0]:
        case "state":
            return node
        case "mul":
            return ("mul", number[node[1]], number[node[2]])
    return (node[0], number[node[1]], *node[2:])
