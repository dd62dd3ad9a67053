"""The squares that laws are combinations of: Gram matrices, entries and norms of a model's letters,
and products of two letters, each entry as a symmetric matrix S of <theta, S theta>.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product

from verify.models.catalogue.base import Model
from verify.terms.affine import Affine
from verify.terms.array_values import Sizes
from verify.terms.arrays import Array, Extent, Letter, inner
from verify.theories.symmetries.actions import Block, Case, Matrix

#: the size along which entries are compared, and its index where it is one of a run
Axis = tuple[str, int | None]
Cells = dict[tuple[int, int], Matrix]


@dataclass(frozen=True, slots=True)
class Piece:
    """A square of one letter, or a product of two: ``how`` is rows (x x^T), columns (x^T x),
    entries (x * x), norm (|x|^2) or product (x * y).
    """

    letters: tuple[Letter, ...]
    at: int | None
    how: str

    def array(self, shift: Affine | None) -> Array:
        """At a number, or where ``shift`` says."""
        x, *more = (y.whole if shift is None else y[shift] for y in self.letters)
        match self.how:
            case "rows":
                return x @ x.T
            case "columns":
                return x.T @ x
            case "norm":
                return inner(x, x)
        return x * (more[0] if more else x)


def pieces(model: Model, sizes: Sizes, case: Case, how: str) -> Iterator[tuple[Axis, Piece, Cells]]:
    members = model.members(sizes)
    for letter, i in members:
        block = case.blocks[letter.name, () if i is None else (i,)]
        vector = letter.columns == 1
        if how == "norm":
            yield (
                ("", None),
                Piece((letter,), i, how),
                {(0, 0): _square(x for r in block for x in r)},
            )
        elif how == "entries" and vector:
            cells = {(a, a): _square(row) for a, row in enumerate(block)}
            yield _axis(letter.rows, letter, i), Piece((letter,), i, how), cells
        elif (how == "rows" and vector and letter.rows != 1) or (how == "matrices" and not vector):
            yield _axis(letter.rows, letter, i), Piece((letter,), i, "rows"), _gram(block)
        if how == "matrices" and not vector:
            turned = tuple(zip(*block, strict=True))
            yield _axis(letter.columns, letter, i), Piece((letter,), i, "columns"), _gram(turned)
    for (x, i), (y, j) in combinations(members, 2) if how == "product" else ():
        if i == j and (x.rows, x.columns) == (y.rows, y.columns):
            pair = (case.blocks[z.name, () if i is None else (i,)] for z in (x, y))
            yield _axis(x.rows, x, i), Piece((x, y), i, how), _products(*pair)


def _axis(size: Extent, letter: Letter, i: int | None) -> Axis:
    if isinstance(size, tuple):
        return size[0], size[1].at({letter.index: i or 0})
    return str(size), None


def _square(places: Iterable[int]) -> Matrix:
    return {(i, i): Fraction(1) for i in places}


def _gram(rows: Block) -> Cells:
    """Entries a <= b of x x^T."""
    found = {}
    for a, b in product(range(len(rows)), repeat=2):
        if a <= b:
            s: Matrix = {}
            for i, j in zip(rows[a], rows[b], strict=True):
                for place in ((i, j), (j, i)):
                    s[place] = s.get(place, Fraction(0)) + Fraction(1, 2)
            found[a, b] = s
    return found


def _products(x: Block, y: Block) -> Cells:
    half = Fraction(1, 2)
    return {
        (a, b): {(i, j): half, (j, i): half}
        for a, (r, t) in enumerate(zip(x, y, strict=True))
        for b, (i, j) in enumerate(zip(r, t, strict=True))
    }
