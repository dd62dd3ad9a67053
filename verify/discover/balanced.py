"""The set on which matrices are balanced: where A A' - B B' is a law of two matrices with as many
rows, A A' = B B' is kept. Its points are B = A O, the rows of O orthonormal, where B has at least
as many columns as A: equal Gram matrices are those of one matrix and its images.

O are the first rows of a product of reflections, the k-th of which leaves the first k - 1
coordinates alone, times +-1 in the last one: all orthogonal matrices but some, in coordinates t.
What belongs to O is multiplied by the squares that reflections divide by, all other matrices of the
set as well, so that points are polynomials in A and t, and equations still hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from verify.discover.laws.families import Family, Row
from verify.discover.laws.layout import Layout


@dataclass(frozen=True)
class Side:
    """A tensor of two axes, of which ``rows`` is that of the rows."""

    tensor: str
    rows: int
    columns: int  # how many

    def matrix(self, array: Any) -> Any:
        return array.T if self.rows else array


@dataclass(frozen=True)
class Balanced:
    """``links``: in each the second matrix is the first times orthonormal rows."""

    layout: Layout
    links: tuple[tuple[Side, Side], ...]
    condition: str

    @property
    def turns(self) -> int:
        """How many coordinates t all the O have."""
        return sum(b.columns * (b.columns - 1) // 2 for _, b in self.links)

    def signs(self) -> list[tuple[int, ...]]:
        """Of each O the last column may have either sign."""
        return list(product((1, -1), repeat=len(self.links)))

    def tensors(
        self, free: Mapping[str, Any], turns: Sequence[Any], signs: Sequence[int], one: Any
    ) -> dict[str, Any]:
        """A point: arrays of objects, in numbers of any kind."""
        made, rest = dict(free), list(turns)
        for (a, b), sign in zip(self.links, signs, strict=True):
            n = b.columns * (b.columns - 1) // 2
            turned, square = _orthogonal(b.columns, rest[:n], sign, one)
            rest = rest[n:]
            known = {s.tensor for link in self.links for s in link} - {b.tensor}
            source = a.matrix(made[a.tensor])
            made |= {x: made[x] * _alone(square) for x in known}
            made[b.tensor] = b.matrix(source @ turned[: a.columns])
        return made


def _orthogonal(size: int, turns: Sequence[Any], sign: int, one: Any) -> tuple[Any, Any]:
    """A matrix with N N' = square^2, and the square."""
    found = np.empty((size, size), object)
    for i, j in np.ndindex(size, size):
        found[i, j] = one if i == j else 0 * one
    square, at = one, 0
    for k in range(size - 1):
        v = np.empty(size, object)
        v[:] = [*[0 * one] * k, one, *turns[at : at + size - 1 - k]]
        at += size - 1 - k
        length = sum((x * x for x in v), 0 * one)
        found = found * _alone(length) - np.outer(found @ v, v) * 2
        square = square * length
    found[:, -1] = found[:, -1] * sign
    return found, square


def _alone(x: Any) -> Any:
    """As an array of no axes: NumPy would look into some numbers."""
    made = np.empty((), object)
    made[()] = x
    return made


def sets(layout: Layout, families: Sequence[tuple[Family, str]]) -> list[Balanced]:
    """Of each law of matrices alone, and of all that are balanced at once where they can be."""
    pairs = [(x, text) for f, text in families if (x := _sides(layout, f)) is not None]
    found = [Balanced(layout, (_ordered(*x, set()),), _said(text)) for x, text in pairs]
    if len(pairs) > 1:
        links: list[tuple[Side, Side]] = []
        for x, _ in pairs:
            done = {s.tensor for link in links for s in link}
            link = _ordered(*x, done)
            if link[1].tensor in done or link[0].columns > link[1].columns:
                return found
            links.append(link)
        found.append(Balanced(layout, tuple(links), ", ".join(_said(t) for _, t in pairs)))
    return found


def _ordered(a: Side, b: Side, done: set[str]) -> tuple[Side, Side]:
    """The one that the other is made of first: it is known, or has no more columns."""
    turned = b.tensor in done or (a.tensor not in done and b.columns < a.columns)
    return (b, a) if turned else (a, b)


def _sides(layout: Layout, f: Family) -> tuple[Side, Side] | None:
    if f.kind != "matrix" or f.times > 1 or len(f.rows) != 2:
        return None
    if f.rows[0].c + f.rows[1].c or f.rows[0].tensor == f.rows[1].tensor:
        return None
    one, two = (_side(layout, r, f) for r in f.rows)
    return None if one is None or two is None else (one, two)


def _side(layout: Layout, r: Row, f: Family) -> Side | None:
    shape = layout.shapes[r.tensor]
    if r.axis is None or r.lead or r.start or r.width != 1 or len(shape) != 2:
        return None
    return None if shape[r.axis] != f.count else Side(r.tensor, r.axis, shape[1 - r.axis])


def _said(text: str) -> str:
    return text.replace(" - ", " = ", 1)
