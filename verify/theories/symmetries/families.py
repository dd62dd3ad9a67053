"""Quadratic laws in the letters of a model: squares, norms and Gram matrices of its letters, and
those combinations whose entries all lie in a given space of laws.

The combinations are solved for, not guessed: along each size that several letters share, with one
unknown for each letter there. What does not depend on where a family's index stands is said once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from verify.models.catalogue.base import Model
from verify.terms.affine import Affine
from verify.terms.array_values import Sizes
from verify.terms.arrays import Array, plus
from verify.theories.symmetries.actions import Case, Matrix
from verify.theories.symmetries.linear import kernel
from verify.theories.symmetries.squares import Axis, Cells, Piece, pieces


class Span:
    """A space of symmetric matrices, in echelon form."""

    def __init__(self, laws: Iterable[Matrix] = ()) -> None:
        self.rows: list[tuple[tuple[int, int], Matrix]] = []
        for law in laws:
            self.add(law)

    def rest(self, law: Matrix) -> Matrix:
        """What is left over; empty for one of the space."""
        found = dict(law)
        for pivot, row in self.rows:
            c = found.get(pivot)
            if c:
                for place, x in row.items():
                    found[place] = found.get(place, Fraction(0)) - c * x
        return {place: x for place, x in found.items() if x}

    def add(self, law: Matrix) -> bool:
        """Whether it was new."""
        rest = self.rest(law)
        if rest:
            pivot = min(rest)
            self.rows.append((pivot, {place: x / rest[pivot] for place, x in rest.items()}))
        return bool(rest)


@dataclass(frozen=True)
class Family:
    """``array`` is what is conserved, each entry of it: for ``index`` = ``first``..``last`` where
    one is named; ``pair`` names a second index that runs like the first. ``laws`` are its entries
    as matrices S of <theta, S theta>.
    """

    array: Array
    laws: tuple[Matrix, ...]
    how: str
    index: str = ""
    first: int = 1
    last: str = ""
    pair: str = ""

    def range(self) -> str:
        if not self.index:
            return ""
        names = f"{self.index}, {self.pair}" if self.pair else self.index
        return f"for {names} = {self.first}..{self.last}"


Term = tuple[Piece, Fraction]


def families(model: Model, sizes: Sizes, case: Case, laws: Sequence[Matrix]) -> list[Family]:
    """Families whose entries all lie in the span of ``laws``, each with at least one that the
    families before it do not give.
    """
    space, given = Span(laws), Span()
    found = []
    for how in ("matrices", "entries", "norm", "product", "rows"):
        for axis_laws in _solved(model, sizes, case, space, how):
            for family in _said(model, sizes, axis_laws):
                if any([given.add(s) for s in family.laws]):
                    found.append(family)
    return found


def _solved(
    model: Model, sizes: Sizes, case: Case, space: Span, how: str
) -> Iterator[list[tuple[Axis, tuple[Term, ...], tuple[Matrix, ...]]]]:
    """By the name of the axis: its index, the combination, and its entries."""
    axes: dict[Axis, list[tuple[Piece, Cells]]] = {}
    for axis, piece, cells in pieces(model, sizes, case, how):
        axes.setdefault(axis, []).append((piece, cells))
    for name in dict.fromkeys(n for n, _ in axes):
        rows = []
        for axis in (a for a in axes if a[0] == name):
            here = axes[axis]
            for c in kernel(_equations(space, [cells for _, cells in here]), len(here)):
                terms = tuple((p, x) for (p, _), x in zip(here, c, strict=True) if x)
                entries = _entries([(x, k) for (_, k), x in zip(here, c, strict=True) if x])
                if any(entries):
                    rows.append((axis, _integral(terms), tuple(s for s in entries if s)))
        if rows:
            yield rows


def _equations(space: Span, cells: list[Cells]) -> list[dict[int, Fraction]]:
    rows: dict[tuple, dict[int, Fraction]] = {}
    for n, piece in enumerate(cells):
        for at, s in piece.items():
            for place, x in space.rest(s).items():
                rows.setdefault((at, place), {})[n] = x
    return list(rows.values()) or [{}]


def _entries(terms: list[tuple[Fraction, Cells]]) -> list[Matrix]:
    found: dict[tuple[int, int], Matrix] = {}
    for c, cells in terms:
        for at, s in cells.items():
            here = found.setdefault(at, {})
            for place, x in s.items():
                here[place] = here.get(place, Fraction(0)) + c * x
    return [{p: x for p, x in s.items() if x} for s in found.values()]


def _integral(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """The first coefficient 1, or all whole numbers."""
    lead = terms[0][1]
    return tuple((p, x / lead) for p, x in terms)


def _said(
    model: Model, sizes: Sizes, rows: list[tuple[Axis, tuple[Term, ...], tuple[Matrix, ...]]]
) -> list[Family]:
    """Rows with one pattern together, where its index runs over all that there are."""
    if pair := _pairs(sizes, rows):
        return [pair]
    patterns: dict[tuple, list[tuple[int | None, tuple[Term, ...], tuple[Matrix, ...]]]] = {}
    for (_, value), terms, laws in rows:
        places = [p.at for p, _ in terms if p.at is not None]
        base = value if value is not None else min(places, default=None)
        shifts = tuple(
            (p.letters, p.how, None if p.at is None or base is None else p.at - base, c)
            for p, c in terms
        )
        patterns.setdefault(shifts, []).append((base, terms, laws))
    found = []
    for shifts, same in patterns.items():
        found += _together(sizes, shifts, same)
    return found


def _together(sizes: Sizes, shifts: tuple, same: list) -> list[Family]:
    bases = [b for b, _, _ in same]
    moving = next((ls[0] for ls, _, shift, _ in shifts if shift is not None), None)
    reach = max((s for _, _, s, _ in shifts if s is not None), default=0)
    if moving is not None:
        whole = range(moving.first, moving.last.at(_numbers(sizes)) + 1 - reach)
        if bases == list(whole):
            at = Affine(0, ((moving.index, 1),))
            array = plus(
                (c, Piece(ls, 0, how).array(None if s is None else at + s))
                for ls, how, s, c in shifts
            )
            laws = tuple(s for _, _, found in same for s in found)
            last = str(moving.last - reach)
            return [Family(array, laws, shifts[0][1], moving.index, moving.first, last)]
    return [
        Family(plus((c, p.array(_fixed(p))) for p, c in terms), laws, shifts[0][1])
        for _, terms, laws in same
    ]


def _fixed(piece: Piece) -> Affine | None:
    return None if piece.at is None else Affine(piece.at)


def _numbers(sizes: Sizes) -> Mapping[str, int]:
    return {n: s for n, s in sizes.items() if isinstance(s, int)}


def _pairs(
    sizes: Sizes, rows: list[tuple[Axis, tuple[Term, ...], tuple[Matrix, ...]]]
) -> Family | None:
    """x_l - x_m for all l, m of one family: as many independent ones as it has members but one."""
    pieces = {p for _, terms, _ in rows for p, _ in terms}
    some = next(iter(pieces))
    letter = some.letters[0]
    alike = {(p.letters, p.how) for p in pieces} == {(some.letters, some.how)} and letter.index
    if not alike or any(sum(c for _, c in terms) for _, terms, _ in rows):
        return None
    count = letter.last.at(dict(_numbers(sizes))) - letter.first + 1
    if len(pieces) != count or len(rows) != count - 1:
        return None
    other = chr(ord(letter.index) + 1)
    at, to = (Affine(0, ((n, 1),)) for n in (letter.index, other))
    array = plus([(1, some.array(at)), (-1, some.array(to))])
    laws = tuple(s for _, _, found in rows for s in found)
    return Family(array, laws, some.how, letter.index, letter.first, str(letter.last), other)
