"""Query heads that share keys and values: one law for each group, whatever the layout.

The kind: a law whose unit is one index of one tensor and several of another. Heads lie in axes of
their own, before or behind the others, in rows one after the other, in blocks (0, 0, 1, 1) or in
turn (0, 1, 0, 1); any number of groups from one to that of the heads. Other cases of the kind:
gains that pairs of units share, positions that are turned in pairs (test_counts). A line that
says "for each i" is for axes of one length.
"""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
import pytest

from tests.discover.test_given import spanned
from verify.discover.discovery import discover
from verify.discover.house import shaped
from verify.discover.laws.reading import laws_of
from verify.trace.functions import softmax
from verify.trace.trace import traced


def shared(heads: int, groups: int, in_turn: bool) -> Any:
    places = np.arange(heads)
    return places % groups if in_turn else places * groups // heads


def in_rows(d: int, dk: int, dv: int, heads: int, groups: int, in_turn: bool) -> Any:
    """Tensors of two axes, heads one after the other."""

    def body(X: Any, *, Q: Any, K: Any, V: Any, O: Any) -> Any:
        out = []
        for h, g in enumerate(shared(heads, groups, in_turn)):
            q, k, v = (X @ T[i * n : (i + 1) * n].T
                       for T, i, n in ((Q, h, dk), (K, g, dk), (V, g, dv)))  # fmt: skip
            out.append(softmax(q @ k.T) @ v)
        return np.concatenate(out, axis=1) @ O.T

    return shaped(body, {"X": (2, d)}, {"Q": (heads * dk, d), "K": (groups * dk, d),
                                        "V": (groups * dv, d), "O": (d, heads * dv)})  # fmt: skip


def in_axes(d: int, dk: int, dv: int, heads: int, groups: int, in_turn: bool) -> Any:
    """Tensors of three axes; those of the outputs have the units last."""

    def body(X: Any, *, Q: Any, K: Any, V: Any, O: Any) -> Any:
        q, k, v = (np.einsum("hkd,td->htk", T, X) for T in (Q, K, V))
        s = shared(heads, groups, in_turn)
        return np.einsum("htk,hdk->td", softmax(q @ np.swapaxes(k[s], 1, 2)) @ v[s], O)

    return shaped(body, {"X": (2, d)}, {"Q": (heads, dk, d), "K": (groups, dk, d),
                                        "V": (groups, dv, d), "O": (heads, d, dv)})  # fmt: skip


def in_groups(d: int, dk: int, dv: int, heads: int, groups: int, in_turn: bool) -> Any:
    """Tensors of four axes, groups before heads or behind them."""
    g, r = ("rg" if in_turn else "gr"), heads // groups

    def body(X: Any, *, Q: Any, K: Any, V: Any, O: Any) -> Any:
        q = np.einsum(f"{g}kd,td->grtk", Q, X)
        k, v = (np.einsum("gkd,td->gtk", T, X) for T in (K, V))
        p = softmax(np.einsum("grtk,gsk->grts", q, k))
        return np.einsum(f"grts,gsk,{g}dk->td", p, v, O)

    both = (r, groups) if in_turn else (groups, r)
    return shaped(body, {"X": (2, d)}, {"Q": (*both, dk, d), "K": (groups, dk, d),
                                        "V": (groups, dv, d), "O": (*both, d, dv)})  # fmt: skip


@pytest.mark.parametrize("layout", (in_rows, in_axes, in_groups), ids=lambda f: f.__name__)
@pytest.mark.parametrize("seed", range(5))
def test_each_group_has_its_laws(layout: Any, seed: int) -> None:
    r = Random(f"{layout.__name__} {seed}")
    groups, share = r.choice(((1, 3), (2, 2), (2, 3), (3, 2), (4, 2), (3, 1)))
    dk, dv = r.choice((1, 2, 3)), r.choice((1, 2, 3))
    d = discover(traced(layout(max(dk, dv) + 1, dk, dv, groups * share, groups, bool(seed % 2))))
    count = groups * (dk * (dk + 1) + dv * (dv + 1)) // 2  # blocks.md
    assert (d.upper, d.lower, d.complete) == (count, count, True), d.notes
    read = [form for w in d.written for _, form in laws_of(w.text, d.layout)]
    assert spanned(read, d.size) == count
    assert len(d.written) <= 4, [w.text for w in d.written]
