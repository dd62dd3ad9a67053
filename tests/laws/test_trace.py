"""The graph of a traced function: it gives what the function gives, its pass backwards is the
derivative, and what it cannot hold is refused by name.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from scipy import special

from verify.exact.errors import BadInput
from verify.trace.doubles import doubles
from verify.trace.functions import (
    gelu,
    layer_norm,
    relu,
    rms_norm,
    sigmoid,
    silu,
    softmax,
    top_k,
)  # fmt: skip
from verify.trace.graph import Graph
from verify.trace.numbers import FLOATS, FRACTIONS
from verify.trace.trace import traced


def two_layers(x: (2,), *, W1: (3, 2), W2: (2, 3)):
    return W2 @ relu(W1 @ x)


def swiglu(x: (2,), *, A: (2, 3), B: (3, 2), C: (3, 2)):
    return A @ (silu(B @ x) * (C @ x))


def attention(X: (3, 4), *, Q: (2, 2, 4), K: (2, 2, 4), V: (2, 3, 4), O: (2, 4, 3)):
    q, k, v = (np.einsum("hkd,td->htk", M, X) for M in (Q, K, V))
    scores = q @ np.swapaxes(k, 1, 2) / np.sqrt(2)
    scores = np.where(np.tril(np.ones((3, 3))) == 0, -np.inf, scores)
    return np.einsum("htk,hdk->td", softmax(scores) @ v, O)


def shapes(X: (3, 4), *, W: (4, 4), b: (4,), E: (5, 4)):
    h = layer_norm(X @ W + b, eps=1e-5)
    h = np.concatenate([gelu(h), E[[0, 2, 2]]], axis=1)
    h = h[:, ::2] * np.tanh(h[:, 1::2])
    h = np.pad(h, ((1, 0), (0, 0)))
    h = np.stack([h, h**2, np.roll(h, 1, 0)]).transpose(2, 0, 1)
    return h.mean(axis=(0, 1)), np.max(h, axis=-1), np.where(h > 0.3, h, 0.1 * h)


def experts(x: (3,), *, G: (4, 3), U: (4, 2, 3), V: (4, 2, 2)):
    gate = G @ x
    share = softmax(np.where(top_k(gate, 2) > 0.5, gate, gate - 100))
    return np.einsum("n,nij,nj->i", share, V, sigmoid(np.einsum("nhd,d->nh", U, x)))


def several(x: (3,), y: (), *, W: (3, 3), g: (3,)):
    z = rms_norm(W @ x) * g + y
    first = np.linalg.norm(z) ** -1.0 * np.prod(z) + np.trace(W.T @ W) ** 1.5
    return np.outer(z, z), first, abs(z).clip(0.1, 2), np.cumsum(z), np.log1p(z * z), special.erf(z)


MODELS = (two_layers, swiglu, attention, shapes, experts, several)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("seed", range(3))
def test_the_pass_backwards_is_the_derivative(model: Callable[..., Any], seed: int) -> None:
    """Against differences of the function itself, not of the graph."""
    graph, random = traced(model), np.random.default_rng(seed)
    given = {n: random.normal(size=s) for n, s in {**graph.inputs, **graph.params}.items()}
    places = graph.run(FLOATS, given)
    seeds = [random.normal(size=o.shape) for o in graph.results(places)]
    found = graph.gradient(FLOATS, places, seeds)

    def value(params: dict[str, Any]) -> float:
        out = model(*(given[n] for n in graph.inputs), **params)
        parts = out if isinstance(out, tuple) else (out,)
        return float(sum(np.sum(s * o) for s, o in zip(seeds, parts, strict=True)))

    for name, shape in graph.params.items():
        d = random.normal(size=shape) * 1e-6
        own = {n: given[n] for n in graph.params}
        slope = value({**own, name: own[name] + d}) - value({**own, name: own[name] - d})
        assert slope / 2e-6 == pytest.approx(np.sum(found[name] * d) / 1e-6, rel=1e-5, abs=1e-5)


def test_exact_fractions() -> None:
    graph = traced(two_layers)
    third = Fraction(1, 3)
    given = {
        "x": FRACTIONS.array([third, Fraction(2)], (2,)),
        "W1": FRACTIONS.array([Fraction(n, 7) for n in range(-2, 4)], (3, 2)),
        "W2": FRACTIONS.array([Fraction(n, 5) for n in range(6)], (2, 3)),
    }
    (out,) = graph.results(graph.run(FRACTIONS, given))
    hidden = [max(Fraction(a, 21) + Fraction(2 * b, 7), 0) for a, b in ((-2, -1), (0, 1), (2, 3))]
    expected = [sum(Fraction(n + 3 * i, 5) * hidden[n] for n in range(3)) for i in range(2)]
    assert list(out) == expected and all(type(x) is Fraction for x in out)


def branch(x: (2,), *, W: (2, 2)):
    z = W @ x
    return z if z[0] > 0 else -z


def hidden_branch(x: (2,), *, W: (2, 2)):
    z = W @ x
    return z if type(z) is not np.ndarray or z[0] > 0 else -z


def sorted_entries(x: (2,), *, W: (2, 2)):
    return np.sort(W @ x)


def as_array(x: (2,), *, W: (2, 2)):
    z = W @ x
    return np.array([z[0], z[1]])


def number(x: (2,), *, W: (2, 2)):
    return float((W @ x)[0])


def looks(x: (2,), *, W: (2, 2)):
    return W[int(x[0])]


def infinite(x: (2,), *, W: (2, 2)):
    return W @ x + np.inf


def wrong_shapes(x: (2,), *, W: (2, 3)):
    return W @ x


def unused(x: (2,), *, W: (2, 2), b: (2,)):
    return W @ x


def constant(x: (2,), *, W: (2, 2)):
    return 3 * x


def assigned(x: (2,), *, W: (2, 2)):
    z = W @ x
    z[0] = 1
    return z


CALLS = iter(range(10**6))


def differs(x: (2,), *, W: (2, 2)):
    return W @ x * next(CALLS)


def cosine(x: (2,), *, W: (2, 2)):
    return np.cos(W @ x)


def bare(x, *, W: (2, 2)):
    return W @ x


def no_tensors(x: (2,)):
    return x


def negative(x: (2,), *, W: (2, -2)):
    return W @ x


def equal(x: (2,), *, W: (2, 2)):
    return np.where(W @ x == 0, 1, W @ x)


def undefined(x: (2,), *, W: (2, 2)):
    return np.sqrt(-((W @ x) ** 2) - 1)


@pytest.mark.parametrize(
    ("model", "said"),
    [
        (branch, "branch"), (hidden_branch, "branches on data"), (sorted_entries, "np.sort"),
        (as_array, "np.stack"), (number, "float"), (looks, "index"), (infinite, "finite"),
        (wrong_shapes, "do not fit"), (unused, "b is never used"), (constant, "does not depend"),
        (assigned, "assignment"), (differs, "differs from call to call"), (cosine, "cos"),
        (bare, "x has no shape"), (no_tensors, "no tensor"), (negative, "shape of W"),
        (equal, "equal"), (undefined, "not finite"),
    ],
)  # fmt: skip
def test_what_is_refused_by_name(model: Callable[..., Any], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        traced(model)


def test_equal_operations_are_one_node() -> None:
    def twice(x: (2,), *, W: (2, 2)):
        return np.tanh(W @ x) + np.tanh(np.einsum("ij,j->i", W, x))

    graph: Graph = traced(twice)
    assert sum(n.op == "exp" for n in graph.nodes) == 1


def test_fractions_are_numbers_like_others() -> None:
    """The graph is that of the same number as a double, whatever is done with its multiples."""

    def model(half: Any, parts: Any) -> Callable[..., Any]:
        def made(x: (2,), *, u: (), W: (2, 2)):
            h = W @ x * half
            h = np.where(h > half, h, half * h)
            return parts @ np.tanh(h / half) * u + np.stack([half * h[0], h[1] - half])

        return made

    exact = model(Fraction(1, 2), np.array([[Fraction(3, 4), 0], [1, Fraction(-1, 8)]]))
    double = model(0.5, np.array([[0.75, 0], [1, -0.125]]))
    assert traced(exact).nodes == traced(double).nodes and not traced(exact).notes


def test_in_place_on_doubles_is_what_it_was() -> None:
    a = doubles([1, 2])
    b = a
    b *= Fraction(1, 2)
    np.add(a, [1, 1], out=a)
    assert a.tolist() == [1.5, 2.0] and b.tolist() == [1.5, 2.0]


def test_a_float_is_the_binary_fraction_that_it_is() -> None:
    def tenth(x: (2,), *, W: (2, 2)):
        return 0.1 * (W @ x)

    graph = traced(tenth)
    (constant,) = (n.data[0] for n in graph.nodes if n.op == "const")
    assert constant == Fraction(0.1) != Fraction(1, 10) and "0.1" in graph.notes[0]


def test_constants_are_computed_at_once() -> None:
    def scaled(x: (2,), *, W: (2, 2)):
        return (np.ones(2) * (1 * (W @ x)) + 0 * np.ones(2) / 3) / (2 - 1)

    ops = [n.op for n in traced(scaled).nodes]
    assert ops.count("mul") == 0 and ops.count("inv") == 0
