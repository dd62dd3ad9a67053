"""Entries off the diagonal: from two laws of one pattern, |T[i]|^2 and |T[j]|^2, the inner product
T[i].T[j].
"""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np

from verify.discover.laws.atoms import Inner, Law, law
from verify.discover.laws.layout import Part
from verify.discover.laws.modular import PRIME, residue
from verify.discover.laws.search import FEW, Search
from verify.trace.prime import Field

SCREEN = 8  #: samples that screen all pairs
FEW_PAIRS = 1000  #: all of which are ranked
#: of the gradients of all pairs together; more are left out, with what they would take
ENTRIES = 4_000_000
SECONDS, MIB = 8e-6, 2.5e-4  #: for each entry, as measured


def pattern(found: Law) -> Hashable | None:
    """Coefficients, tensors and the shapes of their parts; None unless all are squared norms."""
    if not all(isinstance(a, Inner) and a.left == a.right for _, a in found.sum):
        return None
    return tuple((c, a.left.tensor, tuple(isinstance(p, int) for p in a.left.picks))
                 for c, a in found.sum if isinstance(a, Inner))  # fmt: skip


def between(one: Law, other: Law) -> Law:
    """The law that stands between two of one pattern."""
    atoms, coefficients = [], []
    for (c, a), (_, b) in zip(one.sum, other.sum, strict=True):
        assert isinstance(a, Inner) and isinstance(b, Inner)
        atoms.append(Inner(*sorted((a.left, b.left), key=_order)))
        coefficients.append(c)
    return law(atoms, coefficients)


def _order(part: Part) -> tuple[str, tuple[tuple[int, ...], ...]]:
    return part.tensor, tuple((p,) if isinstance(p, int) else p for p in part.picks)


def groups(laws: list[Law]) -> list[list[Law]]:
    """Laws of one pattern, at least two."""
    found: dict[Hashable, list[Law]] = {}
    for x in laws:
        if (key := pattern(x)) is not None:
            found.setdefault(key, []).append(x)
    return [group for group in found.values() if len(group) > 1]


def polarised(search: Search) -> None:
    """All pairs within each group, screened at few samples, decided at fresh ones. Of n units with
    m < n entries the laws of m - 1 with all others, and of each by itself, have gradients that span
    those of all.
    """
    families, spanning = [], []
    for group in groups(search.laws):
        pairs = _screened(search, group)
        m = len(group[0].form(search.layout).touched)
        entries = 2 * len(pairs) * m
        if entries > ENTRIES:
            note = (
                f"entries off the diagonal: left out, {len(pairs)} more laws hold at random points;"
                f" they would take about {SECONDS * entries:.0f} s and {MIB * entries:.0f} MiB"
            )
            search.notes += [note] * (note not in search.notes)
            continue
        families.append([between(group[i], group[j]) for i, j in pairs])
        whole = len(pairs) < FEW_PAIRS or 2 * len(pairs) < len(group) * (len(group) - 1)
        few = [x for x, (i, _) in zip(families[-1], pairs, strict=True) if i < m - 1]
        spanning.append(families[-1] if whole else few)
    search.take_families(families, spanning)


def _screened(search: Search, group: list[Law]) -> list[tuple[int, int]]:
    """The pairs whose derivative sum of c (T[i].T[j])' is 0 at each of a few samples."""
    theta, fields = search.draws.first(FEW)
    columns = [(residue(c), [x.sum[k][1].left.flat(search.layout) for x in group])  # type: ignore
               for k, (c, _) in enumerate(group[0].sum)]  # fmt: skip
    numbers = Field(PRIME)
    holds = np.triu(np.ones((len(group), len(group)), bool), 1)
    for point, field in zip(theta[:SCREEN], fields[:SCREEN], strict=True):
        total = np.zeros(holds.shape, np.uint64)
        for c, rows in columns:
            where = np.stack(rows)
            total += numbers.mul(numbers.matmul(point[where], field[where].T), np.uint64(c))
        holds &= (total + total.T) % np.uint64(PRIME) == 0
        if not holds.any():
            break
    return [(int(i), int(j)) for i, j in np.argwhere(holds)]
