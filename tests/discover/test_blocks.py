"""Blocks that people train, end to end: every law written as a reader would write it, proved, and
their number met from above; nobody passes an answer.

The kind: a family that is cut at a head, a law that is missing or counted twice, a shape of a
tensor (heads as an axis, heads as a range) that changes what is found.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from tests.discover import models
from verify.discover.closure import Closed
from verify.discover.discovery import discover
from verify.discover.records import Discovery
from verify.exact.errors import EnginesDisagree
from verify.trace.functions import relu, rms_norm, silu, softmax
from verify.trace.trace import traced


def heads(
    X: (2, 3), *, Q: (2, 2, 3), K: (2, 2, 3), V: (2, 2, 3), O: (3, 2, 2)  # type: ignore[syntax]
) -> Any:  # fmt: skip
    q, k, v = (np.einsum("hjd,td->htj", t, X) for t in (Q, K, V))
    p = softmax(np.einsum("htj,hsj->hts", q, k))
    return np.einsum("hts,hsj,dhj->td", p, v, O)


def heads_first(
    X: (2, 3), *, Q: (2, 2, 3), K: (2, 2, 3), V: (2, 2, 3), O: (2, 3, 2)  # type: ignore[syntax]
) -> Any:  # fmt: skip
    q, k, v = (np.einsum("hjd,td->htj", t, X) for t in (Q, K, V))
    p = softmax(np.einsum("htj,hsj->hts", q, k))
    return np.einsum("hts,hsj,hdj->td", p, v, O)


def grouped(
    X: (2, 3), *, Q: (4, 3), K: (2, 3), V: (2, 3), O: (3, 4)  # type: ignore[syntax]
) -> Any:  # fmt: skip
    one = lambda h: softmax((X @ Q[2 * h : 2 * h + 2].T) @ (X @ K.T).T) @ (X @ V.T)
    return np.concatenate([one(0), one(1)], axis=1) @ O.T


def normed_keys(
    X: (2, 2), *, Q: (2, 2), K: (2, 2), V: (2, 2), O: (2, 2)  # type: ignore[syntax]
) -> Any:  # fmt: skip
    p = softmax(rms_norm(X @ Q.T) @ rms_norm(X @ K.T).T)
    return p @ (X @ V.T) @ O.T


def rotated(
    X: (2, 2), *, Q: (4, 2), K: (4, 2), V: (1, 2), O: (2, 1)  # type: ignore[syntax]
) -> Any:  # fmt: skip
    """Rotary positions: a turn of each pair by an angle of its own, at the second place."""
    turn = lambda z, c, s: np.stack([c * z[0] - s * z[1], s * z[0] + c * z[1]])
    both = lambda z: np.concatenate([turn(z[:2], 3 / 5, 4 / 5), turn(z[2:], 5 / 13, 12 / 13)])
    q, k = ([t @ X[0], both(t @ X[1])] for t in (Q, K))
    p = softmax(np.stack([np.stack([a @ b for b in k]) for a in q]))
    return p @ (X @ V.T) @ O.T


def three(x: (2,), *, A: (2, 2), a: (2,), B: (2, 2), b: (2,), C: (1, 2)) -> Any:  # type: ignore[syntax]
    return C @ relu(B @ relu(A @ x + a) + b)


def two_blocks(x: (2,), *, A: (2, 2), B: (2, 2), C: (2, 2), D: (2, 2)) -> Any:  # type: ignore[syntax]
    h = x + A @ silu(B @ x)
    return h + C @ silu(D @ h)


DOT = "{0} @ {0}.T - {1} @ {1}.T"
BLOCKS = {
    models.linear: (6, ["W1 @ W1.T - W2.T @ W2"]),
    models.relu_bias: (4, ["|A[i,:]|^2 + a[i]^2 - |B[:,i]|^2 for each i"]),
    models.swiglu: (3, ["|A[:,i]|^2 - |C[i,:]|^2 for each i"]),
    models.gelu_gate: (2, ["|A[:,i]|^2 - |C[i,:]|^2 for each i"]),
    models.experts: (2, ["sum(W[:,0])", "sum(W[:,1])"]),
    models.sigmoid_experts: (0, []),
    models.normalised: (3, ["g[i]^2 - |O[:,i]|^2 for each i", "|U|^2"]),
    models.squares: (2, ["2 a[i]^2 - |W[i,:]|^2 for each i"]),
    heads: (12, [DOT.format("Q[h,:,:]", "K[h,:,:]") + " for h = 0..1",
                 "V[h,:,:] @ V[h,:,:].T - O[:,h,:].T @ O[:,h,:] for h = 0..1"]),
    heads_first: (12, [DOT.format("Q[h,:,:]", "K[h,:,:]") + " for h = 0..1",
                       "V[h,:,:] @ V[h,:,:].T - O[h,:,:].T @ O[h,:,:] for h = 0..1"]),
    models.attention: (12, [DOT.format("Q[2h:2h+2,:]", "K[2h:2h+2,:]") + " for h = 0..1",
                            "V[2h:2h+2,:] @ V[2h:2h+2,:].T - O[:,2h:2h+2].T @ O[:,2h:2h+2]"
                            " for h = 0..1"]),
    grouped: (6, ["Q[0:2,:] @ Q[0:2,:].T + Q[2:4,:] @ Q[2:4,:].T - K @ K.T",
                  "V @ V.T - O[:,0:2].T @ O[:,0:2] - O[:,2:4].T @ O[:,2:4]"]),
    normed_keys: (5, ["|Q|^2", "|K|^2", "V @ V.T - O.T @ O"]),
    rotated: (3, ["|Q[2i:2i+2,:]|^2 - |K[2i:2i+2,:]|^2 for i = 0..1", "|V|^2 - |O|^2"]),
    three: (4, ["|A[i,:]|^2 + a[i]^2 - |B[:,i]|^2 for each i",
                "|B[i,:]|^2 + b[i]^2 - |C[:,i]|^2 for each i"]),
    two_blocks: (0, []),
}  # fmt: skip


@cache
def discovered(model: Any) -> Discovery:
    return discover(traced(model))


@pytest.mark.parametrize("model", BLOCKS, ids=lambda m: m.__name__)
def test_laws_are_written_proved_and_all(model: Any) -> None:
    d, (count, lines) = discovered(model), BLOCKS[model]
    assert (d.upper, d.lower, d.complete) == (count, count, True), d.notes
    assert sorted(w.text for w in d.written) == sorted(lines)
    assert all(w.proved == len(w.laws) for w in d.written)


@pytest.mark.parametrize("model", (models.linear, models.swiglu, heads))
def test_more_laws_than_possible_is_an_internal_error(model: Any, monkeypatch: Any) -> None:
    """The bound from above made too small by hand: nothing is reported."""
    monkeypatch.setattr(Closed, "upper", property(lambda closed: 1))
    with pytest.raises(EnginesDisagree, match=r"are possible"):
        discover(traced(model))
