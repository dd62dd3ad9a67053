"""Arrays entry by entry, in letters with indices that say what they run through: the language of
claims in declared letters.

Sizes become finite sets, the index of a family whole numbers from its first to its last; an
exponent may have names of whole numbers in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from operator import add, mul

from verify.terms.affine import Affine
from verify.terms.arrays import ONE, Array, Extent, Letter, is_number
from verify.terms.expr import Expr, num
from verify.terms.indices import Index, Sum
from verify.terms.own import Own

At = Index | int | None  #: where there is one row, or one column: None


class NotInEntries(Exception):
    """The message says what part of an array has no entries in this language."""


@dataclass
class Entries:
    """``sets`` are the names of sizes as sets. Products over the index of a family are letters of
    their own, by the name of the family. ``apart``: indices of their own in the place of numbers
    and of sums such as l + 1.
    """

    sets: Mapping[str, str]
    products: Mapping[str, str]
    fresh: Iterator[int]
    apart: dict[Affine, Index] = field(default_factory=dict)

    def index(self, extent: Extent) -> Index | None:
        """A new one, that runs through a size; None where that is 1."""
        if extent == 1:
            return None
        if not isinstance(extent, str):
            raise NotInEntries("a size that depends on an index")
        return Index(f"i{next(self.fresh)}", self.sets[extent])

    def of(self, x: Array, r: At, c: At) -> Expr:
        """The entry in a row and a column. Raises NotInEntries."""
        match x.head, x.args:
            case "letter", (letter, at):
                return self._letter(letter, at, r, c)
            case "T", (y,):
                return self.of(y, c, r)
            case "+", terms:
                parts = [(k, num(1) if y == ONE else self.of(y, r, c)) for k, y in terms]
                return reduce(add, (x if k == 1 else k * x for k, x in parts)) if parts else num(0)
            case "*", factors:
                at = [(None, None) if is_number(y) else (r, c) for y in factors]
                return reduce(
                    mul, (self.of(y, *place) for y, place in zip(factors, at, strict=True))
                )
            case "@", factors:
                return self._product(factors, r, c)
            case "^", (y, e):
                return self.of(y, r, c) ** (exponent(e) if isinstance(e, Affine) else e)
            case "dot", (y, z):
                i, j = map(self.index, extents(y))
                left, right = self.of(y, i, j), self.of(z, i, j)
                return summed(left**2 if left == right else left * right, i, j)
            case "sum", (at, low, high, body):
                return Sum(Index(at, f"{low}..{high}"), self.of(body, r, c))
            case "each", (letter, _, _) if letter.name in self.products:
                at = [x for x in (r, c) if x is not None]
                own = Own(self.products[letter.name])
                return Expr("at", (own, *at)) if at else Expr("const", (own,))
        raise NotInEntries(WORDS.get(x.head, f"{x.head} of arrays"))

    def _letter(self, of: Letter, at: Affine | None, r: At, c: At) -> Expr:
        places: list[At] = [self._place(of, at)] if at is not None else []
        places += [i for i, size in ((r, of.rows), (c, of.columns)) if size != 1]
        return Expr("at", (Own(of.name), *places)) if places else Expr("const", (Own(of.name),))

    def _place(self, of: Letter, at: Affine) -> Index:
        run = f"{of.first}..{of.last}"
        if at.terms and at.const == 0:
            return Index(at.base, run)
        if at not in self.apart:
            self.apart[at] = Index(f"{of.index}{next(self.fresh)}", run)
        return self.apart[at]

    def _product(self, factors: tuple[Array, ...], r: At, c: At) -> Expr:
        inner = [self.index(extents(y)[1]) for y in factors[:-1]]
        rows, columns = [r, *inner], [*inner, c]
        parts = [self.of(y, i, j) for y, i, j in zip(factors, rows, columns, strict=True)]
        return summed(reduce(mul, parts), *inner)


#: what is said of heads that have no entries
WORDS = {
    "pow": "a power of a matrix with a name in its exponent",
    "chain": "a product of matrices of every length",
    "each": "a product over a part of a family",
}


def summed(e: Expr, *over: Index | None) -> Expr:
    """Over the indices that there are, the last one innermost."""
    for i in reversed(over):
        e = e if i is None else Sum(i, e)
    return e


def exponent(e: Affine) -> Expr:
    """A whole number and multiples of names."""
    found = num(e.const)
    for name, c in e.terms:
        found = found + Fraction(c) * Expr("const", (Own(name),))
    return found


def extents(x: Array) -> tuple[Extent, Extent]:
    """Rows and columns. Raises NotInEntries."""
    match x.head, x.args:
        case (("letter" | "each" | "others"), (letter, *_)):
            return letter.rows, letter.columns
        case "T", (y,):
            rows, columns = extents(y)
            return columns, rows
        case (("num" | "dot"), _):
            return 1, 1
        case (("^" | "pow" | "log" | "exp"), (y, *_)):
            return extents(y)
        case "@", factors:
            return extents(factors[0])[0], extents(factors[-1])[1]
        case (("sum" | "stack"), (_, _, _, body)):
            return extents(body)
        case "+", terms if terms:
            return next((extents(y) for _, y in terms if y != ONE), (1, 1))
        case "*", factors:
            return next((extents(y) for y in factors if not is_number(y)), (1, 1))
    raise NotInEntries(WORDS.get(x.head, f"{x.head} of arrays"))
