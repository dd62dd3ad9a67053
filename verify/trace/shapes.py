"""Shapes, axes and the letters of ``einsum``: what the two passes and the recorder share."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import prod

import numpy as np

Shape = tuple[int, ...]


def inverse_axes(axes: Sequence[int]) -> tuple[int, ...]:
    """The permutation that undoes one of axes."""
    return tuple(int(i) for i in np.argsort(axes))


def operands(spec: str) -> tuple[list[str], str]:
    """The letters of each operand, and of the result."""
    inputs, _, output = spec.partition("->")
    return inputs.split(","), output


@lru_cache(maxsize=1024)
def backwards(spec: str, which: int) -> tuple[str, tuple[int, ...]]:
    """The einsum of the slope with the other operands that is the part of one, and the axes of
    that one which no other has: the part is the same along these.
    """
    inputs, output = operands(spec)
    mine = inputs[which]
    others = [x for n, x in enumerate(inputs) if n != which]
    known = set(output).union(*others)
    missing = tuple(n for n, letter in enumerate(mine) if letter not in known)
    kept = "".join(letter for letter in mine if letter in known)
    return f"{','.join([output, *others])}->{kept}", missing


def places_of_parts(shapes: Sequence[Shape], axis: int) -> list[np.ndarray]:
    """Where the entries of each array stand in the flat array that joins them along an axis."""
    whole = list(shapes[0])
    whole[axis] = sum(s[axis] for s in shapes)
    places = np.arange(prod(whole)).reshape(whole)
    cuts = np.cumsum([s[axis] for s in shapes])[:-1]
    return [p.ravel() for p in np.split(places, cuts, axis=axis)]


def collected(shape: Shape, to: Shape) -> tuple[tuple[int, ...], Shape]:
    """The axes to be summed where an array of shape ``to`` was broadcast to ``shape``, and the
    shape to give the sums.
    """
    more = len(shape) - len(to)
    axes = tuple(n for n, size in enumerate(shape) if n < more or (to[n - more] == 1 and size != 1))
    return axes, to


@lru_cache(maxsize=1024)
def product_plan(spec: str) -> tuple[str, ...]:
    """Letters of an einsum of two operands as a product of matrices: shared and kept, kept of the
    left alone, contracted, kept of the right alone.
    """
    (left, right), output = operands(spec)
    shared = "".join(x for x in left if x in right and x in output)
    rows = "".join(x for x in left if x in output and x not in right)
    inner = "".join(x for x in left if x in right and x not in output)
    columns = "".join(x for x in right if x in output and x not in left)
    return shared, rows, inner, columns, left, right, output
