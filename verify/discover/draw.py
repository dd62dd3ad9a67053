"""One draw: independent inputs and outputs at a point of the tensors, and the field of each,
grad <y, f(x; theta)>, at any jet of the tensors.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

from verify.discover.choices import Point
from verify.discover.flows import Flow
from verify.trace.graph import Graph
from verify.trace.jets import Jet, Jets


@dataclass
class Draw:
    """``count`` draws at the tensors of its point: ``at`` gives their fields at a jet of these."""

    graph: Graph
    ring: Jets
    point: Point
    inputs: dict[str, Any]
    seeds: list[Jet]
    flow: Flow
    weight: Any  # (count, 1), of the part of a flow that no output drives

    @property
    def count(self) -> int:
        return int(self.seeds[0][0].shape[0])

    def at(self, theta: Jet) -> Jet:
        """(count, D) for each set of the jet of a state: how the drawn output moves it."""
        places = self.graph.run(self.ring, values_of(self.graph, theta, self.inputs))
        slopes = self.graph.gradient(self.ring, places, self.seeds)
        flat = flattened(self.graph, slopes, self.count)
        return self.flow.field(self.ring, self.graph, theta, flat, self.weight)

    def here(self) -> Any:
        """(count, D): the fields at the tensors themselves."""
        return self.at({0: self.point.theta})[0]


def values_of(graph: Graph, theta: Jet, inputs: dict[str, Any]) -> dict[str, Jet]:
    """By name: tensors from (batch, D) arrays, and inputs."""
    made = {
        name: {s: x[:, cut].reshape(x.shape[0], *shape) for s, x in theta.items()}
        for name, shape, cut in graph.slices()
    }
    return made | {n: {0: x} for n, x in inputs.items()}


def flattened(graph: Graph, slopes: dict[str, Any], count: int, kind: Any = np.uint64) -> Jet:
    """From one array for each tensor to (count, D), zeros where a tensor has no slope."""
    made: Jet = {}
    for s in sorted({0, *(s for jet in slopes.values() if jet for s in jet)}):
        whole = np.zeros((count, graph.parameters), kind)
        for name, shape, cut in graph.slices():
            jet = slopes[name]
            if jet and s in jet:
                whole[:, cut] = jet[s].reshape(jet[s].shape[0], prod(shape))
        made[s] = whole
    return made
