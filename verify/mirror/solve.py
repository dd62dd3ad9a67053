"""Linear combinations of atoms with given derivatives along the fields: solved for modulo a prime
at random points, read back as rational numbers, and then verified as identities. What is not
verified is not there.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt
from typing import Any

from flint import fmpz_mod_ctx, fmpz_mod_mat, nmod_mat

from verify.mirror.atoms import Atom
from verify.mirror.field import Element
from verify.mirror.geometry import Geometry

SMALL, LARGE = 2**61 - 1, 2**1279 - 1  #: primes
SHORT = 16  #: bits of numerators and denominators up to which the small one is taken
MORE = 6  #: equations more than unknowns, for each field
Row = list[int]


@dataclass(frozen=True)
class Combination:
    """The sum of rational numbers times atoms."""

    terms: tuple[tuple[Fraction, Atom], ...]

    def along(self, g: Geometry, i: int) -> Element:
        """X_i of it."""
        found = g.field.number(0)
        for c, atom in self.terms:
            for letter, slope in atom.partials(g).items():
                if letter in g.moves[i]:
                    found = found + g.field.number(c) * slope * g.moves[i][letter]
        return found

    def slopes(self, g: Geometry) -> dict[int, Element]:
        """Its derivatives by the parameters."""
        found: dict[int, Element] = {}
        for c, atom in self.terms:
            for letter, slope in atom.partials(g).items():
                for k, rate in g.field.rates[letter].items():
                    part = g.field.number(c) * slope * rate
                    found[k] = found[k] + part if k in found else part
        return found


def modulus(g: Geometry) -> int:
    """A prime that is large beside the numbers in the outputs."""
    numbers = [c for f in g.outputs for part in (f.top, f.bottom) for _, c in part.terms()]
    short = all(max(int(c.p).bit_length(), int(c.q).bit_length()) <= SHORT for c in numbers)
    return SMALL if short else LARGE


class Sampled:
    """X_i of each atom at random points modulo the prime."""

    def __init__(self, g: Geometry, atoms: Sequence[Atom], blocks: int = 1, seed: int = 1) -> None:
        self.geometry, self.atoms, self.prime = g, list(atoms), modulus(g)
        self._draw = random.Random(seed)
        needed = (len(self.atoms) + MORE) * blocks // g.count + MORE
        self.points: list[Row] = []
        self.rows: list[list[Row]] = []  #: of each point, of each field, of each atom
        while len(self.points) < needed:
            self._add()

    def _add(self) -> None:
        g = self.geometry
        x = [self._draw.randrange(1, self.prime) for _ in g.field.names]
        try:
            moves = [{l: f.modulo(x, self.prime) for l, f in row.items()} for row in g.moves]
            partials = [atom.modulo(x, self.prime) for atom in self.atoms]
        except ZeroDivisionError:
            return
        self.points.append(x)
        self.rows.append(
            [
                [sum(s * m.get(l, 0) for l, s in d.items()) % self.prime for d in partials]
                for m in moves
            ]
        )

    def laws(self) -> list[Combination]:
        """Combinations that are constant along every field, verified."""
        rows = [row for at in self.rows for row in at]
        found = [
            _read(self.atoms, x, self.prime)
            for x in kernel_modulo(rows, len(self.atoms), self.prime)
        ]
        zero = self.geometry.field.number(0)
        return [x for x in found if x and self._verified(x, [zero] * self.geometry.count)]

    def with_derivatives(self, rights: Sequence[Sequence[Element]]) -> list[Combination | None]:
        """For each row of right sides r: a combination with X_i F = r_i, verified, or None."""
        size = len(self.atoms)
        rows = []
        for x, at in zip(self.points, self.rows, strict=True):
            for i, row in enumerate(at):
                rows.append([*row, *(r[i].modulo(x, self.prime) for r in rights)])
        reduced, pivots = _reduced(rows, size + len(rights), self.prime)
        found: list[Combination | None] = []
        for n, right in enumerate(rights):
            column = size + n
            values = {p: int(reduced[i, column]) for i, p in enumerate(pivots) if p < size}
            solvable = column not in pivots and not any(
                p >= size and int(reduced[i, column]) for i, p in enumerate(pivots)
            )
            one = _read(self.atoms, values, self.prime) if solvable else None
            found.append(one if one and self._verified(one, right) else None)
        return found

    def _verified(self, f: Combination, right: Sequence[Element]) -> bool:
        return all(f.along(self.geometry, i).same(r) for i, r in enumerate(right))

    def retimed(self, speeds: Sequence[Atom]) -> tuple[tuple[Combination, ...], Combination] | None:
        """Functions h_j and c, a combination of ``speeds``, with X_i h_j = c if i = j, else 0."""
        g, size = self.geometry, len(self.atoms)
        zeros = [0] * size
        rows = []
        for x, at in zip(self.points, self.rows, strict=True):
            values = [_monomial(s, x, self.prime) for s in speeds]
            for j in range(g.count):
                for i, row in enumerate(at):
                    h = [*zeros * j, *row, *zeros * (g.count - 1 - j)]
                    rows.append([*h, *([-v for v in values] if i == j else [0] * len(speeds))])
        whole = size * g.count
        for found in kernel_modulo(rows, whole + len(speeds), self.prime, whole):
            parts: list[dict[int, int]] = [{} for _ in range(g.count + 1)]
            for p, v in found.items():
                j = min(p // size, g.count)
                parts[j][p - j * size] = v
            maps = [_read(self.atoms, part, self.prime) for part in parts[: g.count]]
            c = _read(speeds, parts[-1], self.prime)
            if c and all(maps) and self._right(maps, c):
                return tuple(y for y in maps if y), c
        return None

    def _right(self, h: Sequence[Combination | None], c: Combination) -> bool:
        g = self.geometry
        speed, zero = summed(c, g), g.field.number(0)
        rights = [[speed if i == j else zero for i in range(g.count)] for j in range(g.count)]
        return all(f is not None and self._verified(f, r) for f, r in zip(h, rights, strict=True))


def summed(f: Combination, g: Geometry) -> Element:
    """A combination of powers as an element."""
    found = g.field.number(0)
    for c, atom in f.terms:
        found = found + g.field.number(c) * atom.value(g)
    return found


def _monomial(atom: Atom, x: Row, p: int) -> int:
    found = atom.factor.modulo(x, p) if atom.factor else 1
    for i, e in zip(atom.letters, atom.numbers, strict=True):
        found = found * pow(x[i], e, p) % p
    return found


def _reduced(rows: list[Row], columns: int, p: int) -> tuple[Any, list[int]]:
    flat = [x for row in rows for x in row]
    size = len(rows), columns
    made: Any = nmod_mat(*size, flat, p) if p == SMALL else None
    made = made if made is not None else fmpz_mod_mat(*size, flat, fmpz_mod_ctx(p))
    reduced, rank = made.rref()
    pivots, at = [], 0
    for i in range(rank):
        while not int(reduced[i, at]):
            at += 1
        pivots.append(at)
    return reduced, pivots


def kernel_modulo(
    rows: list[Row], columns: int, prime: int, first: int = 0
) -> list[dict[int, int]]:
    """A basis of what the rows annihilate, one for each free column from ``first`` on."""
    reduced, pivots = _reduced(rows, columns, prime)
    known = set(pivots)
    found = []
    for free in (c for c in range(first, columns) if c not in known):
        x = {p: -int(reduced[i, free]) % prime for i, p in enumerate(pivots) if p < free}
        found.append({free: 1, **{p: v for p, v in x.items() if v}})
    return found


def _read(atoms: Sequence[Atom], values: dict[int, int], p: int) -> Combination | None:
    """With rational coefficients; None where one has no small numerator and denominator."""
    terms = []
    for place in sorted(values):
        if values[place]:
            c = rational(values[place], p)
            if c is None:
                return None
            terms.append((c, atoms[place]))
    return Combination(tuple(terms))


def rational(residue: int, prime: int) -> Fraction | None:
    """The fraction with numerator and denominator below sqrt(p/2) that has this residue."""
    most = isqrt(prime // 2)
    a, b, s, t = prime, residue % prime, 0, 1
    while b > most:
        q = a // b
        a, b, s, t = b, a - q * b, t, s - q * t
    return Fraction(b, t) if t and abs(t) <= most else None
