"""Expressions multiplied out, as sums of products of powers with exponents in letters, and written
again. What a derivative looks like to people; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from itertools import product
from operator import mul
from typing import Any

from verify.exact.errors import BadInput
from verify.terms.expr import Expr, const, num
from verify.terms.words import words

Monomial = frozenset  # of pairs (base, exponent), the exponent a frozenset of items of a sum
Sum = dict[Any, Fraction]  # of monomials
ONE: Monomial = frozenset()
LINEAR = frozenset({(ONE, Fraction(1))})  # the exponent 1
MOST = 4  # a power of a sum up to this one is multiplied out


@dataclass(frozen=True)
class Tidy:
    """``put`` says what stands for a letter or an exponential; ``powers`` are names, bases and
    exponents of powers that have a letter. Sums of ``kept`` letters stay as they are written where
    they are factors; ``positive`` letters have powers of any exponent.
    """

    order: Sequence[str] = ()
    kept: frozenset[str] = frozenset()
    positive: frozenset[str] = frozenset()
    put: Mapping[Expr, Expr] = field(default_factory=dict)
    powers: Sequence[tuple[str, Expr, Expr]] = ()

    def of(self, e: Expr) -> Expr:
        """The expression as it is written at last, equal to ``e`` wherever ``e`` has a value.

        Raises BadInput for a power with letters in its exponent that has no letter.
        """
        return self._written(_add(*(_scaled(self._short(m), c) for m, c in self.sum(e).items())))

    def sum(self, e: Expr) -> Sum:
        """Multiplied out."""
        if e in self.put:
            return self.sum(self.put[e])
        match e.head, e.args:
            case "num", (c,):
                return {ONE: c} if c else {}
            case "+", terms:
                return _add(*map(self.sum, terms))
            case "*", factors:
                found: Sum = {ONE: Fraction(1)}
                for x in factors:
                    found = _times(found, self._factor(x))
                return found
            case "^", (base, exponent):
                return self._power(base, Tidy().sum(exponent))
        return _one(e)

    def _factor(self, e: Expr) -> Sum:
        stays = e.head == "+" and bool(e.constants()) and e.constants() <= self.kept
        return _one(e) if stays else self.sum(e)

    def _power(self, base: Expr, exponent: Sum) -> Sum:
        inside, e = self._factor(base), _number(exponent)
        if e is not None and e.denominator == 1 and 0 <= e <= MOST:
            found: Sum = {ONE: Fraction(1)}
            for _ in range(int(e)):
                found = _times(found, inside)
            return found
        if len(inside) != 1:
            return _one(base, exponent)
        ((m, c),) = inside.items()
        whole = e is not None and e.denominator == 1
        if not whole and (c != 1 or not all(b.args[0] in self.positive for b, _ in m)):
            return _one(base, exponent)
        raised = frozenset((b, frozenset(_times(dict(x), exponent).items())) for b, x in m)
        return {raised: c ** int(e) if whole and e is not None else c}

    def _short(self, m: Monomial) -> Sum:
        """With the letters of its powers."""
        found: Sum = {ONE: Fraction(1)}
        for base, x in m:
            found = _times(found, self._named(base, dict(x)))
        return found

    def _named(self, base: Expr, exponent: Sum) -> Sum:
        if _number(exponent) is not None:
            return _one(base, exponent)
        for name, of, e in self.powers:
            step = Tidy().sum(e)
            key = next((m for m in step if m), ONE)
            times = exponent.get(key, Fraction(0)) / step.get(key, Fraction(1))
            rest = _number(_add(exponent, _scaled(step, -times)))
            if of == base and times.denominator == 1 and rest is not None:
                return _times(_one(base, _constant(rest)), _one(const(name), _constant(times)))
        raise BadInput(
            f"a power of {words(base)} has letters in its exponent, and no letter of its own;"
            " expected an atom Power(...) for it"
        )

    def _written(self, s: Sum) -> Expr:
        found: Expr | None = None
        for m, c in s.items():
            if found is None:
                found = self._term(m, c)
            else:
                found = found + self._term(m, c) if c > 0 else found - self._term(m, -c)
        return num(0) if found is None else found

    def _term(self, m: Monomial, c: Fraction) -> Expr:
        parts = [(b, _number(dict(x)) or Fraction(0)) for b, x in m]
        parts.sort(key=lambda part: (*self._place(part[0]), words(part[0])))
        above = [_raised(b, e) for b, e in parts if e > 0]
        below = [_raised(b, -e) for b, e in parts if e < 0]
        if below and c.denominator > 1:
            c, below = Fraction(c.numerator), [num(c.denominator), *below]
        found = _product(c, above)
        return found / _product(Fraction(1), below) if below else found

    def _place(self, base: Expr) -> tuple[int, int]:
        if base.head != "const":
            return (0 if base.head == "+" else 2, 0)
        name = base.args[0]
        return (1, self.order.index(name) if name in self.order else len(self.order))


def _product(c: Fraction, factors: list[Expr]) -> Expr:
    return reduce(mul, factors if factors and c == 1 else [num(c), *factors])


def _one(base: Expr, exponent: Sum | None = None) -> Sum:
    x = LINEAR if exponent is None else frozenset(exponent.items())
    return {frozenset({(base, x)} if x else ()): Fraction(1)}


def _constant(c: Fraction) -> Sum:
    return {ONE: c} if c else {}


def _number(s: Sum) -> Fraction | None:
    """What a sum without letters is worth."""
    return s.get(ONE, Fraction(0)) if set(s) <= {ONE} else None


def _raised(base: Expr, e: Fraction) -> Expr:
    return base if e == 1 else base ** num(e)


def _scaled(s: Sum, c: Fraction) -> Sum:
    return {m: x * c for m, x in s.items() if c}


def _add(*sums: Sum) -> Sum:
    found: Sum = {}
    for s in sums:
        for m, c in s.items():
            found[m] = found.get(m, Fraction(0)) + c
    return {m: c for m, c in found.items() if c}


def _times(x: Sum, y: Sum) -> Sum:
    for number, other in ((x, y), (y, x)):
        if len(number) == 1 and ONE in number:
            return _scaled(other, number[ONE])
    return _add(*({_joined(m, n): a * b} for (m, a), (n, b) in product(x.items(), y.items())))


def _joined(m: Monomial, n: Monomial) -> Monomial:
    found: dict[Expr, Sum] = {}
    for base, x in (*m, *n):
        found[base] = _add(found.get(base, {}), dict(x))
    return frozenset((b, frozenset(x.items())) for b, x in found.items() if x)
