"""Models of the house, as functions that anybody could write: none knows its laws or their number.

Each is made at sizes; its signature gives the shapes, as in a user's file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from inspect import Parameter, Signature
from itertools import pairwise
from typing import Any

import numpy as np

from verify.trace.functions import relu, silu, softmax
from verify.trace.shapes import Shape

Model = Callable[..., Any]


@dataclass(frozen=True)
class Family:
    """A model at sizes: what these are called, usual ones, and further options of ``make``."""

    title: str
    sizes: str
    default: str
    make: Callable[..., Model]
    options: tuple[str, ...] = ()

    def at(self, sizes: Sequence[int], **options: Any) -> Model:
        return self.make(*sizes, **options)


def shaped(body: Model, inputs: Mapping[str, Shape], params: Mapping[str, Shape]) -> Model:
    """The function with these shapes in its signature."""

    def model(*given: Any, **tensors: Any) -> Any:
        return body(*given, **tensors)

    one = lambda n, s, kind: Parameter(n, kind, annotation=s)
    rows = [one(n, s, Parameter.POSITIONAL_OR_KEYWORD) for n, s in inputs.items()]
    rows += [one(n, s, Parameter.KEYWORD_ONLY) for n, s in params.items()]
    model.__signature__ = Signature(rows)  # type: ignore[attr-defined]
    return model


def _layers(widths: tuple[int, ...]) -> dict[str, Shape]:
    """W1 acts first: widths from the input to the output."""
    return {f"W{n}": (b, a) for n, (a, b) in enumerate(pairwise(widths), 1)}


def linear(*widths: int) -> Model:
    """x -> W_N .. W_1 x."""

    def body(x: Any, **W: Any) -> Any:
        for w in W.values():
            x = w @ x
        return x

    return shaped(body, {"x": (widths[0],)}, _layers(widths))


def product(*widths: int) -> Model:
    """W_N .. W_1 itself."""

    def body(**W: Any) -> Any:
        made, *rest = W.values()
        for w in rest:
            made = w @ made
        return made

    return shaped(body, {}, _layers(widths))


def rectified(*widths: int, bias: bool = False) -> Model:
    """Layers with relu between them, with biases of the hidden ones or not."""

    def body(x: Any, **W: Any) -> Any:
        last = len(widths) - 1
        for n in range(1, last):
            x = relu(W[f"W{n}"] @ x + W[f"b{n}"] if bias else W[f"W{n}"] @ x)
        return W[f"W{last}"] @ x

    biases = {f"b{n}": (w,) for n, w in enumerate(widths[1:-1], 1)} if bias else {}
    return shaped(body, {"x": (widths[0],)}, {**_layers(widths), **biases})


def diagonal(depth: int, width: int) -> Model:
    """w = u_1 * .. * u_L entrywise."""
    params = {f"u{n}": (width,) for n in range(1, depth + 1)}

    def body(**u: Any) -> Any:
        made: Any = 1
        for x in u.values():
            made = made * x
        return made

    return shaped(body, {}, params)


def signed_power(degree: int, width: int) -> Model:
    """w = u^D - v^D entrywise."""
    return shaped(lambda *, u, v: u**degree - v**degree, {}, {"u": (width,), "v": (width,)})


def circular(depth: int, width: int) -> Model:
    """The circular convolution of L kernels."""
    params = {f"a{n}": (width,) for n in range(1, depth + 1)}

    def body(**a: Any) -> Any:
        made, *rest = a.values()
        for k in rest:
            made = np.stack([np.sum(made * k[(n - np.arange(width)) % width])
                             for n in range(width)])  # fmt: skip
        return made

    return shaped(body, {}, params)


def convolution(*widths: int) -> Model:
    """The product of polynomials with these numbers of coefficients."""
    params = {f"a{n}": (w,) for n, w in enumerate(widths, 1)}

    def body(**a: Any) -> Any:
        made, *rest = a.values()
        for k in rest:
            size = len(made) + len(k) - 1
            made = sum(np.pad(made * k[i], (i, size - i - len(made))) for i in range(len(k)))
        return made

    return shaped(body, {}, params)


def factorisation(rows: int, rank: int) -> Model:
    """U U^T."""
    return shaped(lambda *, U: U @ U.T, {}, {"U": (rows, rank)})


def tied(width: int) -> Model:
    """W W."""
    return shaped(lambda *, W: W @ W, {}, {"W": (width, width)})


def residual(width: int) -> Model:
    """x + W1 x, and from there x + W2 x."""

    def body(x: Any, *, W1: Any, W2: Any) -> Any:
        h = x + W1 @ x
        return h + W2 @ h

    return shaped(body, {"x": (width,)}, {"W1": (width, width), "W2": (width, width)})


def quadratic(width: int, units: int) -> Model:
    """sum_k a_k (w_k . x)^2."""
    return shaped(
        lambda x, *, a, W: a @ (W @ x) ** 2,
        {"x": (width,)},
        {"a": (units,), "W": (units, width)},
    )


def cp(order: int, width: int, rank: int) -> Model:
    """sum_k of the outer products of the k-th rows."""
    letters = "abcdefgh"[:order]

    def body(**a: Any) -> Any:
        spec = ",".join(f"z{c}" for c in letters) + f"->{letters}"
        return np.einsum(spec, *a.values())

    return shaped(body, {}, {f"a{n}": (rank, width) for n in range(1, order + 1)})


def attention(width: int, keys: int, values: int, heads: int = 1, tokens: int = 2) -> Model:
    """Softmax attention of several heads."""

    def body(X: Any, *, Q: Any, K: Any, V: Any, O: Any) -> Any:
        q, k, v = (np.einsum("hkd,td->htk", M, X) for M in (Q, K, V))
        return np.einsum("htk,hdk->td", softmax(q @ np.swapaxes(k, 1, 2)) @ v, O)

    shapes = {
        "Q": (heads, keys, width), "K": (heads, keys, width),
        "V": (heads, values, width), "O": (heads, width, values),
    }  # fmt: skip
    return shaped(body, {"X": (tokens, width)}, shapes)


def swiglu(units: int, width: int, outputs: int) -> Model:
    """A (silu(B x) * (C x))."""
    return shaped(
        lambda x, *, A, B, C: A @ (silu(B @ x) * (C @ x)),
        {"x": (width,)},
        {"A": (outputs, units), "B": (units, width), "C": (units, width)},
    )


def biased(*widths: int) -> Model:
    """Linear layers with biases."""

    def body(x: Any, **W: Any) -> Any:
        for n in range(1, len(widths)):
            x = W[f"W{n}"] @ x + W[f"b{n}"]
        return x

    biases = {f"b{n}": (w,) for n, w in enumerate(widths[1:], 1)}
    return shaped(body, {"x": (widths[0],)}, {**_layers(widths), **biases})


HOUSE = {
    "linear": Family("W_N .. W_1 x", "n_0,..,n_N", "2,3,2", linear),
    "product": Family("the matrix W_N .. W_1", "n_0,..,n_N", "2,2,2", product),
    "relu": Family("the same with relu between", "n_0,..,n_N", "2,3,2", rectified, ("bias",)),
    "linear-biases": Family("linear layers with biases", "n_0,..,n_N", "2,2,1", biased),
    "diagonal": Family("u_1 * .. * u_L entrywise", "L,n", "2,3", diagonal),
    "signed-power": Family("u^D - v^D entrywise", "D,n", "2,2", signed_power),
    "circular": Family("circular convolution of L kernels", "L,n", "2,3", circular),
    "convolution": Family("kernels with n_1,..,n_N coefficients", "n_1,..,n_N", "3,2", convolution),
    "factorisation": Family("U U^T, U of size n x r", "n,r", "2,3", factorisation),
    "tied": Family("W W", "n", "2", tied),
    "residual": Family("(I + W2)(I + W1) x", "n", "2", residual),
    "quadratic-activation": Family("sum_k a_k (w_k . x)^2", "n,r", "2,2", quadratic),
    "cp": Family("sum_k of outer products, of this order", "order,n,r", "3,2,1", cp),
    "swiglu": Family("A (silu(B x) * (C x)), h units", "h,d,m", "3,2,1", swiglu),
    "attention": Family(
        "softmax attention on two tokens", "d,dk,dv", "2,2,2", attention, ("heads",)
    ),
}
