"""How the recorder writes products of arrays: two at a time, as ``einsum``."""

from __future__ import annotations

from string import ascii_letters
from typing import Any

import numpy as np

from verify.trace.record import FUNCTIONS, UFUNCS, Recorder, Refused, Traced
from verify.trace.rules import lifted, mul, plain
from verify.trace.rules_shapes import axes_like, broadcast_to, moved, transpose, tried
from verify.trace.shapes import operands


def einsum(r: Recorder, spec: Any, *arrays: Any, optimize: Any = None) -> Traced:
    parts = [plain(lifted(r, x), "einsum") for x in arrays]
    if not isinstance(spec, str) or "..." in spec:
        raise Refused("einsum: expected letters without an ellipsis, such as 'ij,jk->ik'")
    spec = spec.replace(" ", "")
    tried("einsum", np.einsum, spec, *(np.zeros(x.shape) for x in parts))
    if "->" not in spec:
        letters = sorted(c for c in set(spec) if c != "," and spec.count(c) == 1)
        spec = f"{spec}->{''.join(letters)}"
    return pairwise(r, spec, parts)


def pairwise(r: Recorder, spec: str, parts: list[Traced]) -> Traced:
    """Two at a time, diagonals and sums of one array alone taken first."""
    inputs, output = operands(spec)
    pairs = [_alone(r, x, a, set(output).union(*(y for m, y in enumerate(inputs) if m != n)))
             for n, (x, a) in enumerate(zip(inputs, parts, strict=True))]  # fmt: skip
    letters, made = pairs[0]
    for n, (other, a) in enumerate(pairs[1:], 2):
        later = set(output).union(*(x for x, _ in pairs[n:]))
        kept = "".join(dict.fromkeys(c for c in letters + other if c in later))
        kept = output if n == len(pairs) else kept
        made, letters = _push(r, f"{letters},{other}->{kept}", made, a), kept
    return made if letters == output else _push(r, f"{letters}->{output}", made)


def _alone(r: Recorder, letters: str, a: Traced, needed: set[str]) -> tuple[str, Traced]:
    while repeated := [c for c in letters if letters.count(c) > 1]:
        first, second = letters.index(repeated[0]), letters.rindex(repeated[0])
        a = moved(np.diagonal)(r, a, 0, first, second)
        letters = "".join(c for n, c in enumerate(letters) if n not in (first, second))
        letters += repeated[0]
    kept = "".join(c for c in letters if c in needed)
    return (letters, a) if kept == letters else (kept, _push(r, f"{letters}->{kept}", a))


def _push(r: Recorder, spec: str, *arrays: Traced) -> Traced:
    """With its letters renamed in their order, so that equal products are one node."""
    names = dict(zip(dict.fromkeys(c for c in spec if c.isalpha()), ascii_letters, strict=False))
    shape = np.einsum(spec, *(np.empty(x.shape, dtype=bool) for x in arrays)).shape
    if len(arrays) == 1 and sorted(spec.partition("->")[0]) == sorted(spec.partition("->")[2]):
        left, _, right = spec.partition("->")
        return transpose(r, arrays[0], tuple(left.index(c) for c in right))
    renamed = "".join(names.get(c, c) for c in spec)
    return r.push("einsum", tuple(x.place for x in arrays), shape, renamed)


def matmul(r: Recorder, left: Any, right: Any) -> Traced:
    """As NumPy's: vectors, matrices, and stacks of these that broadcast."""
    a, b = plain(lifted(r, left), "@"), plain(lifted(r, right), "@")
    try:
        np.matmul(np.empty(a.shape, dtype=bool), np.empty(b.shape, dtype=bool))
    except ValueError as error:
        raise Refused(f"@ of shapes {a.shape} and {b.shape}: they do not fit") from error
    more = max(a.ndim, b.ndim, 2) - 2
    stacks, (i, j, k) = ascii_letters[3 : 3 + more], "abc"
    x, y = (i + j if a.ndim > 1 else j), (j + k if b.ndim > 1 else j)
    of = lambda m: stacks[len(stacks) - max(m.ndim - 2, 0) :] if m.ndim > 2 else ""
    both = np.broadcast_shapes(a.shape[:-2], b.shape[:-2])
    spread = lambda m: m if m.ndim < 3 else broadcast_to(
        r, m, (*both[len(both) - m.ndim + 2 :], *m.shape[-2:]))  # fmt: skip
    out = stacks + (i if a.ndim > 1 else "") + (k if b.ndim > 1 else "")
    return pairwise(r, f"{of(a)}{x},{of(b)}{y}->{out}", [spread(a), spread(b)])


def dot(r: Recorder, left: Any, right: Any) -> Traced:
    a, b = lifted(r, left), lifted(r, right)
    if not a.ndim or not b.ndim:
        return mul(r, a, b)
    return tensordot(r, a, b, ((a.ndim - 1,), (max(b.ndim - 2, 0),)))


def tensordot(r: Recorder, left: Any, right: Any, axes: Any = 2) -> Traced:
    a, b = lifted(r, left), lifted(r, right)
    if isinstance(axes, int):
        axes = (tuple(range(a.ndim - axes, a.ndim)), tuple(range(axes)))
    first, second = (axes_like(x, m.ndim) for x, m in zip(axes, (a, b), strict=True))
    x, y = list(ascii_letters[: a.ndim]), list(ascii_letters[a.ndim : a.ndim + b.ndim])
    for m, n in zip(first, second, strict=True):
        y[n] = x[m]
    rest = [c for c in x if c not in y] + [c for c in y if c not in x]
    return einsum(r, f"{''.join(x)},{''.join(y)}->{''.join(rest)}", a, b)


UFUNCS.update(matmul=matmul)
FUNCTIONS.update(
    einsum=einsum, dot=dot, tensordot=tensordot, matmul=matmul,
    inner=lambda r, a, b: tensordot(r, a, b, ((-1,), (-1,))),
    outer=lambda r, a, b: einsum(r, "a,b->ab", np.ravel(a), np.ravel(b)),
    vdot=lambda r, a, b: einsum(r, "a,a->", np.ravel(a), np.ravel(b)),
)  # fmt: skip
