"""Values of arrays at given sizes, over anything that adds and multiplies: fractions, polynomials,
recorded symbols, jets, SymPy's symbols.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from verify.exact.errors import BadInput
from verify.terms.affine import Affine
from verify.terms.arrays import Array, Extent, Letter

Scalar = Any
NOTHING: list = []  # an empty sum: 0 of any size
Rows = list[list[Scalar]]
Sizes = Mapping[str, int | tuple[int, ...]]


@dataclass(frozen=True)
class Arithmetic:
    """``lift`` brings a fraction in; powers, log and exp where a loss needs them."""

    lift: Callable[[Fraction], Scalar] = lambda x: x
    power: Callable[[Scalar, Fraction], Scalar] = lambda x, e: x.power(e)
    log: Callable[[Scalar], Scalar] = lambda x: x.log()
    exp: Callable[[Scalar], Scalar] = lambda x: x.exp()


EXACT = Arithmetic()  #: as the numbers are


@dataclass
class Values:
    """``given`` holds the rows of each letter, by name and index (None for one without)."""

    given: Mapping[tuple[str, int | None], Rows]
    sizes: Sizes
    ring: Arithmetic = EXACT
    known: dict[tuple[Array, tuple], Any] = field(default_factory=dict)
    runs: dict[tuple[Letter, bool], list[Rows | None]] = field(default_factory=dict)

    def rows(self, x: Array, **at: int) -> Rows:
        """The matrix. Raises BadInput for what has no size of its own, such as an empty product."""
        found = self._of(x, at)
        if not found:
            raise BadInput(f"{x.head}: an empty product or sum has no size; expected one part")
        return found

    def sized(self, x: Array, rows: int, columns: int, **at: int) -> Rows:
        """The same, where an empty product is a matrix of ones."""
        found = self._of(x, at)
        return [[self.ring.lift(Fraction(1))] * columns] * rows if found is None else found

    def stack(self, x: Array, **at: int) -> list[Rows]:
        """Of a stack one matrix for each index, otherwise the one."""
        if x.head != "stack":
            return [self.rows(x, **at)]
        name, low, high, body = x.args
        return [self.rows(body, **at, **{name: i}) for i in self._range(low, high, at)]

    def _range(self, low: Affine, high: Affine, at: Mapping[str, int]) -> range:
        names = {**{n: s for n, s in self.sizes.items() if isinstance(s, int)}, **at}
        return range(low.at(names), high.at(names) + 1)

    def _number(self, e: Affine | Fraction, at: Mapping[str, int]) -> Fraction:
        return Fraction(self._range(e, e, at).start) if isinstance(e, Affine) else e

    def _of(self, x: Array, at: dict[str, int]) -> Rows | None:
        """None for the one of a product, which has any size."""
        key = x, tuple(sorted(at.items()))
        if key not in self.known:
            self.known[key] = self._fresh(x, at)
        return self.known[key]

    def _fresh(self, x: Array, at: dict[str, int]) -> Rows | None:
        match x.head, x.args:
            case "one", ():
                return None
            case "num", (e,):
                return [[self.ring.lift(self._number(e, at))]]
            case "letter", (of, place):
                return self.given[of.name, None if place is None else int(self._number(place, at))]
            case "+", terms:
                return self._sum([(c, self._of(y, at)) for c, y in terms])
            case "T", (y,):
                inside = self._of(y, at)
                return None if inside is None else [list(r) for r in zip(*inside, strict=True)]
            case "@" | "*" as head, factors:
                join = _matmul if head == "@" else _times
                return _joined([self._of(y, at) for y in factors], join)
            case "^", (y, e):
                return self._power(self._numbered(y, at), self._number(e, at))
            case "pow", (y, e):
                return _joined([self._of(y, at)] * int(self._number(e, at)), _matmul)
            case "sum", (name, low, high, body):
                parts = [self._of(body, {**at, name: i}) for i in self._range(low, high, at)]
                return self._sum([(Fraction(1), y) for y in parts])
            case "dot", (y, z):
                return [[_total(_times(self.rows(y, **at), self.rows(z, **at)))]]
            case "log" | "exp" as head, (y,):
                return [[getattr(self.ring, head)(a) for a in r] for r in self._numbered(y, at)]
        return self._of_run(x.head, x.args, at)

    def _numbered(self, x: Array, at: dict[str, int]) -> Rows:
        """The matrix; a one inside a function of numbers is the number 1."""
        return [[self.ring.lift(Fraction(1))]] if x.head == "one" else self.rows(x, **at)

    def _of_run(self, head: str, args: tuple, at: dict[str, int]) -> Rows | None:
        if head == "others":
            of, place = args
            left_out = int(self._number(place, at)) - of.first
            below, above = self._products(of), self._products(of, above=True)
            return _joined([below[left_out], above[-2 - left_out]], _times)
        if head not in ("chain", "each"):
            raise BadInput(f"{head}: it has no value as one matrix")
        of, low, high = args
        places = self._range(low, high, at)
        if head == "each" and (low, high) == (Affine(of.first), of.last):
            return self._products(of)[-1]
        if head == "each":
            return _joined([self.given[of.name, i] for i in places], _times)
        return self._chain(of, places)

    def _products(self, of: Letter, above: bool = False) -> list[Rows | None]:
        """Of the first k factors, k = 0, 1, ..; or of the last k. All others of a factor are one of
        these times one of those.
        """
        if (of, above) not in self.runs:
            found: list[Rows | None] = [None]
            rows = [self.given[of.name, i] for i in self._range(Affine(of.first), of.last, {})]
            for x in reversed(rows) if above else rows:
                found.append(_joined([found[-1], x], _times))
            self.runs[of, above] = found
        return self.runs[of, above]

    def _chain(self, of: Letter, places: range) -> Rows | None:
        """From the right where it begins at 1, else from the left: neighbours share their parts."""
        found: Rows | None = None
        right = places.start == 1
        for i in places if right else reversed(places):
            key = Array("places", (of, *((1, i) if right else (i, places.stop - 1)))), ()
            if key not in self.known:
                part = self.given[of.name, i]
                self.known[key] = _joined([part, found] if right else [found, part], _matmul)
            found = self.known[key]
        return found

    def _sum(self, terms: list[tuple[Fraction, Rows | None]]) -> Rows:
        found: Rows | None = None
        for c, y in terms:
            if y == NOTHING:
                continue
            rows = [[self.ring.lift(Fraction(1))]] if y is None else y
            part = rows if c == 1 else [[self.ring.lift(c) * a for a in r] for r in rows]
            found = part if found is None else _zip(found, part)
        return NOTHING if found is None else found

    def _power(self, x: Rows, e: Fraction) -> Rows:
        if e.denominator == 1 and e >= 0:
            return [[_natural(a, int(e), self.ring.lift) for a in r] for r in x]
        return [[self.ring.power(a, e) for a in r] for r in x]


def _natural(a: Scalar, e: int, lift: Callable[[Fraction], Scalar]) -> Scalar:
    found = lift(Fraction(1)) if not e else a
    for _ in range(e - 1):
        found = found * a
    return found


def _joined(parts: list[Rows | None], join: Callable[[Rows, Rows], Rows]) -> Rows | None:
    found: Rows | None = None
    for part in parts:
        if part == NOTHING:
            return NOTHING
        found = part if found is None else found if part is None else join(found, part)
    return found


def _zip(x: Rows, y: Rows) -> Rows:
    return [[a + b for a, b in zip(r, s, strict=True)] for r, s in zip(x, y, strict=True)]


def _times(x: Rows, y: Rows) -> Rows:
    if len(x) == len(x[0]) == 1 and len(y) * len(y[0]) > 1:
        return [[x[0][0] * b for b in s] for s in y]
    if len(y) == len(y[0]) == 1 and len(x) * len(x[0]) > 1:
        return _times(y, x)
    return [[a * b for a, b in zip(r, s, strict=True)] for r, s in zip(x, y, strict=True)]


def _matmul(x: Rows, y: Rows) -> Rows:
    columns = list(zip(*y, strict=True))
    return [[_dot(r, s) for s in columns] for r in x]


def _dot(x: Sequence[Scalar], y: Sequence[Scalar]) -> Scalar:
    found = x[0] * y[0]
    for a, b in zip(x[1:], y[1:], strict=True):
        found = found + a * b
    return found


def _total(x: Rows) -> Scalar:
    entries = [a for r in x for a in r]
    found = entries[0]
    for a in entries[1:]:
        found = found + a
    return found


def extent(size: Extent, sizes: Sizes, at: Mapping[str, int]) -> int:
    """How many rows or columns."""
    if isinstance(size, int):
        return size
    name, place = size if isinstance(size, tuple) else (size, None)
    found = sizes[name]
    if place is not None and isinstance(found, tuple):
        return found[place.at(dict(at))]
    assert isinstance(found, int)
    return found
