"""The letters of a setting at given sizes, entry by entry: symbols over the rationals, and matrices
of polynomials in them.

A second way, apart from the words: nothing in this folder knows a normal form. In the
complex case an entry z
and its conjugate are two independent symbols: a polynomial in z and conj z that vanishes at every
complex point has zero coefficients.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product
from typing import Any

from flint import Ordering, fmpq_mpoly_ctx

from verify.terms.letters import RUNS, Letter
from verify.theories.words.sizes import Beyond, Sizes

Poly = Any  # flint's fmpq_mpoly has no types
Matrix = tuple[tuple[Poly, ...], ...]
REAL, COMPLEX = "real", "complex"


def zeros(rows: int, cols: int, zero: Poly) -> Matrix:
    return tuple((zero,) * cols for _ in range(rows))


def identity(n: int, zero: Poly) -> Matrix:
    return tuple(tuple(zero + 1 if i == j else zero for j in range(n)) for i in range(n))


def times(x: Matrix, y: Matrix, zero: Poly) -> Matrix:
    """Raises Beyond where the sizes do not fit."""
    if len(x[0]) != len(y):
        raise Beyond(f"a product of {len(x)} x {len(x[0])} with {len(y)} x {len(y[0])}")
    columns = tuple(zip(*y, strict=True))
    return tuple(
        tuple(sum((a * b for a, b in zip(row, col, strict=True)), zero) for col in columns)
        for row in x
    )


def plus(x: Matrix, y: Matrix) -> Matrix:
    """Raises Beyond where the sizes do not fit."""
    if (len(x), len(x[0])) != (len(y), len(y[0])):
        raise Beyond(f"a sum of {len(x)} x {len(x[0])} with {len(y)} x {len(y[0])}")
    return tuple(tuple(a + b for a, b in zip(r, s, strict=True)) for r, s in zip(x, y, strict=True))


def transposed(x: Matrix) -> Matrix:
    return tuple(zip(*x, strict=True))


def places(spec: Letter, depth: int) -> list[int | None]:
    """Where the letter is a symbol: its indices, or None alone."""
    if not spec.index:
        return [None]
    first, less = RUNS[spec.index]
    return list(range(first, depth - less + 1))


class Symbols:
    """One ring for all symbols: entries of ``letters``, ``constants``, terms of ``sequences``;
    ``mirrored`` letters are c x* = x.
    """

    def __init__(
        self,
        letters: list[Letter],
        scalars: list[str],
        sizes: Sizes,
        field_: str,
        mirrored: Mapping[str, int],
    ) -> None:
        self.sizes, self.field, self.mirrored = sizes, field_, mirrored
        self.specs = {x.name: x for x in letters}
        names, self.numbers = list(scalars), dict[str, list[int]]()
        for spec in letters:
            for at in places(spec, sizes.depth):
                shape = range(sizes.of(spec.rows, at)), range(sizes.of(spec.cols, at))
                more = [
                    _name(spec.name, at, i, j, c)
                    for i, j in product(*shape)
                    for c in self._copies()
                ]
                self.numbers.setdefault(spec.name, []).extend(
                    range(len(names), len(names) + len(more))
                )
                names += more
        self.ring = fmpq_mpoly_ctx.get(tuple(names), Ordering.degrevlex)
        self.number = {name: i for i, name in enumerate(names)}
        self.gens = self.ring.gens()
        self.zero = self.ring.constant(0)

    def _copies(self) -> tuple[bool, ...]:
        return (False, True) if self.field == COMPLEX else (False,)

    def scalar(self, name: str) -> Poly:
        return self.gens[self.number[name]]

    def index(self, name: str, at: int | None, i: int, j: int, conj: bool) -> int:
        """The number of the symbol of entry (i, j)."""
        return self.number[_name(name, at, i, j, conj and self.field == COMPLEX)]

    def of(self, name: str) -> list[int]:
        """The numbers of all symbols of a letter or family, conjugates included."""
        return self.numbers.get(name, [])

    def matrix(self, name: str, at: int | None, conj: bool) -> Matrix:
        spec = self.specs[name]
        rows, cols = self.sizes.of(spec.rows, at), self.sizes.of(spec.cols, at)
        return tuple(
            tuple(self._entry(name, at, i, j, conj) for j in range(cols)) for i in range(rows)
        )

    def _entry(self, name: str, at: int | None, i: int, j: int, conj: bool) -> Poly:
        """Of x* = c x only the entries of x on and above the diagonal are symbols in the real case,
        all of x in the complex one.
        """
        sign = self.mirrored.get(name)
        if sign is None:
            return self.gens[self.index(name, at, i, j, conj)]
        if self.field == COMPLEX:  # conj x_ij = c x_ji
            return (
                sign * self.gens[self.index(name, at, j, i, False)]
                if conj
                else self.gens[self.index(name, at, i, j, False)]
            )
        if i == j and sign < 0:
            return self.zero
        return (
            self.gens[self.index(name, at, i, j, False)]
            if i <= j
            else sign * self.gens[self.index(name, at, j, i, False)]
        )


def _name(name: str, at: int | None, i: int, j: int, conj: bool) -> str:
    return f"{'conj ' if conj else ''}{name}{'' if at is None else at}[{i},{j}]"


def scaled(x: Matrix, c: Poly) -> Matrix:
    return tuple(tuple(a * c for a in row) for row in x)


def mapped(x: Any, f: Callable[[Poly], Poly]) -> Any:
    """Entry by entry; what stands in a symmetric matrix twice is worked out once."""
    if not isinstance(x, tuple):
        return f(x)
    if len(x) != len(x[0]) or any(x[i][j] != x[j][i] for i in range(len(x)) for j in range(i)):
        return tuple(tuple(f(a) for a in row) for row in x)
    upper = {(i, j): f(x[i][j]) for i in range(len(x)) for j in range(i, len(x))}
    return tuple(tuple(upper[min(i, j), max(i, j)] for j in range(len(x))) for i in range(len(x)))


def total(terms: list[Poly], zero: Poly) -> Poly:
    """Neighbours first: a sum of many long polynomials is merged in few rounds."""
    while len(terms) > 1:
        odd = terms[-1:] if len(terms) % 2 else []
        terms = [a + b for a, b in zip(terms[::2], terms[1::2], strict=False)] + odd
    return terms[0] if terms else zero
