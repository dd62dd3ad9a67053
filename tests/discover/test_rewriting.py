"""Exponentials that are products of others are seen as such by the proofs.

The kind: a law that holds because of a relation between values of exp (softmax beside a sigmoid of
differences, 2^2 = 4, tanh beside a sigmoid of twice the argument, arguments that differ by a
constant), counted and found, and yet not proved. The two functions f, g of w x and q x agree up
to a factor: u f + v g with f = c g conserves u - c v, whatever they are written in.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from verify.discover.discovery import discover
from verify.discover.given import judged
from verify.discover.house import shaped
from verify.discover.relations import settled
from verify.discover.rewriting import rewritten
from verify.trace.functions import sigmoid, silu, softmax
from verify.trace.graph import Graph
from verify.trace.numbers import FLOATS
from verify.trace.prime import PRIMES
from verify.trace.trace import traced

#: f, g with f = c g
PAIRS: dict[str, tuple[Any, Any, str]] = {
    "softmax": (lambda a, b: softmax(np.stack([a, b]))[0], lambda a, b: sigmoid(a - b), "u - v"),
    "of three": (lambda a, b: softmax(np.stack([a, b, a + b]))[2],
                 lambda a, b: 1 / (1 + np.exp(-a) + np.exp(-b)), "u - v"),
    "squares": (lambda a, b: np.exp(a) ** 2 * np.exp(b), lambda a, b: np.exp(2 * a + b), "u - v"),
    "tanh": (lambda a, b: np.tanh(a) * b, lambda a, b: b * (2 * sigmoid(2 * a) - 1), "u - v"),
    "thirds": (lambda a, b: b * sigmoid(2 * a / 4) * sigmoid(3 * a / 4),
               lambda a, b: b * np.exp(5 * a / 4) / (1 + np.exp(a / 2)) / (1 + np.exp(3 * a / 4)),
               "u - v"),
    "a factor": (lambda a, b: 3 * np.exp(a - b) * a, lambda a, b: np.exp(a) * a / np.exp(b),
                 "u - 3 v"),
    "constants": (lambda a, b: np.exp(a + 1) * np.exp(b - 1), lambda a, b: np.exp(a + b), "u - v"),
    "gates": (lambda a, b: silu(a - b) * np.exp(-a),
              lambda a, b: (a - b) / (np.exp(a) + np.exp(b)), "u - v"),
}  # fmt: skip


def graph_of(pair: str) -> Graph:
    f, g, _ = PAIRS[pair]
    body = lambda x, *, u, v, w, q: u * f(w @ x, q @ x) + v * g(w @ x, q @ x)
    return traced(shaped(body, {"x": (2,)}, {"u": (), "v": (), "w": (2,), "q": (2,)}))


@pytest.mark.parametrize("pair", PAIRS)
def test_equal_functions_have_their_law_proved(pair: str) -> None:
    graph, law = graph_of(pair), PAIRS[pair][2]
    d = discover(graph)
    assert law in {w.text for w in d.written} and d.lower == d.found, d.written
    assert d.upper == d.lower, d.notes
    assert judged(graph, law).verdict == "PROVED"
    assert judged(graph, law.replace("-", "+")).verdict == "REFUTED"


@pytest.mark.parametrize("pair", PAIRS)
def test_the_new_graph_has_the_values_of_the_old(pair: str) -> None:
    graph = graph_of(pair)
    new = rewritten(graph, settled(graph, PRIMES[0]).rules.powers)
    if new is None:
        assert pair == "tanh"  # equal and opposite arguments alone
        return
    random = np.random.default_rng(1)
    values = {n: random.uniform(-1, 1, s) for n, s in {**graph.params, **graph.inputs}.items()}
    one, two = (np.ravel(g.results(g.run(FLOATS, values))[0]) for g in (graph, new))
    assert np.allclose(one, two, rtol=1e-12)


def test_what_is_no_identity_stays() -> None:
    """Exponents that are wrong by one, as a fault of the relations would have them."""
    graph = graph_of("softmax")
    powers = settled(graph, PRIMES[0]).rules.powers
    assert powers is not None and rewritten(graph, powers) is not None
    last = max(powers.at)
    powers.at[last][0, 0] += 1
    assert rewritten(graph, powers) is None
