"""The hidden groups of a model whose phi is a product of matrices, at given sizes: g in GL of a
size that stands in no output acts on rows of that size from the left and on columns of it by the
inverse from the right.

Read off the sizes of the letters, as in ``verify.models.layers``, where it is words. Of phi = U V^T
it is no symmetry: a test asks phi, for every model that is used here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import groupby, product

from verify.integrate.system import Scalar
from verify.models.catalogue.base import Model, numbers, shape
from verify.models.derived import outputs
from verify.terms.array_values import Sizes
from verify.terms.arrays import Extent, Letter

#: a size by name, and which one of a run it is
Place = tuple[str, int | None]
#: a matrix by its places
Sparse = dict[tuple[int, int], Fraction]


@dataclass(frozen=True)
class Direction:
    """E_ij of the group at one size: theta' = xi theta. ``moves``: (coordinate that moves, the one
    that it moves by, 1 from the left or -1 from the right).
    """

    group: Place
    at: tuple[int, int]
    moves: tuple[tuple[int, int, int], ...]

    @property
    def xi(self) -> Sparse:
        found: Sparse = {}
        for to, of, sign in self.moves:
            found[to, of] = found.get((to, of), Fraction(0)) + sign
        return {place: x for place, x in found.items() if x}


@dataclass(frozen=True)
class Hidden:
    """The directions, one group after the other, each by rows."""

    directions: tuple[Direction, ...]

    def paired(self, v: Sequence[Scalar], theta: Sequence[Scalar]) -> list[Scalar]:
        """<v, xi theta> for each direction; at v = theta the moment map."""
        found: list[Scalar] = []
        for _, each in groupby(self.directions, key=lambda x: x.group):
            sides = [[(v[to] * theta[of], s) for to, of, s in x.moves] for x in each]
            found += _totals(sides)
        return found

    def moved(self, a: Sequence[Scalar], theta: Sequence[Scalar]) -> list[Scalar]:
        """xi theta for the direction with entries a; 0 where nothing moves."""
        terms: list[list[tuple[Scalar, int]]] = [[] for _ in theta]
        for y, x in zip(a, self.directions, strict=True):
            for to, of, sign in x.moves:
                terms[to].append((y * theta[of], sign))
        return _totals(terms)


def hidden(model: Model, sizes: Sizes) -> Hidden:
    """Of a model at sizes."""
    return _hidden(model, tuple(sorted(sizes.items())))


@lru_cache(maxsize=64)
def _hidden(model: Model, at: tuple) -> Hidden:
    sizes = dict(at)
    shown = {p for of, i in outputs(model, sizes) for p in _places(of, i, sizes)}
    blocks, first = [], 0
    for letter, i in model.members(sizes):
        rows, columns = shape(letter, i, sizes)
        block = [range(first + r * columns, first + (r + 1) * columns) for r in range(rows)]
        blocks.append((_places(letter, i, sizes), block))
        first += rows * columns
    extents = {p: n for (r, c), b in blocks for p, n in ((r, len(b)), (c, len(b[0])))}
    order = dict.fromkeys(p for places, _ in blocks for p in places if p and p not in shown)
    return Hidden(
        tuple(
            _direction(p, i, j, blocks)
            for p in order
            for i, j in product(range(extents[p]), repeat=2)
        )
    )


def _direction(place: Place, i: int, j: int, blocks: Sequence) -> Direction:
    moves: list[tuple[int, int, int]] = []
    for (rows, columns), block in blocks:
        if rows == place:  # W -> E_ij W: row i becomes row j
            moves += [(to, of, 1) for to, of in zip(block[i], block[j], strict=True)]
        if columns == place:  # W -> -W E_ij: column j becomes minus column i
            moves += [(row[j], row[i], -1) for row in block]
    return Direction(place, (i, j), tuple(moves))


def _places(letter: Letter, at: int | None, sizes: Sizes) -> tuple[Place | None, Place | None]:
    """Of its rows and of its columns; None for a size that is a number."""
    names = numbers(sizes) | ({letter.index: at} if at is not None else {})

    def place(extent: Extent) -> Place | None:
        if isinstance(extent, tuple):
            return extent[0], extent[1].at(names)
        return None if isinstance(extent, int) else (extent, None)

    return place(letter.rows), place(letter.columns)


def _totals(rows: Sequence[Sequence[tuple[Scalar, int]]]) -> list[Scalar]:
    """Of each row what acts from the left less what acts from the right."""
    sides = [[_sum([x for x, s in row if s == sign]) for row in rows] for sign in (1, -1)]
    return [a if b is None else (0 if a is None else a) - b for a, b in zip(*sides, strict=True)]


def _sum(terms: Sequence[Scalar]) -> Scalar | None:
    return sum(terms[1:], terms[0]) if terms else None
