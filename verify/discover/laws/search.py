"""One search: what is known, samples, and the rank of the laws' gradients."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from random import Random

import numpy as np

from verify.discover.laws.atoms import Law
from verify.discover.laws.forms import along, gradient
from verify.discover.laws.layout import Layout
from verify.discover.laws.modular import PRIME, Residues, independent
from verify.discover.laws.peeling import Peeled, Row, peeled
from verify.trace.prime import Field

#: K -> (points, fields there), each (K, D), modulo the prime; each row a draw of its own
Fields = Callable[[int], tuple[Residues, Residues]]
#: at least so many draws decide a proposal: few may all have a unit switched off
FEW = 32
LARGE, LEAST = 250_000, 4  #: parameters, from which on a draw takes as long as all else; draws then
#: entries of samples that are kept
MEMORY = 20_000_000
MORE = 8  #: combinations of columns beyond the number of rows
#: columns of the sketch by which ranks of long gradients are bounded from below
SKETCH = 4096
MANY = 400_000  #: entries of gradients, from which on independent ones are taken away first


class Draws:
    """Samples that are kept and shared, and fresh ones."""

    def __init__(self, layout: Layout, fields: Fields) -> None:
        self.layout, self.fresh = layout, fields
        empty = np.zeros((0, layout.size), np.uint64)
        self._theta, self._fields = empty, empty

    @property
    def few(self) -> int:
        """How many decide a proposal."""
        return FEW if self.layout.size <= LARGE else LEAST

    def affordable(self, count: int) -> bool:
        """Whether so many samples are kept in memory."""
        return count * self.layout.size <= MEMORY

    def first(self, count: int) -> tuple[Residues, Residues]:
        """The first samples, drawn as far as they are not there yet."""
        missing = count - len(self._theta)
        if missing > 0:
            theta, fields = self.fresh(missing)
            self._theta = np.concatenate([self._theta, theta])
            self._fields = np.concatenate([self._fields, fields])
        return self._theta[:count], self._fields[:count]


def holding(layout: Layout, draws: Draws, laws: Sequence[Law]) -> list[Law]:
    """Those that are not constant as they are written, and whose derivative is 0 at fresh samples,
    drawn after they were proposed.
    """
    if not laws:
        return []
    theta, fields = draws.fresh(draws.few)
    forms = ((law, law.form(layout)) for law in laws)
    return [law for law, x in forms if not x.zero and not along(x, theta, fields).any()]


class Ranked:
    """Gradients at one random point; what they span. Long ones are sketched, so that the rank is
    never above the true one; of many what is independent of all others is taken away before.
    """

    def __init__(self, layout: Layout, seed: int) -> None:
        source = np.random.Generator(np.random.PCG64(seed))
        self.layout = layout
        self.point = source.integers(1, PRIME, (1, layout.size), dtype=np.uint64)
        self.size = layout.size
        self.width = min(layout.size, SKETCH)
        long = layout.size > SKETCH
        self.bucket = source.integers(0, SKETCH, layout.size) if long else np.arange(layout.size)
        ones = np.ones(layout.size, np.uint64)
        self.factor = source.integers(1, PRIME, layout.size, dtype=np.uint64) if long else ones
        self.rows: list[Row] = []
        self.seed, self.mixing = seed, dict[int, Residues]()

    def _row(self, law: Law) -> Row:
        touched, slopes = gradient(law.form(self.layout), self.point)
        return touched, slopes[0]

    def _sketched(self, one: Row) -> Residues:
        touched, slopes = one
        row = np.zeros(self.width, np.uint64)
        np.add.at(row, self.bucket[touched], slopes * self.factor[touched] % np.uint64(PRIME))
        return row % np.uint64(PRIME)

    def add(self, laws: Sequence[Law]) -> list[bool]:
        """Of each law, whether its gradient is independent of all before it; these are kept."""
        if not laws:
            return []
        known = len(self.rows)
        rows = [*self.rows, *(self._row(law) for law in laws)]
        fresh = self._independent(rows)
        self.rows = [rows[i] for i in sorted(fresh)]
        return [known + i in fresh for i in range(len(laws))]

    def _independent(self, rows: list[Row]) -> set[int]:
        many = len(rows) * self.size > MANY
        found = peeled(rows, self.size) if many else Peeled(rest=dict(enumerate(rows)))
        places = sorted(found.rest)
        if places:
            dense = np.stack([self._sketched(found.rest[i]) for i in places])
            found.certain.update(places[k] for k in independent(self._mixed(dense)))
        return found.certain

    def _mixed(self, rows: Residues) -> Residues:
        """Random combinations of the columns, a few more than there are rows: their rank is never
        higher, and what is left to be eliminated is small.
        """
        columns = 1 << (len(rows) + MORE).bit_length()
        if columns >= self.width:
            return rows
        if columns not in self.mixing:
            source = np.random.Generator(np.random.PCG64([columns, self.seed]))
            self.mixing[columns] = source.integers(0, PRIME, (self.width, columns), np.uint64)
        return np.asarray(Field(PRIME).matmul(rows, self.mixing[columns]))

    @property
    def rank(self) -> int:
        return len(self.rows)


@dataclass
class Search:
    """What a stage sees: the tensors, samples, the laws so far, and how many are missing (None:
    nobody knows). ``notes`` says what was left out because it is too large.
    """

    layout: Layout
    draws: Draws
    ranked: Ranked
    upper: int | None
    random: Random
    laws: list[Law] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def gap(self) -> int | None:
        return None if self.upper is None else self.upper - self.ranked.rank

    def too_large(self, stage: str, unknowns: int, limit: int) -> bool:
        """Whether a stage is left out, which is noted."""
        over = unknowns > limit or not self.draws.affordable(unknowns + FEW)
        if over:
            note = f"{stage}: left out, {unknowns} unknowns"
            self.notes += [note] * (note not in self.notes)
        return over

    def take(self, proposed: Iterable[Law]) -> int:
        """Keeps what holds at fresh samples and is independent, those that touch few parameters
        first. How many were independent.
        """
        held = self.held(proposed)
        held.sort(key=lambda x: (len(x.form(self.layout).touched), len(x.sum)))
        new = self.ranked.add(held)
        self.laws += [x for x, is_new in zip(held, new, strict=True) if is_new]
        return sum(new)

    def take_families(
        self, families: Sequence[Sequence[Law]], spanning: Sequence[Sequence[Law]] = ()
    ) -> None:
        """One after the other; one of which a law is independent is kept whole. The gradients of
        those that are ``spanning`` span the others', where this is given.
        """
        held = set(self.held(x for laws in families for x in laws))
        for laws, few in zip(families, spanning or families, strict=True):
            kept = [x for x in dict.fromkeys(laws) if x in held]
            asked = kept if few is laws else [x for x in dict.fromkeys(few) if x in held]
            held.difference_update(kept)
            if any(self.ranked.add(asked)):
                self.laws += kept

    def held(self, proposed: Iterable[Law]) -> list[Law]:
        """What is not kept yet and holds at fresh samples."""
        seen = set(self.laws)
        fresh = [x for x in dict.fromkeys(proposed) if x not in seen]
        return holding(self.layout, self.draws, fresh)
