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
CHANGED, MOST = 32, 256  #: rows that were reduced by others, which are kept whole
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
    changed: dict[int, Residues] = {}
    for columns, first in _blocks(rows):
        here = {i for i in first if i in made.rest and i not in changed}
        here |= {i for i, x in changed.items() if x[columns].any()}
        order = sorted(here)
        if 0 < len(order) <= len(columns) + _kept_whole(width):
            _take(made, changed, order, columns, width)
    for i, x in changed.items():
        columns = np.flatnonzero(x)
        made.rest[i] = (columns, x[columns])
    return made


def _take(
    made: Peeled, changed: dict[int, Residues], order: list[int], columns: Any, width: int
) -> None:
    """The rows with entries in a block, unless too many depend on the others there."""
    block = np.stack(
        [changed[i][columns] if i in changed else _at(made.rest[i], columns) for i in order]
    )
    kept = list(range(len(order)))
    if len(_independent(block[:, : len(order)])) < len(order):
        kept = _independent(block)
    others = [k for k in range(len(order)) if k not in set(kept)]
    if len(changed) + len(others) > _kept_whole(width):
        return
    if others:
        form, _ = reduced(np.ascontiguousarray(block.T), PRIME)
        for k in others:
            whole = _whole(made.rest[order[k]], changed.get(order[k]), width)
            for c, j in zip(form[:, k].tolist(), kept, strict=True):
                if c:
                    one = _whole(made.rest[order[j]], changed.get(order[j]), width)
                    whole = (whole + one * np.uint64(PRIME - c)) % _P
            changed[order[k]] = whole
    for k in kept:
        made.certain.add(order[k])
        del made.rest[order[k]]
        changed.pop(order[k], None)


def _kept_whole(width: int) -> int:
    """How many rows may be."""
    return max(CHANGED, min(MOST, ENTRIES // width))


def _independent(block: Residues) -> list[int]:
    return pivots(np.ascontiguousarray(block.T), PRIME)


def _at(row: Row, columns: Any) -> Residues:
    """At columns where it has entries."""
    return np.asarray(row[1][np.searchsorted(row[0], columns)])


def _whole(row: Row, changed: Residues | None, width: int) -> Residues:
    if changed is not None:
        return changed
    made = np.zeros(width, np.uint64)
    made[row[0]] = row[1]
    return made


def _blocks(rows: Sequence[Row]) -> list[tuple[Any, list[int]]]:
    """Columns in which the same rows have entries, and these rows; few rows first."""
    columns = np.concatenate([c for c, _ in rows])
    owners = np.repeat(np.arange(len(rows)), [len(c) for c, _ in rows])
    order = np.argsort(columns, kind="stable")
    found, starts = np.unique(columns[order], return_index=True)
    groups: dict[bytes, list[int]] = {}
    for column, part in zip(found.tolist(), np.split(owners[order], starts[1:]), strict=True):
        groups.setdefault(part.tobytes(), []).append(column)
    made = [(np.array(g), np.frombuffer(k, owners.dtype).tolist()) for k, g in groups.items()]
    return sorted(made, key=lambda x: len(x[1]))
