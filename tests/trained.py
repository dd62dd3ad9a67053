"""Blocks that people train, as they would write them, at sizes; shapes in the signature."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from verify.discover.house import shaped, swiglu
from verify.trace.functions import rms_norm, sigmoid, silu, softmax

Model = Callable[..., Any]
__all__ = ["swiglu"]


def silu_layers(*widths: int) -> Model:
    names = [f"W{n}" for n in range(1, len(widths))]

    def body(x: Any, **W: Any) -> Any:
        for n in names[:-1]:
            x = silu(W[n] @ x)
        return W[names[-1]] @ x

    shapes = {n: (b, a) for n, a, b in zip(names, widths, widths[1:], strict=False)}
    return shaped(body, {"x": (widths[0],)}, shapes)


def experts(n: int, h: int, d: int, gate: Callable[..., Any] = softmax) -> Model:
    """A gate over n experts with one output, each SwiGLU with h units."""

    def body(x: Any, *, G: Any, A: Any, B: Any, C: Any) -> Any:
        return np.einsum("n,nh,nh->", gate(G @ x), A, silu(B @ x) * (C @ x))

    shapes = {"G": (n, d), "A": (n, h), "B": (n, h, d), "C": (n, h, d)}
    return shaped(body, {"x": (d,)}, shapes)


def normalised_sigmoid(z: Any) -> Any:
    s = sigmoid(z)
    return s / np.sum(s)


#: points of the circle, one for each pair of entries
TURNS = (3 + 4j) / 5, (5 + 12j) / 13, (8 + 15j) / 17, (7 + 24j) / 25


def turned(q: Any) -> Any:
    """Rotary positions: pair n of token t is turned t times by an angle of its own."""
    tokens, pairs = q.shape[-2], q.shape[-1] // 2
    angles = np.array([[TURNS[n] ** t for n in range(pairs)] for t in range(tokens)])
    c, s = angles.real, angles.imag
    even, odd = q[..., 0::2], q[..., 1::2]
    parts = np.stack([c * even - s * odd, s * even + c * odd], axis=-1)
    return parts.reshape(q.shape)


def attention(
    d: int, dk: int, dv: int, heads: int, kv: int = 0, rotary: bool = False, norm: bool = False,
    gains: bool = False, tokens: int = 2,
) -> Model:  # fmt: skip
    """Softmax attention: ``kv`` groups of keys and values, rotary positions, QK-norm."""
    groups = kv or heads

    def body(X: Any, *, Q: Any, K: Any, V: Any, O: Any, **g: Any) -> Any:
        q, k, v = (np.einsum("hkd,td->htk", M, X) for M in (Q, K, V))
        q, k = (rms_norm(q), rms_norm(k)) if norm else (q, k)
        q, k = (q * g["gq"], k * g["gk"]) if gains else (q, k)
        q, k = (turned(q), turned(k)) if rotary else (q, k)
        shared = np.arange(heads) * groups // heads
        scores = q @ np.swapaxes(k[shared], 1, 2)
        return np.einsum("htk,hdk->td", softmax(scores) @ v[shared], O)

    shapes = {"Q": (heads, dk, d), "K": (groups, dk, d), "V": (groups, dv, d), "O": (heads, d, dv)}
    shapes |= {"gq": (dk,), "gk": (dk,)} if gains else {}
    return shaped(body, {"X": (tokens, d)}, shapes)


def normed(h: int, d: int, gain: bool) -> Model:
    """A projection, RMSNorm with a gain or without, and a projection."""

    def body(x: Any, *, U: Any, O: Any, **g: Any) -> Any:
        z = rms_norm(U @ x)
        return O @ (z * g["g"] if gain else z)

    shapes: dict[str, tuple[int, ...]] = {"U": (h, d), "O": (1, h)}
    return shaped(body, {"x": (d,)}, {**shapes, **({"g": (h,)} if gain else {})})


def block(d: int, heads: int, kv: int, hidden: int, layers: int = 1, tokens: int = 2) -> Model:
    """Pre-norm layers: RMSNorm with gains, rotary attention with grouped keys, SwiGLU, residual."""
    dk = d // heads

    def body(X: Any, **p: Any) -> Any:
        shared = np.arange(heads) * kv // heads
        for n in range(layers):
            z = rms_norm(X) * p[f"g{n}"]
            q, k, v = (np.einsum("hkd,td->htk", p[f"{x}{n}"], z) for x in "QKV")
            scores = turned(q) @ np.swapaxes(turned(k)[shared], 1, 2)
            X = X + np.einsum("htk,hdk->td", softmax(scores) @ v[shared], p[f"O{n}"])
            z = rms_norm(X) * p[f"f{n}"]
            X = X + (silu(z @ p[f"B{n}"].T) * (z @ p[f"C{n}"].T)) @ p[f"A{n}"].T
        return X

    shapes: dict[str, tuple[int, ...]] = {}
    for n in range(layers):
        shapes |= {
            f"g{n}": (d,), f"Q{n}": (heads, dk, d), f"K{n}": (kv, dk, d), f"V{n}": (kv, dk, d),
            f"O{n}": (heads, d, dk), f"f{n}": (d,), f"A{n}": (d, hidden), f"B{n}": (hidden, d),
            f"C{n}": (hidden, d),
        }  # fmt: skip
    return shaped(body, {"X": (tokens, d)}, shapes)
