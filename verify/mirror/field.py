"""Rational functions in letters of which some are functions of others: a differential field.

A letter is a parameter, or what was adjoined: a constant (D), e = exp(f) with de = e df, U = u^D
with dU = D U du/u. Letters count as independent. So an identity between elements holds wherever
all of it is defined; that an element is not 0 is only ever read off at a point, where each letter
has its true value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import Ordering, arb, fmpq, fmpq_mpoly_ctx

from verify.exact.errors import NoValue

Poly = Any  # python-flint's fmpq_mpoly
MOST_TERMS = 20_000  #: larger polynomials are not formed


class TooLarge(NoValue):
    """A polynomial that is not formed."""


class Field:
    """``names`` of the parameters; ``spare`` more letters can be adjoined."""

    def __init__(self, names: Sequence[str], spare: int = 0) -> None:
        self.names = list(names)
        self.parameters = len(self.names)
        count = self.parameters + spare
        self._ring = fmpq_mpoly_ctx.get(tuple(f"x{i}" for i in range(count)), Ordering.lex)
        self._letters = self._ring.gens()
        self._one = self._ring.constant(1)
        #: of each letter, its derivative by each parameter of which it depends
        self.rates: list[dict[int, Element]] = []
        self.weights = [fmpq(1)] * self.parameters  #: the inverse metric, which is diagonal
        self.rates += [{i: self.number(1)} for i in range(self.parameters)]
        self.made: dict[
            int, tuple[str, Element]
        ] = {}  #: an adjoined letter: exp, or power, of what

    def letter(self, i: int) -> Element:
        return Element(self, self._letters[i], self._one)

    def number(self, x: int | Fraction | fmpq) -> Element:
        value = x if isinstance(x, fmpq) else fmpq(x.numerator, x.denominator)
        top = self._ring.constant(value)
        return Element(self, top, self._one)

    def adjoin(self, name: str, rates: Mapping[int, Element] | None = None) -> int:
        """The place of a new letter with these derivatives; without them it is a constant.
        Raises NoValue where there is no letter left.
        """
        if len(self.names) == len(self._letters):
            raise NoValue(f"{name}: more than {len(self.names)} functions of parameters")
        self.names.append(name)
        self.rates.append(dict(rates or {}))
        return len(self.names) - 1

    def derived(self, f: Element) -> dict[int, Element]:
        """The derivatives of an element that are not 0, by parameter."""
        found: dict[int, Element] = {}
        for g in f.letters():
            slope = f.partial(g)
            for k, rate in self.rates[g].items():
                found[k] = found[k] + slope * rate if k in found else slope * rate
        return {k: x for k, x in found.items() if x.top != 0}


@dataclass(frozen=True, eq=False)
class Element:
    """top/bottom in lowest terms; the bottom is not 0."""

    field: Field
    top: Poly
    bottom: Poly

    def __add__(self, other: Element | int | fmpq) -> Element:
        if not isinstance(other, Element):
            return self + self.field.number(other)
        if self.bottom == other.bottom:
            return _reduced(self.field, self.top + other.top, self.bottom)
        top = _times(self.top, other.bottom) + _times(other.top, self.bottom)
        return _reduced(self.field, top, _times(self.bottom, other.bottom))

    __radd__ = __add__

    def __neg__(self) -> Element:
        return Element(self.field, -self.top, self.bottom)

    def __sub__(self, other: Element) -> Element:
        return self + (-other)

    def __mul__(self, other: Element | int | fmpq) -> Element:
        if not isinstance(other, Element):
            return self * self.field.number(other)
        if self.bottom.is_one() and other.bottom.is_one():
            return Element(self.field, _times(self.top, other.top), self.bottom)
        top, bottom = _times(self.top, other.top), _times(self.bottom, other.bottom)
        return _reduced(self.field, top, bottom)

    __rmul__ = __mul__

    def __rtruediv__(self, other: int | fmpq) -> Element:
        return self.field.number(other) / self

    def __truediv__(self, other: Element | int | fmpq) -> Element:
        """Raises NoValue for a divisor that is 0."""
        if not isinstance(other, Element):
            other = self.field.number(other)
        if other.top == 0:
            raise NoValue("a division by what is 0 everywhere")
        return self * Element(self.field, *_normal(other.bottom, other.top))

    def __pow__(self, e: int) -> Element:
        if e < 0:
            return self.field.number(1) / self ** (-e)
        found = self.field.number(1)
        for _ in range(e):
            found = found * self
        return found

    def power(self, e: Fraction) -> Element:
        """Raises NoValue for an exponent that is no whole number."""
        if e.denominator != 1:
            raise NoValue(f"a power {e} of parameters; whole exponents are decided")
        return self ** int(e)

    @property
    def nothing(self) -> bool:
        """Whether it is 0 as it is written: then it is 0."""
        return bool(self.top == 0)

    def same(self, other: Element) -> bool:
        return (self - other).nothing

    def letters(self) -> list[int]:
        """The places of the letters that occur."""
        both = zip(self.top.degrees(), self.bottom.degrees(), strict=True)
        return [i for i, (a, b) in enumerate(both) if a > 0 or b > 0]

    def partial(self, g: int) -> Element:
        """The derivative by a letter, all others fixed."""
        top = self.top.derivative(g)
        if self.bottom.is_one():
            return Element(self.field, top, self.bottom)
        top = _times(top, self.bottom) - _times(self.top, self.bottom.derivative(g))
        return _reduced(self.field, top, _times(self.bottom, self.bottom))

    def at(self, values: Sequence[Any]) -> Any:
        """At values of the letters: fmpq where all that occur are, else a ball. Raises NoValue
        where the bottom is 0, or is not known not to be.
        """
        bottom = value(self.bottom, values)
        if isinstance(bottom, Element):
            nothing = bottom.nothing
        else:
            nothing = bottom == 0 or (isinstance(bottom, arb) and not bottom != 0)
        if nothing:
            raise NoValue("a division by 0 at this point")
        return _plain(value(self.top, values) / bottom)

    def modulo(self, values: Sequence[int], p: int) -> int:
        """At values modulo a prime. Raises ZeroDivisionError where the bottom is 0."""
        bottom = _modulo(self.bottom, values, p)
        if not bottom:
            raise ZeroDivisionError
        return _modulo(self.top, values, p) * pow(bottom, -1, p) % p


def _plain(x: Any) -> Any:
    """A constant as the number that it is."""
    if isinstance(x, Element) and x.top.is_constant() and x.bottom.is_constant():
        return (
            fmpq(0) if x.nothing else x.top.leading_coefficient() / x.bottom.leading_coefficient()
        )
    return x


def value(f: Poly, values: Sequence[Any]) -> Any:
    """Of a polynomial, term by term: fmpq where all letters that occur are."""
    found: Any = fmpq(0)
    for exponents, c in f.terms():
        term: Any = c
        for x, e in zip(values, exponents, strict=False):
            if e:
                term = term * x ** int(e)
        found = found + term
    return found


def _modulo(f: Poly, values: Sequence[int], p: int) -> int:
    found = 0
    for exponents, c in f.terms():
        term = int(c.p) * pow(int(c.q), -1, p)
        for x, e in zip(values, exponents, strict=False):
            if e:
                term = term * pow(x, int(e), p) % p
        found += term
    return found % p


def _times(a: Poly, b: Poly) -> Poly:
    """Raises NoValue, before it is computed, where the product could have too many terms."""
    if len(a) * len(b) > MOST_TERMS:
        raise TooLarge(f"a polynomial of more than {MOST_TERMS} terms")
    return a * b


def _normal(top: Poly, bottom: Poly) -> tuple[Poly, Poly]:
    lead = bottom.leading_coefficient()
    return top / lead, bottom / lead


def _reduced(field: Field, top: Poly, bottom: Poly) -> Element:
    if not bottom.is_constant():
        common = top.gcd(bottom)
        if not common.is_one():
            top, bottom = top / common, bottom / common
    return Element(field, *_normal(top, bottom))
