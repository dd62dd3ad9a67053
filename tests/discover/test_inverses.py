"""exp of sums with logarithms, logarithms of products: the count is that of the same function with
neither in the other, written here by hand.

The kind: an exponential of a logarithm taken for a value of its own; a function that has values
where the model has none, so that a pattern seems to occur; log(x^2) taken for 2 log x.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from verify.discover.certificate import asked
from verify.discover.discovery import discover
from verify.trace.comparisons import absolute, maximum
from verify.trace.functions import sigmoid
from verify.trace.record import Recorder
from verify.trace.rules import exp, log
from verify.trace.trace import traced


def log_softmax(z: Any) -> Any:
    above = z - np.max(z)
    return above - np.log(np.sum(np.exp(above)))


def softmax(z: Any) -> Any:
    return np.exp(z) / np.sum(np.exp(z))


def square(x: (2,), *, W: (2, 2), a: (2,)) -> Any:  # type: ignore[syntax]
    return a @ (1 + (W @ x) ** 2) ** 2


def square_by_log(x: (2,), *, W: (2, 2), a: (2,)) -> Any:  # type: ignore[syntax]
    return a @ np.exp(2 * np.log(1 + (W @ x) ** 2))


def weights(x: (2,), *, W: (3, 2), A: (2, 3)) -> Any:  # type: ignore[syntax]
    return A @ softmax(W @ x)


def weights_by_log(x: (2,), *, W: (3, 2), A: (2, 3)) -> Any:  # type: ignore[syntax]
    return A @ np.exp(log_softmax(W @ x))


def entropy(x: (2,), *, W: (2, 2)) -> Any:  # type: ignore[syntax]
    p = softmax(W @ x)
    return np.sum(p * np.log(p))


def entropy_of_scores(x: (2,), *, W: (2, 2)) -> Any:  # type: ignore[syntax]
    z = W @ x
    return np.sum(softmax(z) * z) - np.log(np.sum(np.exp(z)))


def sums(x: (2,), *, W: (2, 2), u: (), v: ()) -> Any:  # type: ignore[syntax]
    s = 1 + (W @ x) ** 2
    return u * np.sum(np.log(s**3)) + v * np.sum(np.log(np.exp(W @ x) / np.sqrt(s)))


def sums_apart(x: (2,), *, W: (2, 2), u: (), v: ()) -> Any:  # type: ignore[syntax]
    s = np.log(1 + (W @ x) ** 2)
    return u * np.sum(3 * s) + v * np.sum(W @ x - s / 2)


def product(x: (2,), *, a: (), u: (), v: (), W: (2, 2)) -> Any:  # type: ignore[syntax]
    y, z = (W @ x) ** 2 + 1
    return u * np.log(a * a * y * z) + v * np.log(a * a * y)


def product_apart(x: (2,), *, a: (), u: (), v: (), W: (2, 2)) -> Any:  # type: ignore[syntax]
    y, z = np.log((W @ x) ** 2 + 1)
    return u * (np.log(a * a) + y + z) + v * (np.log(a * a) + y)


PAIRS = ((product, product_apart), (square_by_log, square), (weights_by_log, weights),
         (entropy, entropy_of_scores), (sums, sums_apart))  # fmt: skip


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_the_laws_and_their_number_are_those_of_the_same_function(one: Any, other: Any) -> None:
    x = np.random.default_rng(0).normal(size=2)
    d, same = discover(traced(one)), discover(traced(other))
    T = {n: np.full(s, 0.7) + np.arange(np.prod(s)).reshape(s) for n, s in d.graph.params.items()}
    assert one(x, **T) == pytest.approx(other(x, **T))
    assert d.complete and same.complete and d.upper == same.upper
    assert [w.text for w in d.written] == [w.text for w in same.written]


def softplus(z: Any) -> Any:
    return np.log1p(np.exp(z))


#: two ways to write one number, of which a logarithm is a part
LOGISTIC = [
    (lambda z: softplus(z) - softplus(-z), lambda z: z),
    (lambda z: np.log(sigmoid(z)) - np.log(1 - sigmoid(z)), lambda z: z),
    (lambda z: np.log(sigmoid(-z)) - np.log(sigmoid(z)), lambda z: -z),
    (lambda z: np.logaddexp(0, z) - np.logaddexp(-z, 0), lambda z: z),
    (lambda z: np.log(1 - sigmoid(-z)), lambda z: z - softplus(z)),
    (lambda z: z - (z - np.exp(z)) + (-z + z * z), lambda z: np.exp(z) + (z * z - z)),
]


@pytest.mark.parametrize(("one", "other"), LOGISTIC)
def test_the_logistic_function_and_its_opposite_have_one_logarithm(one: Any, other: Any) -> None:
    """u f(z) + v f(z) conserves u - v, and |u|^2 + |v|^2 - |w|^2 where f is linear."""

    def model(x: (2,), *, u: (), v: (), w: (2,)) -> Any:  # type: ignore[syntax]
        return u * one(w @ x) + v * other(w @ x)

    z = np.linspace(-3, 3, 7)
    assert one(z) == pytest.approx(other(z))
    d = discover(traced(model))
    linear = np.allclose(other(z), other(np.ones(1)) * z)
    assert d.complete and d.upper == 1 + linear and "u - v" in {w.text for w in d.written}
    assert asked(d).counts


def test_both_logarithms_of_a_binary_loss_are_counted() -> None:
    """log p and log(1 - p) differ by z: nothing is conserved of u log p + v log(1 - p)."""

    def model(x: (2,), *, u: (), v: (), w: (2,)) -> Any:  # type: ignore[syntax]
        p = sigmoid(w @ x)
        return u * np.log(p) + v * np.log(1 - p)

    d = discover(traced(model))
    assert (d.upper, d.complete) == (0, True) and asked(d).counts


def where_it_is(*, u: (), v: (), w: ()) -> Any:  # type: ignore[syntax]
    """It has values for u > 0 alone, where v never moves."""
    return w * np.exp(np.log(u)) + v * np.maximum(-u, 0)


def test_no_value_is_made_where_there_is_none() -> None:
    graph = traced(where_it_is)
    assert {"exp", "log"} <= {n.op for n in graph.nodes}
    d = discover(graph)
    assert d.upper is None or d.upper >= 2  # v, and u^2 - w^2


def test_what_is_not_seen_to_be_positive_stays_inside() -> None:
    r = Recorder()
    z = r.push("param", (), (2,), "z")
    node = lambda x: (x.node.op, [r.nodes[k].op for k in x.node.args])
    assert node(log(r, z * z)) == ("log", ["mul"])  # 2 log z is nothing for z < 0
    assert node(log(r, 2 * np.exp(z))) == ("log", ["mul"])  # log 2 is no fraction
    assert node(exp(r, log(r, z))) == ("exp", ["log"])
    assert node(exp(r, 0.3 * log(r, z * z + 1))) == ("exp", ["mul"])
    assert node(exp(r, log(r, z * z + 1) - z)) == ("mul", ["add", "inv"])
    assert node(log(r, (z * z + 1) * z)) == ("add", ["log", "log"])
    assert log(r, exp(r, z)).place == z.place


def test_what_is_never_negative_has_no_pattern_of_its_own() -> None:
    r = Recorder()
    z = r.push("param", (), (2,), "z")
    above = maximum(r, z, 0)
    for same in (above, z * z + 1, exp(r, z), np.sqrt(z), above * 0.5 + above):
        assert maximum(r, same, 0).place == absolute(r, same).place == same.place
    for other in (z, -above, above - 1, above * z, z**3):
        assert maximum(r, other, 0).place != other.place != absolute(r, other).place


def thrice(x: (2,), *, W: (2, 2), C: (2,), D: (2,)) -> Any:  # type: ignore[syntax]
    s = 1 + np.maximum(W @ x, 0) ** 2
    return C @ np.log(s) + D @ np.log(s**2)


def test_logarithms_of_1_in_a_pattern() -> None:
    """Where both units are off no logarithm is left."""
    d = discover(traced(thrice))
    assert d.complete and [w.text for w in d.written] == ["2 C - D"]


@pytest.mark.parametrize("steps", [60, 1500])
def test_what_would_be_written_too_often_stays_as_it_is(steps: int) -> None:
    """2^60 times a logarithm, a product of 2^60 factors, and chains of 1,500: nothing is expanded.
    The values are those of NumPy, as tracing compares them.
    """

    def doubled(*, w: (2,)) -> Any:  # type: ignore[syntax]
        z, y = np.log(1 + w * w / 2**70), np.exp(w / 2**60)
        for _ in range(steps):
            z, y = (z + z, y * y) if steps == 60 else (z + w / 2**20, y * np.exp(w / 2**60))
        return np.exp(z) + np.log(y)

    assert {x.op for x in traced(doubled).nodes} >= {"exp", "log"}


def test_long_sums_are_compared_as_well() -> None:
    """Doubled 60 times, and of 1,500 terms: a pattern of its own."""

    def compared(*, w: (2,)) -> Any:  # type: ignore[syntax]
        z = y = 1 + np.exp(w)
        gate = w > 0
        for _ in range(60):
            z, gate = z + z, gate & gate
        for _ in range(1500):
            y = y + w * w
        return w * (z > 0) + np.where(y > 0, w, 0) * np.where(gate, w, 1)

    assert {x.op for x in traced(compared).nodes} >= {"exp", "step"}
