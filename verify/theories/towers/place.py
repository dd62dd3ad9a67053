"""Places: rational values of the letters at which every root and power is rational; exponentials
stay letters unless they are 1.

A value is a rational number times powers of exponentials, which are positive: its sign is certain.
Everything else is ``Inexact``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

from verify.exact.exhibit import Exhibit
from verify.exact.limits import LIMITS, bits, up_to
from verify.exact.rings import Exact, Inexact
from verify.models.formulas import Exp, Formulas, Let, Letter, Power, Root
from verify.spelling.tex import inline, number
from verify.terms.expr import Expr, const
from verify.terms.words import scalars
from verify.theories.towers.quotients import Poly, Quotient
from verify.theories.towers.tower import Tower

_POSITIVE = tuple(map(Fraction, ("1", "2", "3", "1/2", "4", "3/4", "1/3", "3/2", "5")))
_ANY = tuple(map(Fraction, ("1", "2", "-1", "3", "0", "1/2", "-2", "4", "3/4")))
_MOST = 3000  # places that are tried
#: bits of what is searched: of a number whose power is taken, of a term
RADICAND, TERM = 100_000, 400_000


class Outside(Exception):
    """The letters violate a declared sign, or a term is not defined there."""


@dataclass(frozen=True, slots=True)
class Value:
    """coefficient times the exponentials with their exponents."""

    coefficient: Fraction
    factors: tuple[tuple[str, int], ...] = ()

    def sign(self) -> int:
        return (self.coefficient > 0) - (self.coefficient < 0)

    def text(self) -> str:
        shown = " ".join(x if k == 1 else f"{x}^({k})" for x, k in self.factors)
        front = (
            str(self.coefficient) if self.coefficient.denominator == 1 else f"({self.coefficient})"
        )
        return f"{front} {shown}" if shown and self.coefficient else str(self.coefficient)

    def latex(self) -> str:
        factors = "\\,".join(
            scalars(const(x)) + (f"^{{{k}}}" if k != 1 else "") for x, k in self.factors
        )
        front = {Fraction(1): "", Fraction(-1): "-"}.get(
            self.coefficient, f"{number(self.coefficient)}\\,"
        )
        return front + factors if factors and self.coefficient else number(self.coefficient)


class Place:
    """Values of a tower's symbols, where a motion can begin if there is a flow. Raises Outside or
    Inexact.
    """

    def __init__(self, tower: Tower, letters: Mapping[str, Fraction]) -> None:
        self.tower = tower
        self.values: dict[str, Fraction | None] = {}
        for x in tower.setting.letters:
            value = letters[x.name]
            if (x.sign == ">" and value <= 0) or (x.sign == "!=" and value == 0):
                raise Outside(f"{x.name} = {value}")
            self.values[x.name] = value
        for atom in tower.setting.atoms:
            if not isinstance(atom, Let):
                self.values[atom.name] = self._atom(atom)

    def _atom(self, atom: Root | Power | Exp) -> Fraction | None:
        inside = self.rational(self.tower.inside(atom.name))
        if isinstance(atom, Exp):
            return None if inside else Fraction(1)
        if inside < 0 or (inside == 0 and isinstance(atom, Power)):
            raise Outside(f"{atom.name} of {inside}")
        if not inside and self.tower.setting.rates and not self.tower.never_negative(atom.name):
            raise Outside(
                f"{atom.name} of {inside}: at the edge of where it is defined, which no motion need"
                " stay in"
            )
        exponent = (
            Fraction(1, atom.degree)
            if isinstance(atom, Root)
            else self.rational(self.tower.exponent(atom.name))
        )
        if max(abs(exponent.numerator), exponent.denominator) > LIMITS["power"]:
            raise Inexact(f"the power {exponent}: {up_to('power')}")
        if bits(inside) * abs(exponent.numerator) > RADICAND:
            raise Inexact(f"a number to the {exponent} has more than {RADICAND} bits")
        return Exact().power(inside, exponent) if inside else inside

    def rational(self, q: Quotient) -> Fraction:
        value = self.of(q)
        if value.factors:
            raise Inexact(value.text())
        return value.coefficient

    def of(self, q: Quotient) -> Value:
        top, bottom = self._poly(q.top), self._poly(q.bottom)
        if not bottom.coefficient:
            raise Outside("a divisor is zero")
        if not top.coefficient:
            return Value(Fraction(0))
        powers = dict(top.factors)
        for x, k in bottom.factors:
            powers[x] = powers.get(x, 0) - k
        return Value(
            top.coefficient / bottom.coefficient,
            tuple((x, k) for x, k in sorted(powers.items()) if k),
        )

    def _poly(self, p: Poly) -> Value:
        symbols = self.tower.symbols
        found: dict[tuple, Fraction] = {}
        for exponents, c in p.to_dict().items():
            value, kept = Fraction(int(c.p), int(c.q)), []
            known = [(self.values[x], int(k)) for x, k in zip(symbols, exponents, strict=True) if k]
            if sum(bits(x) * k for x, k in known if x is not None) > TERM:
                raise Inexact(f"a term has more than {TERM} bits")
            for x, k in zip(symbols, exponents, strict=True):
                at = self.values[x] if k else Fraction(1)
                if at is None:
                    kept.append((x, int(k)))
                else:
                    value *= at ** int(k)
            found[tuple(kept)] = found.get(tuple(kept), Fraction(0)) + value
        left = [(kept, c) for kept, c in found.items() if c]
        if len(left) > 1:
            raise Inexact("a sum of exponentials")
        return Value(left[0][1], left[0][0]) if left else Value(Fraction(0))

    def defined(self) -> bool:
        """Is everything that the tower divided by so far non-zero here?"""
        return all(self._poly(p).coefficient for p in self.tower.divisors)


@dataclass(frozen=True, repr=False)
class Spot(Exhibit):
    """An instance: letters, and the atoms that follow. As a witness, also what has which value
    there.
    """

    setting: Formulas
    letters: Mapping[str, Fraction]
    what: str = ""
    shown: str = ""
    sentence: Any = None
    tex: str = ""  # what has which value, as mathematics

    @property
    def point(self) -> Spot:
        """Where it is: itself."""
        return self

    def value(self, e: Expr) -> Value:
        """Exact value of an expression. Raises Outside or Inexact."""
        tower = Tower(self.setting)
        q = tower.normal(e)
        place = Place(tower, self.letters)
        if not place.defined():
            raise Outside("a divisor is zero")
        return place.of(q)

    def text(self) -> str:
        values = Place(Tower(self.setting), self.letters).values
        where = ", ".join(f"{x} = {v}" for x, v in values.items() if v is not None)
        return f"{where}: {self.what} = {self.shown} (exact)" if self.what else where

    def latex(self) -> str:
        values = Place(Tower(self.setting), self.letters).values
        where = ", ".join(
            inline(f"{scalars(const(x))} = {number(v)}") for x, v in values.items() if v is not None
        )
        return f"{where}: {inline(self.tex)}" if self.tex else where

    def data(self) -> dict[str, Any]:
        own = {"what": self.what, "value": self.shown} if self.what else {}
        return {
            "letters": {x: str(v) for x, v in self.letters.items()},
            **own,
            "arithmetic": "exact",
        }


def places(tower: Tower) -> Iterator[Place]:
    """Places of a setting, those of its author first; each satisfies the declared signs, and all
    that was divided by is not zero.
    """
    for letters in candidates(tower.setting):
        try:
            place = Place(tower, letters)
            if place.defined():
                yield place
        except (Outside, Inexact):
            continue


def drawn(tower: Tower, source: Random) -> Place | None:
    """One of the author's, or of small rationals that the source draws; None where the letters
    violate a sign, or a root is not rational.
    """
    setting, own = tower.setting, list(given(tower.setting))
    which = source.randint(0, len(own) + 2)
    letters = (
        own[which]
        if which < len(own)
        else {x.name: source.choice(pool(x)) for x in setting.letters}
    )
    try:
        place = Place(tower, letters)
        return place if place.defined() else None
    except (Outside, Inexact):
        return None


def given(setting: Formulas) -> Iterator[dict[str, Fraction]]:
    """The author's points."""
    for point in setting.points:
        yield {x.name: Fraction(point[x.name]) for x in setting.letters}


def pool(letter: Letter) -> tuple[Fraction, ...]:
    """Values of a letter, simple ones first."""
    return _POSITIVE if letter.sign == ">" else tuple(v for v in _ANY if v or not letter.sign)


def candidates(setting: Formulas) -> Iterator[dict[str, Fraction]]:
    """The author's points, then small rationals, simple ones first."""
    names = [x.name for x in setting.letters]
    yield from given(setting)
    size = next(m for m in (9, 7, 5, 4, 3, 2, 1) if m ** len(names) <= _MOST or m == 1)
    pools = [pool(x)[:size] for x in setting.letters]
    turns = sorted(product(*(range(len(p)) for p in pools)), key=sum)
    for turn in turns:
        yield {x: p[k] for x, p, k in zip(names, pools, turn, strict=True)}
