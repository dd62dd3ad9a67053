"""Draws: points of the tensors modulo a prime, with independent inputs and outputs there at which
all values exist.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from verify.discover.choices import Choices, Point, Rules
from verify.discover.draw import Draw, values_of
from verify.discover.flows import GRADIENT, Flow
from verify.discover.groups import Groups
from verify.exact.errors import NoValue
from verify.trace.forward import apply
from verify.trace.graph import Graph
from verify.trace.jets import Jet, Jets, NoRoot
from verify.trace.prime import Field

WIDE = 1 << 22  #: entries of one batch, about
OUTPUTS = 8  #: combinations of outputs for one input whose roots were hard to find
TRIES = 1000  #: batches without enough roots
AGAIN = 200  #: points where a value does not exist
FEW_ROOTS = 3  #: of more each input is used for several combinations of outputs
TOGETHER = 32  #: draws at one point, where there are more


Look = Callable[[int, list[Any], Any], None]


@dataclass
class Sampler:
    """Draws of a graph modulo ``p``; the same seed gives the same draws."""

    graph: Graph
    rules: Rules
    p: int
    seed: int = 0
    flow: Flow = GRADIENT
    random: Any = field(init=False)
    numbers: Field = field(init=False)
    groups: Groups = field(init=False)

    def __post_init__(self) -> None:
        self.random = np.random.default_rng([self.seed, self.p])
        self.numbers = Field(self.p)
        self.groups = Groups(self.graph)

    @property
    def size(self) -> int:
        """D, the number of coordinates that move."""
        return self.flow.size(self.graph)

    def point(self, count: int = 1) -> Point:
        """Random tensors."""
        theta = self.numbers.random(self.random, (count, self.size))
        return Point(theta, self.random, self.numbers)

    def draw(self, count: int, point: Point | None = None, branch: int | None = None) -> Draw:
        """So many independent draws at a point, or each at a point of its own, all of one branch of
        the rules where these have any. Raises NoRoot, or NoValue where roots are too rare.
        """
        rules = self._rules(branch)
        most = rules.roots if point else rules.all_roots
        enough = -(-count // OUTPUTS) if most > FEW_ROOTS else count
        wide = WIDE // (1 + max(n.size for n in self.graph.nodes))
        batch = min(enough << min(most, 20), max(enough, wide)) + 1
        found: list[tuple[dict[str, Any], Choices]] = []
        for _ in range(TRIES):
            made = self._survivors(batch, point, rules)
            found += [made] if made else []
            if sum(c.count for _, c in found) >= enough:
                return self._joined(found, count, point is not None)
        raise NoValue(f"roots modulo {self.p} of {most} radicands at once are too rare")

    def _rules(self, branch: int | None) -> Rules:
        """Of one pattern, where each has its own: drawn, as a bracket may need any two."""
        branches = self.rules.branches
        if not branches:
            return self.rules
        drawn = int(self.random.integers(len(branches))) if branch is None else branch
        return branches[drawn % len(branches)]

    def _survivors(
        self, batch: int, point: Point | None, rules: Rules
    ) -> tuple[dict[str, Any], Choices] | None:
        """None where there is none."""
        if point is not None and rules.roots > FEW_ROOTS and self.groups.places:
            inputs = self._grouped(batch, point, rules)
            batch = next(iter(inputs.values())).shape[0]
        else:
            inputs = self._random_inputs(batch)
        choice = Choices(rules, point or self.point(batch), batch)
        if not batch:
            return None
        kept = self._filtered(inputs, choice, point is not None) if rules.all_roots else inputs
        return None if kept is None else (kept, choice)

    def _random_inputs(self, batch: int) -> dict[str, Any]:
        shapes = self.graph.inputs.items()
        return {n: self.numbers.random(self.random, (batch, *s)) for n, s in shapes}

    def _grouped(self, batch: int, point: Point, rules: Rules) -> dict[str, Any]:
        """Inputs at which the first roots exist."""
        ring = Jets(self.numbers, Choices(rules, point, batch))
        tensors = values_of(self.graph, {0: point.theta}, {})
        return self.groups.inputs(ring, tensors, batch, self.random)

    def observed(self, look: Look, point: Point | None = None) -> None:
        """A batch of draws at a point, or each at a point of its own: ``look`` is told of each
        root its place, the radicands of earlier places and its own, (draws, entries). Raises
        NoRoot.
        """
        batch = max(64, min(1 << 16, WIDE // (1 + max(n.size for n in self.graph.nodes))))
        inputs = self._random_inputs(batch)
        choice = Choices(self.rules, point or self.point(batch), batch)
        self._filtered(inputs, choice, point is not None, look)

    def _filtered(
        self, inputs: dict[str, Any], choice: Choices, shared: bool, look: Look | None = None
    ) -> dict[str, Any] | None:
        """Node by node as far as the last root: where one does not exist the draw is dropped. None
        where no draw is left; NoRoot where tensors that all share have no root.
        """
        ring = Jets(self.numbers, choice)
        last = max(n for n, node in enumerate(self.graph.nodes) if node.op == "sqrt") + 1
        values: dict[str, Jet] = values_of(self.graph, {0: choice.point.theta}, inputs)
        places: list[Jet] = []
        roots: list[int] = []
        for n, node in enumerate(self.graph.nodes[:last]):
            args = [places[i] for i in node.args]
            if node.op == "sqrt":
                if look is not None:
                    flat = [places[self.graph.nodes[i].args[0]][0] for i in roots]
                    flat = [np.broadcast_to(x.reshape(x.shape[0], -1), (choice.count, x[0].size))
                            for x in [*flat, args[0][0]]]  # fmt: skip
                    look(n, flat[:-1], flat[-1])
                root, good = self.numbers.root(args[0][0])
                good = good.reshape(good.shape[0], -1)
                good[:, [row[0] for row in self.rules.same_roots.get(n, ())]] = True
                good = good.all(axis=1)
                if not good.any():
                    if shared and n not in self.graph.of_inputs:
                        raise NoRoot
                    return None
                choice.kept["sqrt", n] = self._through_others(n, root, choice)
                roots.append(n)
                if good.size == choice.count:
                    _pick(np.flatnonzero(good), [*places, *values.values()], choice)
                places.append({0: choice.kept["sqrt", n]})
            else:
                places.append(apply(ring, n, node, args, values))
        return {n: values[n][0] for n in inputs}

    def _through_others(self, place: int, root: Any, choice: Choices) -> Any:
        """Roots that are multiples of others."""
        flat = root.reshape(root.shape[0], -1).copy()
        for j, other, i, factor in self.rules.same_roots.get(place, ()):
            whole = flat if other == place else choice.kept["sqrt", other]
            whole = whole.reshape(whole.shape[0], -1)
            flat[:, j] = self.numbers.mul(whole[:, i], np.uint64(self.numbers.surd(*factor)))
        return flat.reshape(root.shape)

    def _joined(self, found: list[Any], count: int, shared: bool) -> Draw:
        """Of several batches one; repeated with other combinations of outputs where too few."""
        choice = found[0][1]
        for _, other in found[1:]:
            counts = choice.count, other.count
            choice.kept = {k: _both(x, other.kept[k], counts) for k, x in choice.kept.items()}
            if not shared:
                own, more = choice.point, other.point
                own.theta = np.concatenate([own.theta, more.theta])
                own.values = {k: np.concatenate([x, more.values[k]]) for k, x in own.values.items()}
            choice.count += other.count
        inputs = {n: np.concatenate([i[n] for i, _ in found]) for n in self.graph.inputs}
        pick = np.arange(count) % choice.count
        choice.pick(pick)
        seeds = [
            {0: self.numbers.random(self.random, (count, *self.graph.nodes[i].shape))}
            for i in self.graph.outputs
        ]
        ring = Jets(self.numbers, choice)
        weight = self.numbers.random(self.random, (count, 1))
        inputs = {n: x[pick] for n, x in inputs.items()}
        return Draw(self.graph, ring, choice.point, inputs, seeds, self.flow, weight)

    def fields(self, count: int) -> tuple[Any, Any]:
        """(theta, X), both (count, D): as many draws, each at a point of its own, or where roots
        are rare some at each point.
        """
        parts = max(1, min(len(self.rules.branches), count))
        found = [(draw.point.theta, x) for draw, x in self.several(count, parts)]
        wide = [np.broadcast_to(t, x.shape) for t, x in found]
        return np.concatenate(wide), np.concatenate([x for _, x in found])

    def several(self, count: int, parts: int = 1) -> Iterator[tuple[Draw, Any]]:
        """So many draws in parts, at points of their own, and their fields; where roots are rare
        TOGETHER of them are at one point.
        """
        rare = self.rules.all_roots > FEW_ROOTS
        parts = max(parts, -(-count // TOGETHER)) if rare else parts
        for i in range(parts):
            yield self._part(count // parts + (i < count % parts), rare, i)

    def _part(self, count: int, together: bool, branch: int) -> tuple[Draw, Any]:
        """Raises NoRoot where that fails again and again."""
        for _ in range(AGAIN):
            with suppress(NoRoot):
                draw = self.draw(count, self.point() if together else None, branch)
                return draw, draw.here()
        raise NoRoot(f"a division by 0, or no root modulo {self.p}, wherever it was tried")


def _both(x: Any, y: Any, counts: tuple[int, int]) -> Any:
    """What two batches have; what one of several draws has alone all of them share."""
    if len(x) == len(y) == 1 and counts != (1, 1):
        return x
    parts = [np.broadcast_to(z, (n, *z.shape[1:])) for z, n in zip((x, y), counts, strict=True)]
    return np.concatenate(parts)


def _pick(good: Any, jets: list[Jet], choice: Choices) -> None:
    count = choice.count
    for jet in jets:
        if jet[0].shape[0] == count:
            jet[0] = jet[0][good]
    choice.pick(good)
