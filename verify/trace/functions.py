"""What people put between layers, for models of a file: on ordinary arrays and on recorded ones.

Each is written through the closed list of operations; those that need a pattern (relu, top_k) say
so by their node.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import special

from verify.trace.record import FUNCTIONS, Traced


def relu(z: Any) -> Any:
    """max(z, 0)."""
    return np.maximum(z, 0)


def sigmoid(z: Any) -> Any:
    """1/(1 + e^-z)."""
    return special.expit(z)


def silu(z: Any) -> Any:
    """z/(1 + e^-z)."""
    return z * sigmoid(z)


def gelu(z: Any) -> Any:
    """z Phi(z), with the distribution function of a normal variable (no tanh in its place).
    sqrt(1/2) is the double.
    """
    return z * (1 + special.erf(z * np.sqrt(0.5))) / 2


def softmax(z: Any, axis: int = -1) -> Any:
    """e^z over its sum along an axis. Scores of -inf have the share 0."""
    if isinstance(z, Traced):
        shares = np.exp(z)
        return shares / np.sum(shares, axis=axis, keepdims=True)
    return special.softmax(z, axis=axis)


def top_k(z: Any, k: int, axis: int = -1) -> Any:
    """1 at the k largest entries along an axis, 0 elsewhere."""
    if isinstance(z, Traced):
        return FUNCTIONS["top_k"](z.recorder, z, k, axis)
    order = np.argsort(-np.asarray(z), axis=axis, kind="stable")
    return (np.argsort(order, axis=axis, kind="stable") < k).astype(float)


def rms_norm(z: Any, axis: int = -1, eps: float = 0.0) -> Any:
    """z over the root of the mean of its squares."""
    return z / np.sqrt(np.mean(z * z, axis=axis, keepdims=True) + eps)


def layer_norm(z: Any, axis: int = -1, eps: float = 0.0) -> Any:
    """z less its mean, over the root of its variance."""
    return rms_norm(z - np.mean(z, axis=axis, keepdims=True), axis, eps)
