"""Roots of multiples, and erf of the opposite, are seen as one by proofs and by the kernel.

The kind: a law that holds because sqrt(4 z) = 2 sqrt(z) or Phi(-z) = 1 - Phi(z), found and not
proved; and the reverse, two roots taken for one that only look alike in doubles. u f + v g with
f = c g conserves u - c v, whatever they are written in.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from verify.discover.certificate import asked
from verify.discover.discovery import discover
from verify.discover.given import judged
from verify.discover.house import shaped
from verify.discover.one_root import with_one_root
from verify.trace.functions import gelu
from verify.trace.graph import Graph
from verify.trace.numbers import FLOATS
from verify.trace.trace import traced

#: f, g of one number with f = c g, and the law
PAIRS: dict[str, tuple[Any, Any, str]] = {
    "four": (lambda z: np.sqrt(4 + 4 * z * z), lambda z: np.sqrt(1 + z * z), "u - 2 v"),
    "a fraction": (lambda z: 3 * z / np.sqrt(1 + z * z),
                   lambda z: z / np.sqrt((4 + 4 * z * z) / 9), "u - 2 v"),
    "an array": (lambda z: np.sqrt(np.stack([1 + z * z, 9 + 9 * z * z]))[1],
                 lambda z: np.sqrt(1 + z * z), "u - 3 v"),
    "inside": (lambda z: np.sqrt(1 + np.sqrt(4 + 4 * z * z)),
               lambda z: np.sqrt(1 + 2 * np.sqrt(1 + z * z)), "u - v"),
    "gelu": (lambda z: gelu(z) - gelu(-z), lambda z: z, "u - v"),
    "gelu of three": (lambda z: gelu(3 * z) - gelu(-3 * z), lambda z: z, "u - 3 v"),
}  # fmt: skip


def graph_of(f: Any, g: Any) -> Graph:
    body = lambda x, *, u, v, w: u * f(w @ x) + v * g(w @ x)
    return traced(shaped(body, {"x": (2,)}, {"u": (), "v": (), "w": (2,)}))


@pytest.mark.parametrize("pair", PAIRS)
def test_equal_functions_have_their_law_and_the_kernel_counts(pair: str) -> None:
    f, g, law = PAIRS[pair]
    graph = graph_of(f, g)
    d = discover(graph)
    assert d.complete and law in {w.text for w in d.written}, [d.notes, d.written]
    kernel = asked(d)
    assert kernel.sentence and kernel.counts and kernel.anew, kernel.reason
    assert judged(graph, law).verdict == "PROVED"
    assert judged(graph, law.replace("-", "+")).verdict == "REFUTED"


@pytest.mark.parametrize("pair", PAIRS)
def test_the_new_graph_has_the_values_of_the_old_and_fewer_roots(pair: str) -> None:
    graph = graph_of(*PAIRS[pair][:2])
    new = with_one_root(graph)
    assert new is not None
    count = lambda g: sum(n.size for n in g.nodes if n.op in ("sqrt", "erf"))
    assert count(new) < count(graph)
    random = np.random.default_rng(1)
    values = {n: random.uniform(-1, 1, s) for n, s in {**graph.params, **graph.inputs}.items()}
    one, two = (np.ravel(g.results(g.run(FLOATS, values))[0]) for g in (graph, new))
    assert np.allclose(one, two, rtol=1e-12)


@pytest.mark.parametrize(
    "other",
    [
        lambda z: np.sqrt(2 + 2 * z * z),  # a factor without a rational root
        lambda z: np.sqrt(4 + 4 * z * z + z**3 / 2**50),  # the same in doubles
        lambda z: np.sqrt(1 + z**4),
    ],
)
def test_what_is_no_identity_stays(other: Any) -> None:
    assert with_one_root(graph_of(lambda z: np.sqrt(1 + z * z), other)) is None


def test_a_sum_of_squares_by_two_tensors() -> None:
    """sqrt(a^2 + b^2) x + sqrt(4 a^2 + 4 b^2) c x: one field, three coordinates, two laws."""
    body = lambda x, *, a, b, c: (np.sqrt(a**2 + b**2) + np.sqrt(4 * a**2 + 4 * b**2) * c) * x
    d = discover(traced(shaped(body, {"x": ()}, {"a": (), "b": (), "c": ()})))
    assert d.complete and (d.lower, d.upper) == (2, 2)
