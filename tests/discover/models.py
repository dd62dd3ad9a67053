"""Small models as people write them, whose laws are known."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from verify.trace.functions import gelu, layer_norm, relu, rms_norm, sigmoid, silu, softmax
from verify.trace.graph import Graph
from verify.trace.trace import traced


def linear(x: (2,), *, W1: (3, 2), W2: (2, 3)) -> Any:  # type: ignore[syntax]
    return W2 @ (W1 @ x)


def product_first(x: (2,), *, W1: (3, 2), W2: (2, 3)) -> Any:  # type: ignore[syntax]
    return (W2 @ W1) @ x


def relu_bias(x: (3,), *, A: (4, 3), a: (4,), B: (2, 4), b: (2,)) -> Any:  # type: ignore[syntax]
    return B @ relu(A @ x + a) + b


def swiglu(x: (2,), *, A: (2, 3), B: (3, 2), C: (3, 2)) -> Any:  # type: ignore[syntax]
    return A @ (silu(B @ x) * (C @ x))


def experts(x: (2,), *, W: (2, 2), E: (2, 2)) -> Any:  # type: ignore[syntax]
    return softmax(W @ x) @ (E @ x)


def sigmoid_experts(x: (2,), *, W: (2, 2), E: (2, 2)) -> Any:  # type: ignore[syntax]
    s = sigmoid(W @ x)
    return (s / np.sum(s)) @ (E @ x)


def attention(
    X: (2, 3), *, Q: (4, 3), K: (4, 3), V: (4, 3), O: (3, 4)  # type: ignore[syntax]
) -> Any:  # fmt: skip
    heads = []
    for h in range(2):
        s = slice(2 * h, 2 * h + 2)
        p = softmax(((X @ Q[s].T) @ (X @ K[s].T).T) / np.sqrt(2))
        heads.append(p @ (X @ V[s].T))
    return np.concatenate(heads, axis=1) @ O.T


def residual(x: (2,), *, U1: (2, 2), U2: (2, 2)) -> Any:  # type: ignore[syntax]
    h = x + U1 @ x
    return h + U2 @ h


def symmetric(x: (2,), *, U: (2, 3)) -> Any:  # type: ignore[syntax]
    return U @ (U.T @ x)


def cubes(x: (2,), *, u: (2,), v: (2,)) -> Any:  # type: ignore[syntax]
    return x @ (u**3 - v**3)


def normalised(x: (2,), *, U: (2, 2), g: (2,), O: (2, 2)) -> Any:  # type: ignore[syntax]
    return O @ (g * rms_norm(U @ x))


def circular(x: (3,), *, a: (3,), b: (3,)) -> Any:  # type: ignore[syntax]
    return np.stack([sum(a[i] * b[(j - i) % 3] for i in range(3)) for j in range(3)]) @ x


def squares(x: (2,), *, a: (2,), W: (2, 2)) -> Any:  # type: ignore[syntax]
    return a @ (W @ x) ** 2


def gelu_gate(x: (2,), *, A: (2, 2), B: (2, 2), C: (2, 2)) -> Any:  # type: ignore[syntax]
    return A @ (gelu(B @ x) * (C @ x))


def layer_normed(x: (2,), *, U: (3, 2), g: (3,), O: (1, 3)) -> Any:  # type: ignore[syntax]
    return O @ (g * layer_norm(U @ x))


def layer_projected(x: (2,), *, U: (3, 2), O: (1, 3)) -> Any:  # type: ignore[syntax]
    return O @ layer_norm(U @ x)


@cache
def graph(model: Callable[..., Any]) -> Graph:
    return traced(model)
