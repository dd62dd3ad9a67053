"""The dimension that is counted modulo a prime, with values of exp that are chosen freely, never
exceeds the one that doubles show with the true values.

The kind: a relation between values that the engine does not know makes its bound from above too
small, and a model complete that has more laws. Each model is u f(a) + v f(b), a and b one number
written in two ways, f drawn; the brackets are those of the engine, the numbers are not.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np
import pytest

from verify.discover import house
from verify.discover.choices import Rules
from verify.discover.closure import brackets_of, closure
from verify.discover.deciding import Doubles
from verify.discover.draw import flattened, values_of
from verify.discover.draws import Sampler
from verify.discover.relations import settled
from verify.discover.shown import program
from verify.kernel.limits import Refused
from verify.kernel.traced.count import Fields
from verify.kernel.traced.effort import Beyond, Effort
from verify.kernel.traced.program import program as read
from verify.trace.functions import gelu, relu, sigmoid, silu, softmax
from verify.trace.graph import Graph
from verify.trace.jets import Jet, Jets
from verify.trace.prime import PRIMES, Reals
from verify.trace.trace import traced

DRAWS, DEPTH, POINTS = 40, 3, 3

#: one number in two ways, of two scalars
EQUAL = [
    (lambda z, y: z + y, lambda z, y: 2 * z - (z - y)),
    (lambda z, y: 3 * np.sqrt(1 + z * z) + y, lambda z, y: np.sqrt(9 + 9 * z * z) + y),
    (lambda z, y: np.abs(z) * y, lambda z, y: (relu(z) + relu(-z)) * y),
    (lambda z, y: np.maximum(z, y), lambda z, y: z + y - np.minimum(z, y)),
    (lambda z, y: np.tanh(z), lambda z, y: 2 * sigmoid(2 * z) - 1),
    (lambda z, y: sigmoid(z - y), lambda z, y: softmax(np.stack([z, y]))[0]),
    (lambda z, y: np.exp(z) * np.exp(y), lambda z, y: np.exp(z + y)),
    (lambda z, y: silu(z) - silu(-z), lambda z, y: z * (sigmoid(z) + sigmoid(-z))),
    (lambda z, y: gelu(z) - gelu(-z), lambda z, y: z),
]
OUTER = [np.exp, np.tanh, sigmoid, silu, gelu, relu, np.abs, lambda t: np.log(1 + t * t),
         lambda t: np.sqrt(4 + 4 * t * t), lambda t: t * t, lambda t: np.exp(2 * np.tanh(t)),
         lambda t: np.exp(np.abs(t)) + np.exp(-np.abs(t))]  # fmt: skip


def drawn(seed: int) -> Graph:
    r = Random(seed)
    (one, two), f = EQUAL[seed % len(EQUAL)], r.choice(OUTER)
    extra = r.choice([lambda z, y: y * y, lambda z, y: y, lambda z, y: np.exp(y)])

    def body(x: Any, *, u: Any, v: Any, w: Any, q: Any) -> Any:
        z, y = w @ x, q @ x
        return u * f(one(z, y)) + v * f(two(z, y)) + extra(z, y)

    return traced(house.shaped(body, {"x": (2,)}, {"u": (), "v": (), "w": (2,), "q": (2,)}))


@dataclass
class InDoubles:
    """Draws whose values are those of the functions themselves."""

    graph: Graph
    x: Any
    weight: Any

    def at(self, theta: Jet) -> Jet:
        ring = Jets(Reals(), Doubles())
        places = self.graph.run(ring, values_of(self.graph, theta, {"x": self.x}))
        slopes = self.graph.gradient(ring, places, [{0: self.weight}])
        count = len(self.x)
        wide = {n: jet and {s: np.broadcast_to(v, (count, *v.shape[1:])) for s, v in jet.items()}
                for n, jet in slopes.items()}  # fmt: skip
        return flattened(self.graph, wide, count, float)


class Numbers:
    numbers = Reals()


def in_doubles(graph: Graph, seed: int) -> int:
    """The rank of fields and brackets at a few points, by singular values."""
    random, best = np.random.default_rng(seed), 0
    for _ in range(POINTS):
        theta = random.uniform(-1.5, 1.5, (1, graph.parameters))
        rows: list[Any] = []
        for depth in range(DEPTH + 1):
            draws: Any = [
                InDoubles(graph, random.uniform(-2, 2, (DRAWS, 2)), random.choice([-1, 1], DRAWS))
                for _ in range(depth + 1)
            ]
            rows += brackets_of(Numbers(), draws, theta).values()  # type: ignore[arg-type]
        whole = np.concatenate(rows)
        sizes = np.linalg.norm(whole, axis=1, keepdims=True)
        whole = whole[sizes[:, 0] > 1e-9] / sizes[sizes[:, 0] > 1e-9]
        values = np.linalg.svd(whole, compute_uv=False)
        best = max(best, int((values > 1e-9 * values[0]).sum()))
    return best


@pytest.mark.parametrize("seed", range(27))
def test_no_dimension_is_above_that_of_the_true_values(seed: int) -> None:
    graph = drawn(seed)
    rules = settled(graph, PRIMES[0], seed).rules
    assert closure(Sampler(graph, rules, PRIMES[0], seed)).dimension <= in_doubles(graph, seed)


def kernel_rank(graph: Graph) -> int:
    """The largest rank that the kernel accepts of any certificate; Refused where it counts none."""
    Effort.begin()
    model = read(program(graph))
    fields = Fields(model, PRIMES[0], seed=1)
    for target in range(model.size, 0, -1):
        try:
            fields.rank(target, DEPTH)
        except Beyond:
            raise
        except Refused:
            continue
        return target
    return 0


def test_the_kernel_counts_none_above_that_of_the_true_values() -> None:
    """Whatever a certificate claims: where values are related the kernel refuses to count."""
    counted = 0
    for seed in (0, 2):
        graph = drawn(seed)
        try:
            rank = kernel_rank(graph)
        except Refused:
            continue
        counted += 1
        assert rank <= in_doubles(graph, seed)
    assert counted


def test_it_sees_values_that_were_taken_as_independent() -> None:
    """The same models without the relations: the count is above the true one in many."""
    above = 0
    for seed in (4, 5, 6, 13, 14, 15):
        graph = drawn(seed)
        roots = any(x.op in ("sqrt", "step", "log") for x in graph.nodes)
        if not roots:
            free = Sampler(graph, Rules(graph.of_inputs), PRIMES[0], seed)
            above += closure(free).dimension > in_doubles(graph, seed)
    assert above >= 2
