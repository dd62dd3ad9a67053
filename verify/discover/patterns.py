"""Activation patterns that occur: read off at random whole tensors and inputs, where doubles are
exact as long as numbers stay far below 2^53; what lies near a tie is left out (``deciding``). Of
models with other functions or constants, at binary fractions: there each new pattern is decided
once more, in balls.

A law that is analytic on the whole space is killed by each piece of the model everywhere, so that
all patterns that occur at some tensors may be used at every other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from verify.discover.deciding import ByPlace, Doubles, decided, nothing
from verify.discover.draw import values_of
from verify.exact.errors import NoValue
from verify.trace.graph import Graph
from verify.trace.jets import Jets
from verify.trace.prime import Reals

SIZE = 9  #: of whole numbers that are drawn
#: times that after so many batches without a state, as small ones often tie; up to so many
LARGER, VAIN, LARGEST = 11, 4, 10_000
SCALES = 5  #: halvings of these, for functions that are flat far out
EXACT = 2.0**40  #: with room for sums whose parts are larger
RATIONAL = ("param", "input", "const", "add", "sub", "mul", "neg", "einsum", "reshape", "transpose",
            "broadcast", "index", "concat", "step", "top")  # fmt: skip
BATCHES = 40
BALLS = 2_000_000  #: of one search; what is not decided by then is not exact
PATTERN = ("step", "top")
TRIED = 4096  #: inputs at one state of the tensors
WIDE = 1 << 22  #: entries of all nodes at these
FEW = 128  #: states among which different patterns are sought


@dataclass(frozen=True)
class Held:
    """One pattern for all draws, by place."""

    at: dict[int, Any]

    def draw(self, random: np.random.Generator, count: int) -> dict[int, Any]:
        """(count, *shape) for each place."""
        return {n: np.repeat(x[None], count, axis=0) for n, x in self.at.items()}


@dataclass
class Occurring:
    """Patterns of a graph; ``whole`` as long as doubles were exact, ``exact`` as long as these or
    balls decided; ``seen`` the different ones.
    """

    graph: Graph
    exact: bool = True
    whole: bool = field(init=False)
    shifted: bool = field(init=False)  # by constants: between whole numbers lie patterns as well
    seen: set[bytes] = field(default_factory=set)
    balls: int = 0
    ties: bool = False  # whether states are drawn at which a number is 0 in its whole piece
    tied: bool = False  # whether such states were left out
    size: int = SIZE

    def __post_init__(self) -> None:
        patterns = [n for n, x in enumerate(self.graph.nodes) if x.op in PATTERN]
        domain = [n for n, x in enumerate(self.graph.nodes) if x.op in ("sqrt", "log")]
        self.stop = max(patterns + domain) + 1
        needed, todo = set(patterns), [*patterns, *(self.graph.nodes[n].args[0] for n in domain)]
        needed.update(todo)
        while todo:
            new = set(self.graph.nodes[todo.pop()].args) - needed
            needed |= new
            todo += new
        nodes = [self.graph.nodes[i] for i in needed]
        whole = lambda n: n.op != "const" or all(x.denominator == 1 for x in n.data)
        self.whole = all(n.op in RATIONAL and whole(n) for n in nodes)
        sums = [n for n in nodes if n.op in ("add", "sub")]
        moving = self.graph.of_params | self.graph.of_inputs
        self.shifted = any(not moving.issuperset(n.args) for n in sums)

    def few(self, random: np.random.Generator, count: int) -> list[Held]:
        """At most so many different ones."""
        found: dict[bytes, Held] = {}
        drawn = self.draw(random, FEW)
        for i in range(FEW):
            one = {n: x[i] for n, x in drawn.items()}
            found.setdefault(b"".join(x.tobytes() for x in one.values()), Held(one))
        return list(found.values())[:count]

    def draw(self, random: np.random.Generator, count: int) -> dict[int, Any]:
        """(count, *shape) for each place of step and top. Raises NoValue where all are at ties."""
        parts: list[dict[int, Any]] = []
        have = 0
        for n in range(2 * BATCHES):
            self.ties = self.ties or n == BATCHES
            vain = n and not have and n % VAIN == 0 and self.size < LARGEST
            self.size *= LARGER if vain else 1
            part = self._batch(random, count)
            if part is not None:
                parts.append(part)
                have += len(next(iter(part.values())))
            if have >= count:
                break
        else:
            raise NoValue("activation patterns: at random states nearly all are at a tie")
        return {n: np.concatenate([p[n] for p in parts])[:count] for n in parts[0]}

    def states(self, random: np.random.Generator, scale: Any) -> tuple[Any, dict[str, Any]]:
        """Whole tensors and inputs, each state of them times a scale."""
        drawn = lambda *shape: (
            random.integers(1, self.size + 1, shape)
            * random.choice([-1, 1], shape)
            * scale.reshape(-1, *(1,) * (len(shape) - 1))
        )
        theta = drawn(len(scale), self.graph.parameters)
        return theta, {n: drawn(len(scale), *s) for n, s in self.graph.inputs.items()}

    def _batch(self, random: np.random.Generator, count: int) -> dict[int, Any] | None:
        mixed = self.shifted or not self.whole
        scale = 0.5 ** (random.integers(0, SCALES, count) if mixed else np.zeros(count))
        theta, inputs = self.states(random, scale)
        choice = Doubles()
        ring = Jets(Reals(), choice)
        values = values_of(self.graph, {0: theta}, inputs)
        with np.errstate(all="ignore"):
            places = self.graph.run(ring, values, self.stop)
        largest = max(float(np.max(np.abs(p[0]), initial=0.0)) for p in places)
        if self.size > SIZE and largest >= EXACT:
            self.size = SIZE
            return None
        self.whole = self.whole and largest < EXACT
        ties = any(x.any() for x in choice.close.values())
        self.tied, ties = self.tied or ties, self.ties and ties
        none = lambda: {n: np.zeros((1, *x.shape[1:]), bool) for n, x in choice.close.items()}
        empty = nothing(self.graph, choice.kept, self.stop) if ties else none()
        good = np.flatnonzero(self._sure(choice, empty, places, count))
        kept = {n: np.broadcast_to(x, (count, *x.shape[1:]))[good] for n, x in choice.kept.items()}
        if not good.size:
            return None
        flat = np.concatenate([x.reshape(len(good), -1) for x in kept.values()], axis=1)
        keys = [row.tobytes() for row in np.packbits(flat.astype(bool), axis=1)]
        one = lambda arrays, i: {n: np.broadcast_to(x, (count, *x.shape[1:]))[i]
                                 for n, x in arrays.items()}  # fmt: skip
        states = {n: v[0] for n, v in values.items()}
        occurs = [
            key in self.seen
            or (self.whole and scale[good[i]] == 1 and self._added(key))
            or (self._decided({n: x[i] for n, x in kept.items()}, one(empty, good[i]),
                              one(states, good[i])) and self._added(key))
            for i, key in enumerate(keys)
        ]  # fmt: skip
        return {n: x[occurs] for n, x in kept.items()} if any(occurs) else None

    def _sure(self, choice: Doubles, empty: ByPlace, places: list[Any], count: int) -> Any:
        """Which states are near no tie but those at which there is nothing."""
        sure = np.broadcast_to(choice.sure, (count,)).copy()
        for n, close in choice.close.items():
            at = places[self.graph.nodes[n].args[0]][0]
            bad = close & ~(empty[n] & (at == 0))
            sure &= ~np.broadcast_to(bad.reshape(bad.shape[0], -1).any(axis=1), (count,))
        return sure

    def _added(self, key: bytes) -> bool:
        self.seen.add(key)
        return True

    def _decided(self, pattern: ByPlace, empty: ByPlace, state: dict[str, Any]) -> bool:
        """Whether balls, or doubles where these would take too long, have it at a state. Where
        doubles are exact at whole numbers such patterns are left out instead.
        """
        self.balls += sum(n.size for n in self.graph.nodes[: self.stop])
        if self.balls > BALLS:
            self.exact = self.exact and self.whole
            return not self.whole
        return decided(self.graph, pattern, empty, state, self.stop)


@dataclass
class Cell(Occurring):
    """Patterns that occur at one state of the tensors, and so at all near it: many inputs are tried
    once, and each pattern is drawn as often as any other.
    """

    seed: int = 0
    found: ByPlace = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__post_init__()
        random = np.random.default_rng([self.seed, self.graph.parameters])
        self.own, _ = super().states(random, np.ones(1))

    def states(self, random: np.random.Generator, scale: Any) -> tuple[Any, dict[str, Any]]:
        """These tensors, with inputs of their own."""
        _, inputs = super().states(random, scale)
        return np.repeat(self.own, len(scale), axis=0), inputs

    def draw(self, random: np.random.Generator, count: int) -> ByPlace:
        if not self.found:
            size = sum(n.size for n in self.graph.nodes)
            drawn = super().draw(random, max(1, min(TRIED, WIDE // size)))
            rows = np.concatenate([x.reshape(len(x), -1) for x in drawn.values()], axis=1)
            _, first = np.unique(rows, axis=0, return_index=True)
            self.found = {n: x[first] for n, x in drawn.items()}
        picked = random.integers(0, len(next(iter(self.found.values()))), count)
        return {n: x[picked] for n, x in self.found.items()}
