"""Arrays of every size as frozen trees: the language in which a model is written once.

Everything is a matrix; a vector has one column, a number one row and one column. ``@`` is the
matrix product, ``*`` the entrywise one (a number multiplies every entry), ``.T`` the transpose.
Sizes, exponents and ends of sums are affine in the names of sizes and in indices.

Products, sums and stacks over an index are made in ``verify.terms.array_families``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.terms.affine import Affine, affine, index

Number = int | Fraction
#: 1, the name of a size, or one of a run of sizes: ("d", p) is d_p
Extent = int | str | tuple[str, Affine]


@dataclass(frozen=True, slots=True)
class Array:
    """A node: ``head`` names the operation. Made by the functions of this file, which keep the few
    normal forms that make equal derivatives look equal; nothing else is simplified.
    """

    head: str
    args: tuple[Any, ...]

    def __add__(self, other: Array) -> Array:
        return plus([(1, self), (1, other)])

    def __sub__(self, other: Array) -> Array:
        return plus([(1, self), (-1, other)])

    def __neg__(self) -> Array:
        return plus([(-1, self)])

    def __rmul__(self, factor: Number) -> Array:
        return plus([(factor, self)])

    def __mul__(self, other: Array) -> Array:
        return times(self, other)

    def __matmul__(self, other: Array) -> Array:
        return matmul(self, other)

    def __pow__(self, exponent: Number | Affine) -> Array:
        return power(self, exponent)

    @property
    def T(self) -> Array:
        return transpose(self)

    @property
    def terms(self) -> tuple[tuple[Fraction, Array], ...]:
        """Of a sum, or itself once."""
        return self.args if self.head == "+" else ((Fraction(1), self),)


@dataclass(frozen=True, slots=True)
class Letter:
    """A matrix, or a family of them with ``index`` = ``first``..``count``; ``W[p]`` is one of a
    family, ``C.whole`` the matrix itself.
    """

    name: str
    rows: Extent = 1
    columns: Extent = 1
    index: str = ""
    count: str | Affine = ""
    first: int = 1
    symmetric: bool = False

    @property
    def last(self) -> Affine:
        return index(self.count) if isinstance(self.count, str) else self.count

    def __getitem__(self, at: Affine | int | str) -> Array:
        return Array("letter", (self, index(at) if isinstance(at, str) else affine(at)))

    @property
    def whole(self) -> Array:
        return Array("letter", (self, None))

    @property
    def here(self) -> Array:
        """At its own index, where it has one."""
        return self[self.index] if self.index else self.whole


ZERO = Array("+", ())
ONE = Array("one", ())  # of "@" and of "*", whatever the size


def number(value: Affine | int) -> Array:
    """A number that may depend on sizes, such as the degree D."""
    return Array("num", (affine(value),))


def plus(terms: Iterable[tuple[Number, Array]]) -> Array:
    """A linear combination, equal terms added."""
    found: dict[Array, Fraction] = {}
    for c, x in terms:
        for d, y in x.terms:
            found[y] = found.get(y, Fraction(0)) + c * d
    kept = tuple((c, x) for x, c in found.items() if c)
    return kept[0][1] if len(kept) == 1 and kept[0][0] == 1 else Array("+", kept)


def matmul(*factors: Array) -> Array:
    """The matrix product; numbers in front, as entrywise factors."""
    c, scalars, kept = _gathered(factors, "@")
    inner = ONE if not kept else kept[0] if len(kept) == 1 else Array("@", tuple(kept))
    return _scaled(c, scalars, inner)


def times(*factors: Array) -> Array:
    """The entrywise product, equal factors gathered as a power."""
    c, scalars, kept = _gathered(factors, "*")
    return _scaled(c, [*scalars, *kept], ONE)


def _gathered(factors: Iterable[Array], head: str) -> tuple[Fraction, list[Array], list[Array]]:
    """(coefficient, numbers, the others in order) of a product."""
    c, scalars, kept = Fraction(1), list[Array](), list[Array]()
    for x in factors:
        if x == ZERO:
            return Fraction(0), [], []
        if x.head == "+" and len(x.args) == 1:
            c, x = c * x.args[0][0], x.args[0][1]
        inner = x.args if x.head in (head, "*") else (x,)
        if x.head == "*" and head == "@":
            rest = [y for y in x.args if not is_number(y)]
            inner = (*(y for y in x.args if is_number(y)), *([times(*rest)] if rest else []))
        for y in inner:
            if y != ONE:
                (scalars if is_number(y) else kept).append(y)
    return c, scalars, kept


def _scaled(c: Fraction, factors: list[Array], inner: Array) -> Array:
    powers: dict[Array, Affine | Fraction] = {}
    for x in factors if inner == ONE else [*factors, inner]:
        base, e = (x.args[0], x.args[1]) if x.head == "^" else (x, Affine(1))
        before = powers.get(base)
        powers[base] = e if before is None else _added(before, e)
    found = [power(x, e) for x, e in powers.items()]
    found = [*sorted(filter(is_number, found), key=_rank), *(x for x in found if not is_number(x))]
    found = [x for x in found if x != ONE]
    body = ONE if not found else found[0] if len(found) == 1 else Array("*", tuple(found))
    return plus([(c, body)])


def _rank(x: Array) -> tuple:
    """Numbers of a product: what depends on sizes, letters by name, then all others."""
    order = {"num": 0, "letter": 1}
    own = x.args[0] if x.head == "^" else x
    kind = order.get(own.head, 2)
    return kind, bool(kind == 1 and own.args[0].index), _size(x) if kind else repr(x)


def _added(a: Affine | Fraction, b: Affine | Fraction) -> Affine | Fraction:
    if isinstance(a, Affine) and isinstance(b, Affine):
        return a + b
    a, b = (Fraction(x.at({})) if isinstance(x, Affine) else x for x in (a, b))
    return Affine(int(a + b)) if (a + b).denominator == 1 else a + b


def power(x: Array, exponent: Number | Affine) -> Array:
    """Entrywise."""
    e = exponent
    if isinstance(e, (int, Fraction)):
        e = Affine(int(e)) if Fraction(e).denominator == 1 else Fraction(e)
    if x.head == "^" and isinstance(e, Affine) and not e.terms and isinstance(x.args[1], Affine):
        inner: Affine = x.args[1]
        e = Affine(inner.const * e.const, tuple((n, c * e.const) for n, c in inner.terms))
        x = x.args[0]
    return ONE if e in (Affine(0), 0) else x if e == Affine(1) else Array("^", (x, e))


def matrix_power(x: Array, exponent: Affine | int) -> Array:
    e = affine(exponent)
    return ONE if e == Affine(0) else x if e == Affine(1) else Array("pow", (x, e))


def transpose(x: Array) -> Array:
    match x.head:
        case "+":
            return plus((c, transpose(y)) for c, y in x.args)
        case "@":
            return matmul(*(transpose(y) for y in reversed(x.args)))
        case "*":
            return times(*map(transpose, x.args))
        case "^" | "pow":
            return Array(x.head, (transpose(x.args[0]), x.args[1]))
        case "sum":
            return Array("sum", (*x.args[:3], transpose(x.args[3])))
        case "T":
            return x.args[0]
    same = is_number(x) or x == ONE or (x.head == "letter" and x.args[0].symmetric)
    return x if same else Array("T", (x,))


def inner(x: Array, y: Array) -> Array:
    """The sum of the products of all entries."""
    found = ZERO
    for c, a in x.terms:
        for d, b in y.terms:
            pair = tuple(sorted((a, b), key=_size))
            scalar = is_number(a) and is_number(b)
            found = found + c * d * (times(*pair) if scalar else Array("dot", pair))
    return found


def _size(x: Array) -> tuple[int, str]:
    """An order that does not depend on how arrays came about."""
    text = repr(x)
    return len(text), text


def log(x: Array) -> Array:
    return Array("log", (x,))


def exp(x: Array) -> Array:
    return Array("exp", (x,))


def is_number(x: Array) -> bool:
    """One row and one column, whatever the sizes."""
    match x.head:
        case "letter":
            return x.args[0].rows == x.args[0].columns == 1
        case "num" | "dot":
            return True
        case "+":
            return bool(x.args) and all(y == ONE or is_number(y) for _, y in x.args)
        case "*" | "@":
            return all(map(is_number, x.args))
        case "^" | "pow" | "log" | "exp" | "T" as head:
            return is_number(x.args[0]) or (x.args[0] == ONE and head in ("log", "exp"))
        case "sum":
            return is_number(x.args[3])
        case "chain" | "each" | "others":
            return x.args[0].rows == x.args[0].columns == 1
    return False
