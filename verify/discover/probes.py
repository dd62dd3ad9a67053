"""Arguments of exp, log and erf at random points, and their derivatives along random directions of
the inputs and of the tensors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from verify.discover.choices import Rules
from verify.discover.draw import Draw, values_of
from verify.discover.draws import Sampler
from verify.exact.errors import NoValue
from verify.trace.graph import Graph
from verify.trace.jets import NoRoot

MORE = 12  #: points beyond the number of arguments
POINTS = 100


@dataclass
class Probe:
    """Values and derivatives of arguments, (points, entries), by place."""

    value: dict[int, Any]
    by_input: dict[int, Any]
    by_tensor: dict[int, Any]


def probed(graph: Graph, rules: Rules, p: int, seed: int, few: bool = False) -> Probe:
    """Jets of two infinitesimals: along the inputs and along the tensors. At ``few`` points of the
    tensors a rank can only be too small.
    """
    sampler = Sampler(graph, rules, p, seed)
    asked = [n for n, x in enumerate(graph.nodes) if x.op in ("exp", "log", "erf")]
    count = MORE + sum(graph.nodes[n].size for n in asked)
    if few:
        parts = [_at(sampler, draw, asked) for draw, _ in sampler.several(count)]
        joined = lambda found: {n: np.concatenate([x[n] for x in found]) for n in asked}
        return Probe(joined([x.value for x in parts]), joined([x.by_input for x in parts]),
                     joined([x.by_tensor for x in parts]))  # fmt: skip
    for _ in range(POINTS):
        try:
            return _at(sampler, sampler.draw(count), asked)
        except NoRoot:
            continue
    raise NoValue(f"no tensors whose roots exist modulo {p}")


def _at(sampler: Sampler, draw: Draw, asked: list[int]) -> Probe:
    f, graph, count = sampler.numbers, sampler.graph, draw.count
    theta = {0: draw.point.theta, 2: f.random(sampler.random, draw.point.theta.shape)}
    values = values_of(graph, theta, draw.inputs)
    for name in graph.inputs:
        values[name][1] = f.random(sampler.random, values[name][0].shape)
    jets = graph.run(draw.ring, values, asked[-1] + 1)
    made = Probe({}, {}, {})
    for n in asked:
        z = jets[graph.nodes[n].args[0]]
        if graph.nodes[n].op == "log":  # what counts is the derivative of the logarithm
            z = {s: x if s == 0 else f.mul(x, f.inverse(z[0])) for s, x in z.items()}
        size = graph.nodes[n].size
        flat = lambda s, z=z, size=size: np.broadcast_to(
            z[s].reshape(z[s].shape[0], size), (count, size)
        ) if s in z else np.zeros((count, size), np.uint64)  # fmt: skip
        made.value[n], made.by_input[n], made.by_tensor[n] = flat(0), flat(1), flat(2)
    return made
