"""How the recorder writes NumPy's functions that only move entries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import prod
from typing import Any

import numpy as np

from verify.trace.record import FUNCTIONS, Recorder, Refused, Traced
from verify.trace.rules import lifted, plain
from verify.trace.shapes import Shape


def moved(numpy_function: Callable[..., Any]) -> Callable[..., Any]:
    """What only moves entries: NumPy moves their places."""

    def rule(r: Recorder, x: Any, *args: Any, **options: Any) -> Any:
        a = lifted(r, x)
        places = np.arange(prod(a.shape)).reshape(a.shape)
        found = tried(numpy_function.__name__, numpy_function, places, *args, **options)
        if isinstance(found, (list, tuple)):
            return [taken(r, a, p) for p in found]
        return taken(r, a, found)

    return rule


def tried(name: str, function: Callable[..., Any], *args: Any, **options: Any) -> Any:
    try:
        return function(*args, **options)
    except (ValueError, IndexError) as error:
        raise Refused(f"{name}: {error}") from error


def taken(r: Recorder, a: Traced, places: Any) -> Traced:
    """The entries at these places of the flat array, -1 for a zero."""
    places = np.asarray(places)
    mask = None
    if a.masked is not None:
        mask = np.where(places < 0, True, np.ravel(np.broadcast_to(a.masked, a.shape))[places])
    if np.array_equal(places.ravel(), np.arange(prod(a.shape))):
        made = reshaped(r, Traced(r, a.place), places.shape)
    elif (axes := _permutation(a.shape, places)) is not None:
        made = r.push("transpose", (a.place,), places.shape, axes)
    elif a.node.op == "const":
        known = (*a.node.data, a.recorder.constant(0).node.data[0])
        entries = np.empty(places.size, dtype=object)
        entries[:] = [known[i] for i in places.ravel().tolist()]
        made = r.constant(entries.reshape(places.shape))
    else:
        made = r.push("index", (a.place,), places.shape, tuple(places.ravel().tolist()))
    return made if mask is None else Traced(r, made.place, mask)


def _permutation(shape: Shape, places: Any) -> tuple[int, ...] | None:
    """The axes, where it is a transposition: read off the strides."""
    if places.ndim != len(shape) or places.ndim < 2 or places.size != prod(shape) or 0 in shape:
        return None
    own = np.array([prod(shape[n + 1 :]) for n in range(len(shape))])
    axes: list[int] = []
    for n in range(places.ndim):
        step = int(places.ravel()[places[(0,) * n].size // places.shape[n]]) if (
            places.shape[n] > 1) else 0  # fmt: skip
        match = [m for m in range(len(shape)) if shape[m] == places.shape[n] and m not in axes
                 and (own[m] == step or places.shape[n] == 1)]  # fmt: skip
        if not match:
            return None
        axes.append(match[0])
    whole = np.arange(prod(shape)).reshape(shape).transpose(axes)
    return tuple(axes) if np.array_equal(whole, places) else None


def reshaped(r: Recorder, x: Any, shape: Shape) -> Traced:
    a = lifted(r, x)
    if a.node.op == "const":
        return r.constant(_entries(a).reshape(shape))
    while a.node.op == "reshape":
        a = Traced(r, a.node.args[0])
    return a if a.shape == shape else r.push("reshape", (a.place,), shape, shape)


def _entries(a: Traced) -> Any:
    made = np.empty(a.size, dtype=object)
    made[:] = list(a.node.data)
    return made.reshape(a.shape)


def reshape(r: Recorder, x: Any, *shape: Any, order: str = "C") -> Traced:
    given = shape[0] if len(shape) == 1 else shape
    return moved(np.reshape)(r, x, given, order=order)  # type: ignore[no-any-return]


def transpose(r: Recorder, x: Any, *axes: Any) -> Traced:
    given = None if not axes else axes[0] if len(axes) == 1 else axes
    return moved(np.transpose)(r, x, given)  # type: ignore[no-any-return]


def getitem(r: Recorder, x: Traced, index: Any) -> Traced:
    parts = index if isinstance(index, tuple) else (index,)
    if any(isinstance(i, Traced) for i in parts):
        raise Refused("an index that depends on the data: use a one-hot input or a constant index")
    places = np.arange(x.size).reshape(x.shape)
    return taken(r, x, tried("index", lambda: np.asarray(places[index])))


def broadcast_to(r: Recorder, x: Any, shape: Any) -> Traced:
    a = plain(lifted(r, x), "broadcast_to")
    shape = (shape,) if isinstance(shape, int) else tuple(shape)
    tried("broadcast_to", np.broadcast_to, np.zeros(a.shape), shape)
    return a if a.shape == shape else r.push("broadcast", (a.place,), shape, shape)


def concatenate(r: Recorder, arrays: Sequence[Any], axis: int = 0) -> Traced:
    parts = [plain(lifted(r, x), "concatenate") for x in arrays]
    if axis is None:
        parts, axis = [reshaped(r, x, (x.size,)) for x in parts], 0
    whole = tried("concatenate", np.concatenate, [np.zeros(x.shape) for x in parts], axis)
    if len(parts) == 1:
        return parts[0]
    return r.push("concat", tuple(x.place for x in parts), whole.shape, axis % whole.ndim)


def stack(r: Recorder, arrays: Sequence[Any], axis: int = 0) -> Traced:
    parts = [lifted(r, x) for x in arrays]
    tried("stack", np.stack, [np.zeros(x.shape) for x in parts], axis)
    at = axis % (parts[0].ndim + 1)
    wide = [reshaped(r, x, (*x.shape[:at], 1, *x.shape[at:])) for x in parts]
    return concatenate(r, wide, at)


def axes_of(axis: Any, ndim: int) -> tuple[int, ...]:
    """Which axes an argument means."""
    if axis is None:
        return tuple(range(ndim))
    given = (axis,) if isinstance(axis, int) else tuple(axis)
    if any(not -ndim <= n < ndim for n in given):
        raise Refused(f"axis={axis!r:.40} of an array with {ndim} axes")
    return tuple(sorted({n % ndim for n in given}))


def axes_like(axis: Any, ndim: int) -> list[int]:
    """As they are given, in their order."""
    return [n % ndim for n in ((axis,) if isinstance(axis, int) else axis)]


def pad(r: Recorder, x: Any, width: Any, mode: str = "constant", **options: Any) -> Traced:
    if options.get("constant_values", 0) != 0 and mode == "constant":
        raise Refused("np.pad with other constants than 0")
    a = lifted(r, x)
    places = np.arange(a.size).reshape(a.shape)
    more = {"constant_values": -1} if mode == "constant" else {}
    return taken(r, a, tried("pad", lambda: np.pad(places, width, mode=mode, **more)))  # type: ignore[call-overload]


FUNCTIONS.update(
    getitem=getitem, reshape=reshape, transpose=transpose, permute_dims=transpose,
    broadcast_to=broadcast_to, concatenate=concatenate, concat=concatenate, stack=stack, pad=pad,
    hstack=lambda r, x: concatenate(r, x, 0 if lifted(r, x[0]).ndim < 2 else 1),
    vstack=lambda r, x: concatenate(r, [y[None] if y.ndim < 2 else y
                                        for y in (lifted(r, z) for z in x)], 0),
    copy=lambda r, x: x, astype=lambda r, x, dtype: x,
    zeros_like=lambda r, x, **o: np.zeros(x.shape), ones_like=lambda r, x, **o: np.ones(x.shape),
    shape=lambda r, x: x.shape, ndim=lambda r, x: x.ndim, size=lambda r, x: x.size,
)  # fmt: skip
FUNCTIONS.update({
    f.__name__: moved(f)
    for f in (np.swapaxes, np.moveaxis, np.expand_dims, np.squeeze, np.ravel, np.repeat, np.tile,
              np.roll, np.flip, np.take, np.split, np.array_split, np.diagonal, np.rot90,
              np.atleast_1d, np.atleast_2d)
})  # fmt: skip
