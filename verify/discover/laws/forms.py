"""What a law is, exactly: sum of c x^e (exponents may be negative) and of c log |polynomial|."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import gcd, lcm
from typing import Any

import numpy as np

from verify.discover.laws.modular import PRIME, Residues, dot, power, residue
from verify.discover.laws.quadratic import Quadratic

#: (coordinate, exponent), sorted by coordinate, no exponent 0
Monomial = tuple[tuple[int, int], ...]
#: whole coefficients are int, which is faster
Terms = dict[Monomial, int | Fraction]
_P = np.uint64(PRIME)


def monomial(factors: Iterable[tuple[int, int]]) -> Monomial:
    """A product of powers, in order."""
    powers: dict[int, int] = {}
    for i, e in factors:
        powers[i] = powers.get(i, 0) + e
    return tuple(sorted((i, e) for i, e in powers.items() if e))


def summed(parts: Iterable[tuple[Fraction, Mapping[Monomial, int | Fraction]]]) -> Terms:
    """A linear combination, without what cancels."""
    total: Terms = {}
    for c, terms in parts:
        factor = c.numerator if c.denominator == 1 else c
        for m, x in terms.items():
            total[m] = total.get(m, 0) + factor * x
    return {m: x for m, x in total.items() if x}


@dataclass(frozen=True)
class Form:
    """Terms, and logarithms of absolute values of polynomials."""

    terms: Mapping[Monomial, int | Fraction]
    logs: tuple[tuple[Fraction, Mapping[Monomial, int | Fraction]], ...] = ()

    @property
    def zero(self) -> bool:
        """Whether it is constant as it is written."""
        return not any(self.terms) and not self.logs

    @cached_property
    def whole(self) -> Form:
        """A multiple of it, up to a constant, in whole numbers without a common factor."""
        logs = [(c, _divided(p, _content(p.values()))) for c, p in self.logs]
        unit = _content([*self.terms.values(), *(c for c, _ in logs)])
        return Form(_divided(self.terms, unit), tuple((c / unit, p) for c, p in logs))

    @cached_property
    def touched(self) -> Any:
        """The coordinates that occur, in order."""
        if isinstance(self.terms, Quadratic) and not self.logs:
            return self.terms.places
        polynomials = [self.terms, *(p for _, p in self.logs)]
        return np.array(sorted({i for p in polynomials for m in p for i, _ in m}), np.intp)


def _content(numbers: Iterable[int | Fraction]) -> Fraction:
    """All are whole multiples of it, without a common factor of these."""
    found = [Fraction(x) for x in numbers if x]
    return Fraction(gcd(*(x.numerator for x in found)), lcm(*(x.denominator for x in found)))


def _divided(terms: Mapping[Monomial, int | Fraction], unit: Fraction) -> Terms:
    return {m: x / unit for m, x in terms.items()}


def value(terms: Mapping[Monomial, Any], at: Sequence[Any]) -> Any:
    """A sum of terms over numbers of any kind."""
    total: Any = 0
    for m, c in terms.items():
        product: Any = c
        for i, e in m:
            product = product * at[i] ** e
        total = total + product
    return total


def slopes(
    form: Form, at: Sequence[Any], lift: Callable[[Fraction], Any] = lambda x: x
) -> dict[int, Any]:
    """The derivatives by all coordinates that occur, over numbers of any kind, which ``lift`` makes
    from fractions.
    """
    found: dict[int, Any] = {}
    parts = [(Fraction(1), None, form.terms), *((c, p, p) for c, p in form.logs)]
    for c, inside, polynomial in parts:
        under = {m: lift(Fraction(x)) for m, x in inside.items()} if inside else None
        scale = 1 / value(under, at) if under else lift(Fraction(1))
        for m, x in polynomial.items():
            for i, e in m:
                rest = monomial((*m, (i, -1)))
                one = value({rest: lift(c * x * e)}, at) * scale
                found[i] = found.get(i, lift(Fraction(0))) + one
    return found


def _grouped(
    terms: Mapping[Monomial, int | Fraction],
) -> list[tuple[tuple[int, ...], Any, Residues]]:
    """Terms of equal exponents together: exponents, coordinates, coefficients."""
    if isinstance(terms, Quadratic):
        return [(e, where, (c % PRIME).astype(np.uint64)) for e, where, c in terms.groups]
    groups: dict[tuple[int, ...], list[tuple[tuple[int, ...], int]]] = {}
    for m, c in terms.items():
        groups.setdefault(tuple(e for _, e in m), []).append((tuple(i for i, _ in m), residue(c)))
    return [
        (exponents, np.array([i for i, _ in g], np.intp), np.array([c for _, c in g], np.uint64))
        for exponents, g in groups.items()
        if exponents
    ]


def _values(terms: Mapping[Monomial, int | Fraction], theta: Residues) -> Residues:
    total = np.full(theta.shape[0], residue(terms.get((), Fraction(0))), np.uint64)
    for exponents, where, c in _grouped(terms):
        product = np.broadcast_to(c, (theta.shape[0], len(c)))
        for k, e in enumerate(exponents):
            product = product * power(theta[:, where[:, k]], e) % _P
        total = (total + product.sum(axis=1, dtype=np.uint64)) % _P
    return total


def _add_gradient(
    out: Residues, touched: Any, terms: Mapping[Monomial, int | Fraction], theta: Residues
) -> None:
    for exponents, where, c in _grouped(terms):
        for k, e in enumerate(exponents):
            product = np.broadcast_to(c * np.uint64(e % PRIME) % _P, (theta.shape[0], len(c)))
            for j, f in enumerate(exponents):
                if f != (j == k):
                    product = product * power(theta[:, where[:, j]], f - (j == k)) % _P
            places = np.searchsorted(touched, where[:, k])
            if (np.diff(places) > 0).all():  # each once
                out[:, places] += product
            else:
                np.add.at(out.T, places, product.T)
    out %= _P


def gradient(form: Form, theta: Residues) -> tuple[Any, Residues]:
    """The coordinates that occur, and the derivatives by them at each row of theta."""
    touched = form.touched
    out = np.zeros((theta.shape[0], len(touched)), np.uint64)
    _add_gradient(out, touched, form.terms, theta)
    for c, polynomial in form.logs:
        part = np.zeros_like(out)
        _add_gradient(part, touched, polynomial, theta)
        scale = power(_values(polynomial, theta), -1) * np.uint64(residue(c)) % _P
        out = (out + part * scale[:, None]) % _P
    return touched, out


def along(form: Form, theta: Residues, fields: Residues) -> Residues:
    """Its derivative along each field, at the field's own point."""
    touched, slopes = gradient(form, theta)
    return dot(slopes, fields[:, touched])
