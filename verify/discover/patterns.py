"""Activation patterns that occur: read off at random whole tensors and inputs, where doubles are
exact as long as numbers stay far below 2^53; what lies near a tie is left out.

A law that is analytic on the whole space is killed by each piece of the model everywhere, so that
all patterns that occur at some tensors may be used at every other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.special import erf

from verify.discover.draw import values_of
from verify.exact.errors import NoValue
from verify.trace.graph import Graph
from verify.trace.jets import Jets
from verify.trace.prime import Reals

SIZE = 9  #: of whole numbers that are drawn
EXACT = 2.0**40  #: with room for sums whose parts are larger
NEAR = 1e-6  #: relative; nearer to a tie than that a double does not decide
RATIONAL = ("param", "input", "const", "add", "sub", "mul", "neg", "einsum", "reshape", "transpose",
            "broadcast", "index", "concat", "step", "top")  # fmt: skip
BATCHES = 40
PATTERN = ("step", "top")
FEW = 128  #: states among which different patterns are sought


@dataclass(frozen=True)
class Held:
    """One pattern for all draws, by place."""

    at: dict[int, Any]

    def draw(self, random: np.random.Generator, count: int) -> dict[int, Any]:
        """(count, *shape) for each place."""
        return {n: np.repeat(x[None], count, axis=0) for n, x in self.at.items()}


@dataclass
class Doubles:
    """The values of functions in doubles; each pattern is kept, and how sure it is."""

    kept: dict[int, Any] = field(default_factory=dict)
    sure: Any = True

    def exp(self, place: int, z: Any) -> Any:
        return np.exp(z)

    def log(self, place: int, z: Any) -> Any:
        self._above_zero(z)
        return np.log(z)

    def sqrt(self, place: int, z: Any) -> Any:
        self._above_zero(z)
        return np.sqrt(z)

    def _above_zero(self, z: Any) -> None:
        """A state at which the model has no value shows no pattern of it."""
        low = np.min(z.reshape(z.shape[0], -1), axis=1, initial=np.inf)
        self.sure = self.sure & (low > NEAR * (1 + self._largest(z)))

    def _largest(self, z: Any) -> Any:
        return np.max(np.abs(z).reshape(z.shape[0], -1), axis=1, initial=0.0)

    def erf(self, place: int, z: Any) -> Any:
        return erf(z)

    def free(self, name: str) -> Any:
        return np.array([2 / np.sqrt(np.pi)])

    def pattern(self, place: int, z: Any, k: int, axis: int) -> Any:
        scale = NEAR * (1 + self._largest(z))
        if k:
            ordered = -np.sort(-z, axis=axis + 1)
            rank = np.argsort(np.argsort(-z, axis=axis + 1, kind="stable"), axis=axis + 1)
            made = rank < k
            both = np.moveaxis(ordered, axis + 1, 1)
            gap = both[:, k - 1] - both[:, k] if k < z.shape[axis + 1] else np.ones(z.shape[:1])
        else:
            made, gap = z > 0, np.abs(z)
        least = np.min(gap.reshape(gap.shape[0], -1), axis=1, initial=np.inf)
        self.sure = self.sure & (least > scale)
        self.kept[place] = made.astype(np.uint64)
        return made.astype(float)


@dataclass
class Occurring:
    """Patterns of a graph; ``exact`` as long as doubles were exact; ``seen`` the different ones."""

    graph: Graph
    exact: bool = True
    seen: set[bytes] = field(default_factory=set)

    def __post_init__(self) -> None:
        patterns = [n for n, x in enumerate(self.graph.nodes) if x.op in PATTERN]
        domain = [n for n, x in enumerate(self.graph.nodes) if x.op in ("sqrt", "log")]
        self.stop = max(patterns + domain) + 1
        needed, todo = set(patterns), list(patterns)
        while todo:
            new = set(self.graph.nodes[todo.pop()].args) - needed
            needed |= new
            todo += new
        nodes = [self.graph.nodes[i] for i in needed]
        whole = lambda n: n.op != "const" or all(x.denominator == 1 for x in n.data)
        self.exact = all(n.op in RATIONAL and whole(n) for n in nodes)

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
        for _ in range(BATCHES):
            part = self._batch(random, count)
            if part is not None:
                parts.append(part)
                have += len(next(iter(part.values())))
            if have >= count:
                break
        else:
            raise NoValue("activation patterns: at random states nearly all are at a tie")
        made = {n: np.concatenate([p[n] for p in parts])[:count] for n in parts[0]}
        rows = np.concatenate([x.reshape(count, -1) for x in made.values()], axis=1)
        self.seen.update(np.packbits(row.astype(bool)).tobytes() for row in rows)
        return made

    def _batch(self, random: np.random.Generator, count: int) -> dict[int, Any] | None:
        whole = lambda *shape: (
            random.integers(1, SIZE + 1, shape) * random.choice([-1, 1], shape)
        ).astype(float)
        theta = whole(count, self.graph.parameters)
        inputs = {n: whole(count, *s) for n, s in self.graph.inputs.items()}
        choice = Doubles()
        ring = Jets(Reals(), choice)
        with np.errstate(all="ignore"):
            places = self.graph.run(ring, values_of(self.graph, {0: theta}, inputs), self.stop)
        largest = max(float(np.max(np.abs(p[0]), initial=0.0)) for p in places)
        self.exact = self.exact and largest < EXACT
        good = np.flatnonzero(np.broadcast_to(choice.sure, (count,)))
        if not good.size:
            return None
        return {n: np.broadcast_to(x, (count, *x.shape[1:]))[good] for n, x in choice.kept.items()}
