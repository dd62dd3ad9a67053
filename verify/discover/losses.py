"""Losses with a symmetry of the outputs: the model is followed by the invariants of the group,
which are all that such a loss can see; then everything is as for any loss.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any

import numpy as np

from verify.exact.errors import BadInput

Model = Callable[..., Any]
MOST_ROWS = 4
LOSSES = {
    "any": "every loss of the outputs",
    "scale-invariant": "every sum of losses, E of the outputs v at one input, with"
    " E(c v) = E(v) for c > 0",
    "shift-invariant": "every sum of losses, E of the outputs v at one input, with"
    " E(v + c (1,..,1)) = E(v) along the last axis, as softmax and cross-entropy have it",
    "gl-invariant": "every sum of losses, E of the output matrix V at one input, with E(A V) = E(V)"
    " for invertible A",
}


def seen_by(loss: str, model: Model) -> Model:
    """The model followed by what a loss of this kind sees. Raises BadInput for another name; the
    result raises it where the outputs do not fit.
    """
    if loss not in LOSSES:
        raise BadInput(f"--loss {loss!r:.60}: expected one of {', '.join(LOSSES)}")
    if loss == "any":
        return model
    rule = {"scale-invariant": _ratios, "shift-invariant": _differences, "gl-invariant": _rows}

    @wraps(model)
    def composed(*given: Any, **tensors: Any) -> Any:
        return rule[loss](model(*given, **tensors))

    composed.__signature__ = signature(model)  # type: ignore[attr-defined]
    return composed


def _one(out: Any, loss: str) -> Any:
    if isinstance(out, (tuple, list)):
        if len(out) != 1:
            raise BadInput(f"--loss {loss}: expected a model that returns one array")
        return out[0]
    return out


def _ratios(out: Any) -> Any:
    v = np.ravel(_one(out, "scale-invariant"))
    if v.shape[0] < 2:
        raise BadInput("--loss scale-invariant: one output: such a loss does not depend on it")
    return v[1:] / v[0]


def _differences(out: Any) -> Any:
    v = _one(out, "shift-invariant")
    if len(v.shape) < 1 or v.shape[-1] < 2:
        raise BadInput("--loss shift-invariant: expected at least two outputs along the last axis")
    return v[..., 1:] - v[..., :1]


def _rows(out: Any) -> Any:
    """A^-1 B of V = (A, B): what all bases of one row space share."""
    v = _one(out, "gl-invariant")
    if len(v.shape) != 2 or not v.shape[0] < v.shape[1] or v.shape[0] > MOST_ROWS:
        raise BadInput(
            f"--loss gl-invariant: the outputs have shape {tuple(v.shape)}; expected a matrix with"
            f" more columns than rows, of at most {MOST_ROWS} rows"
        )
    k = v.shape[0]
    rows, columns = list(range(k)), list(range(k))
    whole = _det(v, rows, columns)
    found = [
        _det(v, rows, [j if n == i else n for n in columns]) / whole
        for i in range(k)
        for j in range(k, v.shape[1])
    ]
    return np.stack(found)


def _det(v: Any, rows: list[int], columns: list[int]) -> Any:
    if len(rows) == 1:
        return v[rows[0], columns[0]]
    total: Any = 0
    for n, j in enumerate(columns):
        rest = columns[:n] + columns[n + 1 :]
        total = total + (-1) ** n * v[rows[0], j] * _det(v, rows[1:], rest)
    return total
