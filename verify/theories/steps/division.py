"""Division by definitions, the last one first: a letter y with y^n = T, where T speaks of earlier
letters, is left in powers 0..n-1 alone, or in one negative power.

Each division is one use; over what is left a tower of names and roots has no relation any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from verify.kernel.affine import Index, number
from verify.kernel.facts import Fact, Setting
from verify.kernel.letters import Base, Letter
from verify.kernel.motion import summed
from verify.kernel.names import Names
from verify.kernel.ring import Poly, factor, product_of
from verify.kernel.terms import letter_at, opened
from verify.theories import written
from verify.theories.closing import Factors, Found, Match, Rewrite, Use


@dataclass(frozen=True)
class Definition:
    """letter^degree = value, by the fact of that name, which is sign * (letter^degree - value)."""

    fact: str
    letter: Letter
    degree: int
    value: Poly
    sign: Fraction = Fraction(1)


def definitions(setting: Setting) -> Iterator[Definition]:
    """Names and roots without indices, the last one first; then what is assumed to be a term."""
    for x in reversed(setting.letters("name", "root")):
        degree = x.degree.number() if x.role == "root" else Fraction(1)
        if degree is not None and not x.indices and not x.size:
            yield Definition(x.name + "@", x, int(degree), x.term.poly)
    for fact in setting.facts.values():
        if fact.rule == "hypothesis" and fact.relation == "=" and not fact.indices:
            yield from _assumed(fact.name, fact.poly)


def _assumed(name: str, p: Poly) -> Iterator[Definition]:
    """Of the first letter by itself that the rest does not mention."""
    for mono, c in p.terms.items():
        x = mono[1][0][0].head if len(mono[1]) == 1 and not mono[0] else None
        if isinstance(x, Letter) and mono[1][0][1] == number(1):
            rest = letter_at(x, ()) - p.times(1 / c) if not x.indices else p
            if not rest.mentions(lambda y, x=x: y is x):  # type: ignore[misc]
                yield Definition(name, x, 1, rest, c)
                return


def divided(p: Poly, by: Iterable[Definition], scope: Names) -> tuple[list[Use], Poly]:
    """Uses, and what is left of p when they are subtracted."""
    found = list[Use]()
    for d in by:
        quotient, p = _divided(p, d)
        if quotient.terms:
            left = written.terms(quotient.times(1 / d.sign), scope)
            found.append({"use": d.fact, **({"left": left} if left != "1" else {})})
    return found, p


def _divided(p: Poly, d: Definition) -> tuple[Poly, Poly]:
    """p = quotient (letter^degree - value) + rest."""
    rows = _by_power(p, d.letter)
    quotient, rest = Poly(None), Poly(None)
    if not rows:
        return quotient, p
    for k in range(max(rows), min(0, *rows) + d.degree - 1, -1):
        c = rows.pop(k, Poly(None))
        if c.terms:
            quotient += c * _power(d.letter, k - d.degree)
            rows[k - d.degree] = rows.get(k - d.degree, Poly(None)) + c * d.value
    for k, c in rows.items():
        rest += c * _power(d.letter, k)
    return quotient, rest


def _power(x: Letter, n: int) -> Poly:
    return factor(Base(x), number(n))


def _by_power(p: Poly, x: Letter) -> dict[int, Poly]:
    """The coefficients of its powers; none where a power is not whole."""
    rows: dict[int, Poly] = {}
    for mono, c in p.terms.items():
        bound, factors, _ = opened(mono)
        power = Fraction(0)
        for base, e in factors:
            n = e.number()
            if base.head is x:
                if n is None or n.denominator != 1:
                    return {}
                power = n
        rest = product_of([(b, e) for b, e in factors if b.head is not x]).times(c)
        rest = summed(bound, rest)
        rows[int(power)] = rows.get(int(power), Poly(None)) + rest
    return rows


def by_leading(fact: Fact, own: object) -> Rewrite:
    """By the leading monomial; that of a definition is in what defines, not in the letter."""
    rows = [(opened(mono)[1], c) for mono, c in fact.poly.terms.items()]
    others = [r for r in rows if all(b.head is not own for b, _ in r[0]) and r[0]]
    lead, c = max(others or rows, key=_order)
    return Rewrite(fact.name, within(lead), c)


def within(lead: Factors) -> Match:
    """Where this product occurs, in positive powers."""

    def match(bound: list[Index], factors: Factors) -> Found:
        rest = []
        have = dict(lead)
        for base, e in factors:
            left = e - have.pop(base) if base in have else e
            n = left.number()
            if base in dict(lead) and (n is None or n < 0):
                return None
            rest += [(base, left)] if n != 0 else []
        return None if have else ([], rest, [])

    return match


def _order(row: tuple[Factors, Fraction]) -> tuple[Fraction, list[tuple[str, Fraction]]]:
    """By degree, then by names."""
    powers = [(b.head.name if b.head else "", e.number() or Fraction(0)) for b, e in row[0]]
    return sum((n for _, n in powers), Fraction(0)), sorted(powers)
