"""The one table of functions in which laws, mirror maps and dual potentials are looked for: powers
and products of letters, logarithms of letters and of sums of two, arc tangents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from verify.mirror.field import Element
from verify.mirror.geometry import Geometry
from verify.mirror.signs import sign

MANY = 8  #: letters beyond which pairs are only multiplied
TOO_MANY = 24  #: letters beyond which there are no pairs


@dataclass(frozen=True)
class Atom:
    """``kind`` "power": the product of letters to these exponents; "log": the logarithm of the
    absolute value of the sum of letters times ``numbers``; "atan" of one letter. ``factor`` is an
    element of constants, by which it is multiplied.
    """

    kind: str
    letters: tuple[int, ...]
    numbers: tuple[int, ...]
    factor: Element | None = None

    def partials(self, g: Geometry) -> dict[int, Element]:
        """By each letter."""
        x = {i: g.field.letter(i) for i in self.letters}
        if self.kind == "power":
            whole = self.value(g)
            found = {
                i: g.field.number(e) * whole / x[i]
                for i, e in zip(self.letters, self.numbers, strict=True)
            }
            return found
        if self.kind == "log":
            found = {
                i: g.field.number(e) / self.inside(g)
                for i, e in zip(self.letters, self.numbers, strict=True)
            }
        else:
            (i,) = self.letters
            found = {i: g.field.number(1) / (g.field.number(1) + x[i] * x[i])}
        return {i: self.factor * f if self.factor else f for i, f in found.items()}

    def inside(self, g: Geometry) -> Element:
        """Of a logarithm."""
        found = g.field.number(0)
        for i, e in zip(self.letters, self.numbers, strict=True):
            found = found + g.field.number(e) * g.field.letter(i)
        return found

    def value(self, g: Geometry) -> Element:
        """Of a power."""
        found = self.factor or g.field.number(1)
        for i, e in zip(self.letters, self.numbers, strict=True):
            found = found * g.field.letter(i) ** e
        return found

    def divisors(self, g: Geometry) -> list[Element]:
        """What must not be 0: of a logarithm what is inside, of a power what it divides by."""
        if self.kind == "log":
            return [self.inside(g)]
        pairs = zip(self.letters, self.numbers, strict=True)
        return [g.field.letter(i) for i, e in pairs if e < 0 and self.kind == "power"]

    def modulo(self, x: Sequence[int], p: int) -> dict[int, int]:
        """The partial derivatives at a point modulo p. Raises ZeroDivisionError."""
        scale = self.factor.modulo(x, p) if self.factor else 1
        if self.kind == "atan":
            (i,) = self.letters
            return {i: scale * _inverse(1 + x[i] * x[i], p) % p}
        pairs = list(zip(self.letters, self.numbers, strict=True))
        if self.kind == "log":
            one = _inverse(sum(e * x[i] for i, e in pairs), p)
            return {i: scale * e * one % p for i, e in pairs}
        for i, e in pairs:
            scale = scale * (pow(x[i], e, p) if e > 0 else pow(_inverse(x[i], p), -e, p)) % p
        return {i: e * scale * _inverse(x[i], p) % p for i, e in pairs}


def _inverse(x: int, p: int) -> int:
    if not x % p:
        raise ZeroDivisionError
    return pow(x, -1, p)


def table(g: Geometry, start: Sequence[Any]) -> list[Atom]:
    """Those that are defined at the start. Simple ones first: of solutions, the first columns are
    preferred.
    """
    return [a for a in _all(g) if all(sign(f.at(start)) for f in a.divisors(g))]


def _all(g: Geometry) -> list[Atom]:
    letters = [i for i in g.letters if g.field.rates[i]]
    own = g.field
    adjoined = range(own.parameters, len(own.names))
    constants = [i for i in adjoined if i not in own.made]
    degree = 1 + max(2, min(6, max(int(f.top.total_degree()) for f in g.outputs)))
    found = [Atom("power", (i,), (e,)) for e in (1, 2) for i in letters]
    pairs = list(combinations(letters, 2)) if len(letters) <= TOO_MANY else []
    found += [Atom("power", pair, (1, 1)) for pair in pairs]
    found += [Atom("log", (i,), (1,)) for i in letters]
    high = [e for e in range(-degree, degree + 1) if e not in (0, 1, 2)]
    found += [Atom("power", (i,), (e,)) for e in sorted(high, key=abs) for i in letters]
    if len(letters) <= MANY:
        found += [Atom("power", pair, e) for pair in pairs for e in ((1, -1), (-1, 1))]
        found += [Atom("log", pair, e) for pair in pairs for e in ((1, 1), (1, -1))]
    found += [Atom("atan", (i,), (1,)) for i in letters if i >= g.field.parameters]
    return found + _symbolic(g, constants)


def _symbolic(g: Geometry, constants: Sequence[int]) -> list[Atom]:
    """u^2/U and u^2 U for U = u^D, and u^2, also over D, D - 2, D + 2 and products."""
    found = []
    for d in constants:
        degree, two = g.field.letter(d), g.field.number(2)
        over = (degree * (degree - two), degree * (degree + two), degree, degree - two)
        for factor in (None, *(g.field.number(1) / x for x in over)):
            for i in (i for i in g.letters if i in g.field.made):
                (k,) = g.field.rates[i]
                found.append(Atom("power", (k, i), (2, -1), factor))
                found.append(Atom("power", (k, i), (2, 1), factor))
                found += [] if factor is None else [Atom("power", (k,), (2,), factor)]
    return found
