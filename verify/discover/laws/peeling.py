"""Which rows of a sparse matrix modulo the prime are independent of those before them, where
thousands of rows share few columns each: of columns with equal rows all those rows are taken away
that are independent there, as no other row has an entry in these columns. The ranks of the blocks
add up to the rank.

|T[i]|^2 and T[i].T[j] for n units i are n blocks: T[0] moves n of these laws, T[1] n - 1 others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from verify.discover.laws.modular import PRIME, Residues
from verify.trace.linear import pivots, reduced

#: the columns where a row has entries, in order, and the entries
Row = tuple[Any, Residues]
CHANGED, MOST = 32, 256  #: rows that were reduced by others, which may be long
ENTRIES = 1 << 24  #: of these together, beyond CHANGED rows
_P = np.uint64(PRIME)


@dataclass
class Peeled:
    """``certain``: rows that are independent of all others; ``rest``: the other rows, reduced by
    these, in their order: one is independent of those before it where it was before.
    """

    certain: set[int] = field(default_factory=set)
    rest: dict[int, Row] = field(default_factory=dict)


def peeled(rows: Sequence[Row], width: int) -> Peeled:
    """Of ``width`` columns."""
    made = Peeled(rest=dict(enumerate(rows)))
    changed: set[int] = set()
    for columns, first in _blocks(rows):
        here = {i for i in first if i in made.rest and len(made.rest[i][0]) and i not in changed}
        here |= {i for i in changed if _at(made.rest[i], columns).any()}
        order = sorted(here)
        if 0 < len(order) <= len(columns) + _kept_whole(width):
            _take(made, changed, order, columns, width)
    return made


def _take(made: Peeled, changed: set[int], order: list[int], columns: Any, width: int) -> None:
    """The rows with entries in a block, unless too many depend on the others there."""
    block = np.stack([_at(made.rest[i], columns) for i in order])
    kept = list(range(len(order)))
    if len(order) == 1:
        kept = kept if block.any() else []
    elif len(_independent(block[:, : len(order)])) < len(order):
        kept = _independent(block)
    others = [k for k in range(len(order)) if k not in set(kept)]
    if len(changed) + len(others) > _kept_whole(width):
        return
    if others:
        form, _ = reduced(np.ascontiguousarray(block.T), PRIME)
        for k in others:
            parts = [(1, made.rest[order[k]])]
            parts += [(PRIME - c, made.rest[order[j]])
                      for c, j in zip(form[:, k].tolist(), kept, strict=True) if c]  # fmt: skip
            made.rest[order[k]] = _sum(parts)
            changed.add(order[k])
            if not len(made.rest[order[k]][0]):
                changed.discard(order[k])
    for k in kept:
        made.certain.add(order[k])
        del made.rest[order[k]]
        changed.discard(order[k])


def _kept_whole(width: int) -> int:
    """How many rows may be."""
    return max(CHANGED, min(MOST, ENTRIES // width))


def _independent(block: Residues) -> list[int]:
    return pivots(np.ascontiguousarray(block.T), PRIME)


def _at(row: Row, columns: Any) -> Residues:
    """At columns."""
    if not len(row[0]):
        return np.zeros(len(columns), np.uint64)
    places = np.minimum(np.searchsorted(row[0], columns), len(row[0]) - 1)
    return np.where(row[0][places] == columns, row[1][places], np.uint64(0))


def _sum(parts: Sequence[tuple[int, Row]]) -> Row:
    """A combination, without what cancels."""
    columns, places = np.unique(np.concatenate([r[0] for _, r in parts]), return_inverse=True)
    total = np.zeros(len(columns), np.uint64)
    at = 0
    for c, (own, values) in parts:
        here = places[at : at + len(own)]
        total[here] = (total[here] + values * np.uint64(c)) % _P
        at += len(own)
    return columns[total != 0], total[total != 0]


def _blocks(rows: Sequence[Row]) -> list[tuple[Any, list[int]]]:
    """Columns in which the same rows have entries, and these rows; few rows first."""
    columns = np.concatenate([c for c, _ in rows])
    owners = np.repeat(np.arange(len(rows)), [len(c) for c, _ in rows])
    order = np.argsort(columns, kind="stable")
    owners = owners[order]
    found, starts, counts = np.unique(columns[order], return_index=True, return_counts=True)
    marks = np.random.default_rng(0).integers(0, 1 << 64, len(rows), np.uint64)
    sums = np.add.reduceat(marks[owners], starts) if len(found) else marks[:0]
    groups: dict[bytes, list[Any]] = {}
    # most columns of equal sums have the same rows, and what has is seen
    by_sum = np.lexsort((sums, counts))
    ends = np.flatnonzero((np.diff(sums[by_sum]) != 0) | (np.diff(counts[by_sum]) != 0)) + 1
    for part in np.split(by_sum, ends) if len(found) else ():
        theirs = owners[starts[part][:, None] + np.arange(counts[part[0]])]
        if (theirs == theirs[0]).all():
            groups.setdefault(theirs[0].tobytes(), []).append(found[part])
        else:
            for column, own in zip(found[part], theirs, strict=True):
                groups.setdefault(own.tobytes(), []).append(column[None])
    made = [(np.sort(np.concatenate(g)), np.frombuffer(k, owners.dtype).tolist())
            for k, g in groups.items()]  # fmt: skip
    return sorted(made, key=lambda x: (len(x[1]), x[0][0]))
