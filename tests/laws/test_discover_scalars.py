"""Tensors of no axes, as models of one unit have them, and of three: every stage of the search
takes them.

What else belongs to the kind: a model with scalars alone, scalars beside matrices, an entry taken
out of an array, gates and roots of scalars; heads that lie first or last, on each side.
"""

from __future__ import annotations

import numpy as np
import pytest

from verify.discover.discovery import discover
from verify.trace.functions import sigmoid
from verify.trace.trace import traced


def product(x: (), *, u: (), v: ()):
    return u * v * x


def shifted(x: (2,), *, w: (2,), b: ()):
    return w @ x + b


def taken(x: (2,), *, u: (), W: (2, 2)):
    e = np.exp(W @ x)
    return u * e[0] / (e[0] + e[1])


def squares(x: (), *, u: (), v: (), w: ()):
    return u * np.exp(w * x) ** 2 + v * np.exp(2 * w * x)


def roots(x: (), *, u: (), v: (), a: ()):
    z = a * a + x * x
    return u * np.sqrt(9 * z) + v * np.sqrt(z)


def gate(x: (), *, u: (), a: ()):
    return u * sigmoid(a * x)


@pytest.mark.parametrize(
    ("model", "upper"),
    [(product, 1), (shifted, 0), (taken, 2), (squares, 1), (roots, 1), (gate, 0)],
)
def test_scalars_are_tensors(model, upper: int) -> None:
    """Counts by hand: |u|^2 - |v|^2; none; the sums of both columns of W; u - v; u - 3 v; none."""
    made = discover(traced(model))
    assert made.upper == upper
    assert made.lower <= upper


def attended(order: str):
    """Two heads of attention without keys, values V[h,i,:] and outputs with axes in this order."""
    sizes = {"h": 2, "a": 2, "b": 3}
    shape = tuple(sizes[c] for c in order)

    def model(x=(3,), *, V=(2, 2, 3), O=shape):
        return np.einsum(f"hac,{order},c->hb", V, O, x)

    return model


@pytest.mark.parametrize("order", ["hab", "hba", "ahb", "bha", "abh", "bah"])
def test_laws_of_each_head_are_found_wherever_its_axes_are(order: str) -> None:
    """V[h] V[h]' - O[h]' O[h] for each of two heads: three laws each."""
    made = discover(traced(attended(order)))
    assert (made.upper, made.lower) == (6, 6)
