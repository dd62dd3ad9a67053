"""Draws at which roots exist are as many as were asked for, with tensors of their own or shared.

The kind: a batch that loses draws at one root after the other, down to one and to none, where what
the draws share looks like what one draw has alone. Other cases of the kind: inputs that are drawn
part by part (test_counts, QK-norm).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from verify.discover.draws import Sampler
from verify.discover.house import shaped
from verify.discover.relations import unrelated
from verify.trace.functions import relu, rms_norm
from verify.trace.graph import Graph
from verify.trace.jets import NoRoot
from verify.trace.prime import PRIMES
from verify.trace.trace import traced


def roots(count: int, scale: bool) -> Graph:
    """So many norms after each other, with a root of the tensors alone or without."""

    def body(x: Any, *, W: Any, V: Any) -> Any:
        z = np.sqrt(1 + np.sum(V * V)) * x if scale else V @ x
        for _ in range(count):
            z = relu(rms_norm(W @ z)) + z
        return z

    return traced(shaped(body, {"x": (2,)}, {"W": (2, 2), "V": (2, 2)}))


@pytest.mark.parametrize("scale", (False, True))
@pytest.mark.parametrize("count", (1, 2, 3))
def test_draws_are_as_many_as_asked(count: int, scale: bool) -> None:
    graph = roots(count, scale)
    rules, _ = unrelated(graph)
    for seed in range(16):
        sampler = Sampler(graph, rules, PRIMES[0], seed)
        for point in (None, sampler.point()):
            for asked in (1, 2, 3):
                try:
                    draw = sampler.draw(asked, point)
                except NoRoot:
                    continue
                assert draw.here().shape == (asked, graph.parameters)
                assert len(draw.point.theta) in ((1, asked) if point is None else (1,))
