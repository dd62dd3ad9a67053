"""How the recorder writes sums, choices and what is made of them."""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from string import ascii_letters
from typing import Any

import numpy as np

from verify.trace.comparisons import kept, pattern
from verify.trace.record import FUNCTIONS, UFUNCS, Recorder, Refused, Traced
from verify.trace.rules import add, divide, entries, lifted, mul, plain, sqrt, sub
from verify.trace.rules_products import einsum, pairwise
from verify.trace.rules_shapes import axes_of, broadcast_to, moved, reshaped


def total(r: Recorder, x: Any, axis: Any = None, keepdims: bool = False) -> Traced:
    a = plain(lifted(r, x), "a sum")
    axes = axes_of(axis, a.ndim)
    letters = ascii_letters[: a.ndim]
    rest = "".join(c for n, c in enumerate(letters) if n not in axes)
    made = a if not axes else pairwise(r, f"{letters}->{rest}", [a])
    kept = tuple(1 if n in axes else s for n, s in enumerate(a.shape))
    return reshaped(r, made, kept) if keepdims else made


def mean(r: Recorder, x: Any, axis: Any = None, keepdims: bool = False) -> Traced:
    a = lifted(r, x)
    count = prod(a.shape[n] for n in axes_of(axis, a.ndim))
    return divide(r, total(r, a, axis, keepdims), count)


def var(r: Recorder, x: Any, axis: Any = None, keepdims: bool = False) -> Traced:
    d = sub(r, x, mean(r, x, axis, True))
    return mean(r, mul(r, d, d), axis, keepdims)


def product(r: Recorder, x: Any, axis: Any = None, keepdims: bool = False) -> Traced:
    a = lifted(r, x)
    if axis is None:
        a, axis = reshaped(r, a, (a.size,)), 0
        if keepdims:
            raise Refused("prod over all axes with keepdims")
    (at,) = axes_of(axis, a.ndim)
    made: Any = None
    for n in range(a.shape[at]):
        part = a[(slice(None),) * at + ((slice(n, n + 1) if keepdims else n),)]
        made = part if made is None else mul(r, made, part)
    return made if made is not None else r.constant(1)  # type: ignore[no-any-return]


def top_k(r: Recorder, x: Any, k: int, axis: int = -1) -> Traced:
    """1 at the k largest along an axis, else 0."""
    a = plain(lifted(r, x), "top_k")
    (at,) = axes_of(axis, a.ndim)
    if not isinstance(k, int) or not 1 <= k <= a.shape[at]:
        raise Refused(f"top_k: k={k!r:.20}; expected a whole number from 1 to {a.shape[at]}")
    if k == a.shape[at]:
        return r.constant(np.ones(a.shape, dtype=int))
    return r.push("top", (a.place,), a.shape, (k, at))


def largest(r: Recorder, x: Any, axis: Any = None, keepdims: bool = False) -> Traced:
    a = lifted(r, x)
    if axis is None:
        a, axis = reshaped(r, a, (a.size,)), 0
    return total(r, mul(r, a, top_k(r, a, 1, axis)), axis, keepdims)


def smallest(r: Recorder, x: Any, axis: Any = None, keepdims: bool = False) -> Traced:
    negated = UFUNCS["negative"](r, x)
    return UFUNCS["negative"](r, largest(r, negated, axis, keepdims))  # type: ignore[no-any-return]


def where(r: Recorder, condition: Any, a: Any, b: Any) -> Traced:
    """b + condition (a - b); a constant condition may choose -inf, which exp makes 0."""
    if not isinstance(condition, Traced):
        return _chosen(r, np.asarray(condition, dtype=bool), a, b)
    if not pattern(r, condition.place):
        raise Refused("np.where of recorded numbers: expected a comparison, such as x > 0")
    known = entries(condition)
    if known is not None:
        return _chosen(r, np.array(known, dtype=bool).reshape(condition.shape), a, b)
    return add(r, b, kept(r, sub(r, a, b), condition))


def _chosen(r: Recorder, condition: Any, a: Any, b: Any) -> Traced:
    left, right = lifted(r, a), lifted(r, b)
    shape = np.broadcast_shapes(condition.shape, left.shape, right.shape)
    mask = np.ones(shape, dtype=bool)
    for x, chosen in ((left, condition), (right, ~condition)):
        if x.masked is not None:
            mask &= ~(chosen & ~np.broadcast_to(x.masked, shape))
    parts = []
    for x, chosen in ((left, condition), (right, ~condition)):
        bare = Traced(r, x.place)
        if x.node.op != "const" or any(x.node.data):
            parts.append(mul(r, bare, chosen.astype(int)))
    made = parts[0] if len(parts) == 1 else add(r, *parts) if parts else r.constant(np.zeros(shape))
    made = broadcast_to(r, made, shape)
    return made if mask.all() else Traced(r, made.place, mask)


def norm(r: Recorder, x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Traced:
    if ord not in (None, 2, "fro") or (ord == 2 and axis is None and lifted(r, x).ndim > 1):
        raise Refused(f"np.linalg.norm with ord={ord!r:.20}: only square roots of sums of squares")
    return sqrt(r, total(r, mul(r, x, x), axis, keepdims))


def masked_part(part: Callable[..., Any]) -> Callable[..., Any]:
    """tril, triu."""

    def rule(r: Recorder, x: Any, k: int = 0) -> Traced:
        a = lifted(r, x)
        return mul(r, a, part(np.ones(a.shape, dtype=int), k))

    return rule


def clip(r: Recorder, x: Any, a_min: Any = None, a_max: Any = None) -> Traced:
    made = x if a_min is None else UFUNCS["maximum"](r, x, a_min)
    return made if a_max is None else UFUNCS["minimum"](r, made, a_max)  # type: ignore[no-any-return]


def cumsum(r: Recorder, x: Any, axis: Any = None) -> Traced:
    a = lifted(r, x)
    if axis is None:
        a, axis = reshaped(r, a, (a.size,)), 0
    (at,) = axes_of(axis, a.ndim)
    lower = np.tril(np.ones((a.shape[at], a.shape[at]), dtype=int))
    letters = ascii_letters[: a.ndim]
    return einsum(r, f"{letters},Z{letters[at]}->{letters.replace(letters[at], 'Z')}", a, lower)


UFUNCS.update(vecdot=lambda r, a, b: total(r, mul(r, a, b), -1))
FUNCTIONS.update(
    sum=total, mean=mean, var=var, std=lambda r, *a, **o: sqrt(r, var(r, *a, **o)), prod=product,
    max=largest, amax=largest, min=smallest, amin=smallest, where=where, norm=norm, clip=clip,
    cumsum=cumsum, tril=masked_part(np.tril), triu=masked_part(np.triu), top_k=top_k,
    trace=lambda r, x: total(r, moved(np.diagonal)(r, x), -1),
)  # fmt: skip
