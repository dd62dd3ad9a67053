"""A file of claims in declared letters: the model's output in indices, its laws for every size.

The axes that are contracted with each other run through one set; sizes are forgotten, so that the
claim says more than what was found. It is the judge who decides it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from fractions import Fraction
from itertools import count

from verify.discover.laws.claim_text import HEAD, claim, lettered, plain
from verify.discover.laws.families import Family, Row
from verify.discover.laws.layout import Layout
from verify.discover.laws.text import family
from verify.trace.graph import Graph

LONGEST = 3000  # characters of the output
TOGETHER = 7  #: indices of the output up to which all laws make one claim, else one claim each
Taken = Callable[[str], bool]  # whether no letter can be called so


class NoTheory(Exception):
    """No theory states it: the message says which part."""


def claim_file(
    graph: Graph, layout: Layout, found: Sequence[Family], title: str,
    false: Collection[Family] = (), taken: Taken = str.isspace,
) -> str:  # fmt: skip
    """The text of the file; what is ``false`` at other sizes is said, and not claimed. Raises
    NoTheory.
    """
    return Writer(graph, layout, taken).file(found, title, false)


class Writer:
    """The output and the laws of a graph in indices. Raises NoTheory."""

    def __init__(self, graph: Graph, layout: Layout, taken: Taken = str.isspace) -> None:
        self.graph, self.layout = graph, layout
        self.parents: dict[tuple[int, int], tuple[int, int]] = {}
        self.places = {n.data: k for k, n in enumerate(graph.nodes) if n.op in ("param", "input")}
        self.letters = lettered((*graph.params, *graph.inputs), taken)
        names = set(self.letters.values())
        free = lambda options: next(x for x in options if x not in names)
        self.loss, self.slope, self.datum = free(("E", "J", "Loss")), free("rgs"), free("nmk")
        self.numbers, self.gates = count(1), dict[int, str]()
        self.indices: dict[str, str] = {}
        self.kinds: dict[tuple[int, int], str] = {}
        self.lines: list[str] = []
        for place, node in enumerate(graph.nodes):
            self._unite(place, node)

    def _find(self, x: tuple[int, int]) -> tuple[int, int]:
        while x in self.parents:
            x = self.parents[x]
        return x

    def _same(self, x: tuple[int, int], y: tuple[int, int]) -> None:
        a, b = sorted((self._find(x), self._find(y)))
        if a != b:
            self.parents[b] = a

    def _unite(self, place: int, node: object) -> None:
        n = self.graph.nodes[place]
        if n.op in ("add", "sub", "mul", "neg", "step"):
            for arg in n.args:
                shape = self.graph.nodes[arg].shape
                if self.graph.nodes[arg].op == "const":
                    continue
                for k in range(len(shape)):
                    axis = k + len(n.shape) - len(shape)
                    if shape[k] != n.shape[axis]:
                        raise NoTheory("an axis of one entry that is spread over several")
                    self._same((place, axis), (arg, k))
        elif n.op == "einsum":
            ins, out = n.data.split("->")
            first: dict[str, tuple[int, int]] = {x: (place, k) for k, x in enumerate(out)}
            for part, arg in zip(ins.split(","), n.args, strict=True):
                for k, x in enumerate(part):
                    self._same(first.setdefault(x, (arg, k)), (arg, k))
        elif n.op == "transpose":
            for k, axis in enumerate(n.data):
                self._same((place, k), (n.args[0], axis))
        elif n.op not in ("param", "input", "const"):
            raise NoTheory(f"{n.op} in indices")

    def _kind(self, place: int, axis: int) -> str:
        root = self._find((place, axis))
        return self.kinds.setdefault(root, f"set{len(self.kinds) + 1}")

    def _fresh(self, kind: str) -> str:
        name = f"i{next(self.numbers)}"
        self.indices[name] = kind
        return name

    def _term(self, place: int, at: tuple[str, ...]) -> str:
        n = self.graph.nodes[place]
        if n.op == "param":
            name = self.letters[n.data]
            return f"{name}[{', '.join(at)}]" if at else f"{name}.here"
        if n.op == "input":
            return f"{self.letters[n.data]}[{', '.join((self.datum, *at))}]"
        if n.op == "const":
            if len(set(n.data)) > 1:
                raise NoTheory("an array of different constants")
            return f"Fraction({str(Fraction(n.data[0]))!r})"
        if n.op in ("add", "sub", "mul"):
            sign = {"add": "+", "sub": "-", "mul": "*"}[n.op]
            sides = [self._term(x, at[len(at) - len(self.graph.nodes[x].shape) :]) for x in n.args]
            return f"({sides[0]} {sign} {sides[1]})"
        if n.op == "neg":
            return f"(-1 * {self._term(n.args[0], at)})"
        if n.op == "step":
            return f"{self._gate(place)}[{', '.join((self.datum, *at))}]"
        if n.op == "transpose":
            back = [at[n.data.index(k)] for k in range(len(at))]
            return self._term(n.args[0], tuple(back))
        return self._product(place, at)

    def _product(self, place: int, at: tuple[str, ...]) -> str:
        n = self.graph.nodes[place]
        ins, out = n.data.split("->")
        named = dict(zip(out, at, strict=True))
        sums, factors = [], []
        for part, arg in zip(ins.split(","), n.args, strict=True):
            for k, x in enumerate(part):
                if x not in named:
                    named[x] = self._fresh(self._kind(arg, k))
                    sums.append(named[x])
            factors.append(self._term(arg, tuple(named[x] for x in part)))
        said = " * ".join(factors)
        for name in reversed(sums):
            said = f"Sum({name}, {said})"
        if len(said) > LONGEST:
            raise NoTheory("an output that is too long to be written in indices")
        return said

    def _gate(self, place: int) -> str:
        if place not in self.gates:
            n = self.graph.nodes[place]
            at = tuple(self._fresh(self._kind(place, k)) for k in range(len(n.shape)))
            inside = self._term(n.args[0], at)
            name = f"g{len(self.gates) + 1}"
            self.gates[place] = name
            over = ", ".join((self.datum, *at))
            self.lines.append(f'{name} = gate("{name}", {over}, of={inside})')
        return self.gates[place]

    def law(self, f: Family) -> tuple[str, str] | None:
        """The law in indices, and one that is near it; None where it is no law for every size."""
        if f.kind in ("single", "whole") or f.times > 1 or any(r.lead for r in f.rows):
            return None
        rows = [(r, self.places[r.tensor]) for r in f.rows]
        kinds = {self._kind(p, r.axis) for r, p in rows if r.axis is not None}
        sizes = {self.layout.shapes[r.tensor][r.axis] for r, _ in rows if r.axis is not None}
        if len(kinds) > 1 or (kinds and (sizes != {f.count} or f.step != 1)):
            return None
        if any(r.start or r.width > 1 for r, _ in rows if r.axis is not None):
            return None
        ends = [self._fresh(k) for k in kinds for _ in range(2 if f.kind == "matrix" else 1)]
        terms = [self._norm(r, p, ends[:1], ends[-1:]) for r, p in rows]
        near = [f"{t} * Fraction(11, 10)" if k == 0 else t for k, t in enumerate(terms)]
        return " + ".join(terms), " + ".join(near)

    def _norm(self, r: Row, place: int, one: list[str], two: list[str]) -> str:
        shape = self.layout.shapes[r.tensor]
        sums = [self._fresh(self._kind(place, k)) for k in range(len(shape)) if k != r.axis]
        left, right = ([*sums[: r.axis], *end, *sums[r.axis :]] if r.axis is not None else sums
                       for end in (one, two))  # fmt: skip
        one_side, other = (self._term(place, tuple(x)) for x in (left, right))
        said = f"{one_side} ** 2" if one_side == other else f"{one_side} * {other}"
        for name in reversed(sums):
            said = f"Sum({name}, {said})"
        return said if r.c == 1 else f"Fraction({str(r.c)!r}) * {said}"

    def file(self, found: Sequence[Family], title: str, false: Collection[Family] = ()) -> str:
        """All of it."""
        outputs = [(p, self.graph.nodes[p].shape) for p in self.graph.outputs]
        if len(outputs) > 1:
            raise NoTheory("several outputs")
        ((place, shape),) = outputs
        at = tuple(self._fresh(self._kind(place, k)) for k in range(len(shape)))
        phi = self._term(place, at)
        together = len(self.indices) <= TOGETHER
        laws = [(family(self.layout, f), None if f in false else self.law(f)) for f in found]
        kept = [(text, x) for text, x in laws if x is not None]
        if not kept:
            raise NoTheory("no law for every size")
        letters = [self._declared(n, "parameter", ()) for n in self.graph.params]
        letters += [self._declared(n, "constant", (self.datum,)) for n in self.graph.inputs]
        letters += [
            *self.lines,
            f'{self.loss} = loss("{self.loss}", {phi}, gradient="{self.slope}")',
        ]
        all_names = [*self.letters.values(), *self.gates.values(), self.loss]
        shapes = ", ".join(f"{n} {s}" for n, s in self.layout.shapes.items())
        shapes += "".join(f"; {n} is {x} here" for n, x in self.letters.items() if n != x)
        left = [f"\n    {text}" for text, x in laws if x is None]
        rest = f"\nNot here, as no law for every size:{''.join(left)}" if left else ""
        head = HEAD.format(title=plain(title), shapes=shapes, rest=rest)
        indices = [f'{self.datum} = Index("{self.datum}", "data")']
        indices += [f'{i} = Index("{i}", "{k}")' for i, k in self.indices.items()]
        setting = f"SETTING = Declared(({', '.join(all_names)},), flow={self.loss}.here)"
        numbered = list(enumerate(kept, 1))
        stem = re.sub("[^a-z0-9]+", "-", title.lower()).strip("-") or "model"
        groups = {f"{stem}-laws": numbered} if together else {
            f"{stem}-law{k}": [(k, x)] for k, x in numbered}  # fmt: skip
        claims = [x for named, group in groups.items() for x in claim(named, group, title)]
        claims = ["CLAIMS = (", *claims, ")", ""]
        return "\n".join([head, *indices, "", *letters, setting, "", *claims])

    def _declared(self, name: str, role: str, before: tuple[str, ...]) -> str:
        place = self.places[name]
        node = self.graph.nodes[place]
        at = [self._fresh(self._kind(place, k)) for k in range(len(node.shape))]
        letter = self.letters[name]
        over = ", ".join([f'"{letter}"', *before, *at])
        return f"{letter} = {role}({over})"
