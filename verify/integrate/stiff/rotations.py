"""Eigenvalues and eigenvectors of symmetric matrices in doubles, by C. G. J. Jacobi's rotations,
entry by entry: the same numbers on every machine, whatever its linear algebra would do. No bound of
anything.

Rotations of one round turn pairs of rows that have none in common, so that all of a round, and all
matrices of a stack, are turned at once.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy

SWEEPS, NEGLIGIBLE = 12, 2.0**-53  # of the largest entry of a matrix


def spectrum(stack: Any) -> tuple[Any, Any]:
    """Eigenvalues in ascending order, of shape (matrices, n), and as columns what belongs to them,
    of matrices in a stack of shape (matrices, n, n), finite and symmetric.
    """
    count, n, _ = stack.shape
    scale = abs(stack).max(axis=(1, 2), keepdims=True)
    a = stack / numpy.where(scale > 0, scale, 1.0)
    v = numpy.tile(numpy.eye(n), (count, 1, 1))
    off = ~numpy.eye(n, dtype=bool)
    for _ in range(SWEEPS):
        if n < 2 or abs(a[:, off]).max() <= NEGLIGIBLE:
            break
        for p, q in rounds(n):
            _turn(a, v, p, q)
    values = numpy.einsum("kii->ki", a) * scale[:, :, 0]
    order = numpy.argsort(values, axis=1, kind="stable")
    return numpy.take_along_axis(values, order, 1), numpy.take_along_axis(v, order[:, None, :], 2)


@lru_cache(64)
def rounds(n: int) -> tuple[tuple[Any, Any], ...]:
    """Every pair p < q once; pairs of one round have nothing in common: who meets whom, one player
    seated and the others moving on.
    """
    seats, found = list(range(n + n % 2)), []
    half = len(seats) // 2
    for _ in range(len(seats) - 1):
        met = zip(seats[:half], seats[: half - 1 : -1], strict=True)
        pairs = [(min(a, b), max(a, b)) for a, b in met if max(a, b) < n]
        found.append((numpy.array([a for a, _ in pairs]), numpy.array([b for _, b in pairs])))
        seats.insert(1, seats.pop())
    return tuple(found)


def _turn(a: Any, v: Any, p: Any, q: Any) -> None:
    """Rotations after which the entries (p, q) are about 0."""
    across, apart = a[:, p, q], (a[:, q, q] - a[:, p, p]) / 2
    with numpy.errstate(all="ignore"):
        length = numpy.sqrt(apart * apart + across * across)
        t = across / (abs(apart) + length)
    t = numpy.where(length > 0, numpy.where(apart < 0, -t, t), 0.0)
    c = 1 / numpy.sqrt(1 + t * t)
    s = (c * t)[:, None, :]
    c = c[:, None, :]
    for m in (a, v):
        left, right = m[:, :, p], m[:, :, q]
        m[:, :, p], m[:, :, q] = c * left - s * right, s * left + c * right
    c, s = c.transpose(0, 2, 1), s.transpose(0, 2, 1)
    left, right = a[:, p, :], a[:, q, :]
    a[:, p, :], a[:, q, :] = c * left - s * right, s * left + c * right
