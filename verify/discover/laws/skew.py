"""Isometries that no output sees: theta' = M theta + b with M antisymmetric, along which all
outputs stand still. They are sums of turns, each of two indices of some axes of a tensor into each
other, and of shifts of single entries.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np

from verify.discover.laws.atoms import law
from verify.discover.laws.layout import Layout, Part, Run, at, single
from verify.discover.laws.modular import PRIME, Residues, dot, kernel, rationals, residue
from verify.discover.laws.scalars import Poly, whole
from verify.discover.laws.search import FEW, Draws

_P = np.uint64(PRIME)
UNKNOWNS = 1200
COORDINATES = 45  #: of all turns of two entries
MOST = 80  #: indices of an axis that are turned


@dataclass(frozen=True)
class Turn:
    """The part ``one`` moves by the part ``two``, that by minus ``one``; ``run``: the axes that are
    cut, None for two single entries.
    """

    one: Part
    two: Part
    run: Run | None = None

    def rows(self, layout: Layout, theta: Residues) -> tuple[Any, Residues]:
        """Where it moves, and by what."""
        i, j = self.one.flat(layout), self.two.flat(layout)
        minus = (_P - theta[:, i]) % _P
        return np.concatenate([i, j]), np.concatenate([theta[:, j], minus], axis=1)


@dataclass(frozen=True)
class Shift:
    """All entries of a part grow alike."""

    part: Part

    def rows(self, layout: Layout, theta: Residues) -> tuple[Any, Residues]:
        where = self.part.flat(layout)
        return where, np.ones((len(theta), len(where)), np.uint64)


@dataclass(frozen=True)
class Isometry:
    """A combination of turns and shifts."""

    sum: tuple[tuple[Fraction, Turn | Shift], ...]

    @property
    def shifts(self) -> bool:
        """Whether it turns nothing."""
        return all(isinstance(x, Shift) for _, x in self.sum)

    def direction(self, layout: Layout) -> dict[int, Poly]:
        """How each coordinate moves."""
        found: dict[int, Poly] = {}
        for c, x in self.sum:
            pairs = [(x.part.flat(layout), None)] if isinstance(x, Shift) else [
                (x.one.flat(layout), x.two.flat(layout)),
                (x.two.flat(layout), x.one.flat(layout))]  # fmt: skip
            for sign, (where, by) in zip((1, -1), pairs, strict=False):
                for k, i in enumerate(where.tolist()):
                    key = () if by is None else (int(by[k]),)
                    poly = found.setdefault(i, {})
                    poly[key] = poly.get(key, 0) + whole(sign * c)
        kept = {i: {m: x for m, x in p.items() if x} for i, p in sorted(found.items())}
        return {i: p for i, p in kept.items() if p}

    def at(self, layout: Layout, theta: Residues) -> Residues:
        """The motion at points, (points, D)."""
        moved = np.zeros_like(theta)
        for c, x in self.sum:
            where, by = x.rows(layout, theta)
            moved[:, where] = (moved[:, where] + by * np.uint64(residue(c)) % _P) % _P
        return moved


def proposals(layout: Layout, draws: Draws) -> Iterator[Isometry]:
    """Along which the outputs seem to stand still, at the draws that solved for them: first of two
    indices, then sums over an axis, then any.
    """
    axes = layout.axes()
    for i, j in combinations(range(min(MOST, max((n for _, _, n in axes), default=0))), 2):
        atoms = [Turn(at(layout, t, run, i), at(layout, t, run, j), run)
                 for t, run, n in axes if j < n and _proper(layout, t, run)]  # fmt: skip
        yield from _solved(layout, draws, atoms)
    yield from _solved(layout, draws, [Shift(p) for p in _sums(layout)])
    shifts = [Shift(single(layout, i)) for i in range(layout.size)]
    yield from _solved(layout, draws, shifts)
    if layout.size <= COORDINATES:
        pairs = combinations(range(layout.size), 2)
        turns = [Turn(single(layout, i), single(layout, j)) for i, j in pairs]
        yield from _solved(layout, draws, [*turns, *shifts])


def _proper(layout: Layout, tensor: str, run: Run) -> bool:
    """No axis of one index, which would be counted twice."""
    return all(layout.shapes[tensor][a] > 1 for a in run)


def _sums(layout: Layout) -> Iterator[Part]:
    for name, shape in layout.tensors:
        for axis, n in enumerate(shape):
            for index in np.ndindex(*(m for a, m in enumerate(shape) if a != axis)):
                picks: list[int | tuple[int, int]] = [int(i) for i in index]
                picks.insert(axis, (0, n))
                yield Part(name, tuple(picks))


def _solved(layout: Layout, draws: Draws, atoms: Sequence[Turn | Shift]) -> Iterator[Isometry]:
    if not 0 < len(atoms) <= UNKNOWNS or not draws.affordable(len(atoms) + FEW):
        return
    theta, fields = draws.first(len(atoms) + FEW)
    columns = []
    for x in atoms:
        where, by = x.rows(layout, theta)
        columns.append(dot(by, fields[:, where]))
    for vector in kernel(np.stack(columns, axis=1)):
        found = rationals(vector)
        if found is not None:
            yield Isometry(law(atoms, found).sum)  # type: ignore[arg-type]
