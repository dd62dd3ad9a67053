"""Certificates with steps for sentences about formulas: definitions, and division by what names a
divisor or a radicand. Rates are those of a gradient flow, whose potential is found, or there is
none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import reduce
from itertools import islice
from operator import add
from typing import Any

from verify.claims.certified import Certified
from verify.claims.conclusions.base import Conclusion
from verify.claims.conclusions.constant import Constant
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.rate_law import RateLaw
from verify.claims.evidence import Outcome
from verify.exact.errors import NotGeneric
from verify.kernel.affine import Index
from verify.kernel.facts import Fact
from verify.kernel.letters import Letter
from verify.kernel.limits import Refused, Work
from verify.kernel.setting import setting as read
from verify.kernel.terms import opened
from verify.terms.expr import num
from verify.theories.steps import asked
from verify.theories.steps.closing import Factors, Found, Rewrite
from verify.theories.steps.scalars import Scalars
from verify.theories.steps.stated import Fields, Stated
from verify.theories.steps.writer import Writer
from verify.theories.towers.place import Place, places
from verify.theories.towers.sentence import FormulaSentence
from verify.theories.towers.tower import Tower
from verify.theories.written import cofactor, label

MOST_POINTS, SEARCHED = 6, 200
RELATIONS = {">": "gt", "!=": "ne"}


def certified(name: str, outcome: Outcome) -> Certified:
    """The proof or witness of a conclusion as the kernel reads it. Raises NotGeneric where no steps
    are found.
    """
    sentence: Any = outcome.sentence
    Work.begin()
    try:
        letters = Scalars(sentence)
        given = stated(sentence, letters)
    except Refused as refused:
        raise NotGeneric(f"the kernel refuses: {refused}") from None
    shown = outcome.instance if outcome.witness is None else outcome.witness
    points = _points(letters, sentence, shown)
    if outcome.witness is not None:
        return asked.refuted(given, points)
    return asked.proved(given, lambda: Formulas(given).written(), points)


def _points(letters: Scalars, sentence: Any, shown: Any) -> Iterator[object]:
    """That of the judge, and a few more at which exponentials are rational."""
    yield letters.instance(shown)
    exact = (p for p in islice(places(Tower(sentence.setting)), SEARCHED) if _rational(p, letters))
    for place in islice(filter(sentence.admits, exact), MOST_POINTS):
        yield letters.instance(sentence.spot(place))


def _rational(place: Place, letters: Scalars) -> bool:
    return all(v is not None for x, v in place.values.items() if x in letters.names)


def stated(sentence: FormulaSentence, letters: Scalars) -> Stated:
    """A sentence in the frame of a certificate. Raises NotGeneric for what is not written yet."""
    conclusion = _concluded(sentence.conclusion, letters)
    rates = [(letters.at[x], letters.term(e)) for x, e in sentence.setting.rates.items()]
    for h in sentence.assuming:
        term = [letters.term(h.expr), "0"]
        letters.assume[label(h.id)] = {"time": "always", RELATIONS[h.sign]: term}
    still = {"integers": {}, "sets": [], "families": [], "letters": letters.letters}
    own = {**still, "motion": {"kind": "still"}}
    if rates:
        own = {**still, "motion": {"kind": "gradient-flow", "of": _potential(own, rates)}}
        _as_given(own, rates)
    return Stated(own, letters.assume, label(sentence.name), conclusion)


def _concluded(c: Conclusion, letters: Scalars) -> Fields:
    """Kind and terms; a sum that is 0 is its first term and minus the others, so that it says
    something. Raises NotGeneric.
    """
    term = letters.term
    if isinstance(c, Equals):
        left, right = c.left, c.right
        if right == num(0) and left.head == "+":
            first, *others = left.args
            left, right = first, -reduce(add, others)
        return {"kind": "equation", "eq": [term(left), term(right)]}
    if isinstance(c, Constant):
        return {"kind": "conserved", "what": term(c.quantity)}
    if isinstance(c, RateLaw):
        return {"kind": "decay", "what": term(c.quantity), "rate": term(c.rate)}
    what = f"{c.kind} {getattr(c, 'relation', '')}".strip()
    raise NotGeneric(f"a conclusion of kind {what}: not written yet")


Rates = Sequence[tuple[list[object], object]]


def _potential(still: Fields, rates: Rates) -> object:
    """Of a gradient flow x' = F: minus the sum of x F, each monomial over its degree in what moves
    (Euler). Raises NotGeneric where a monomial has no such degree.
    """
    scope, terms = read(still).scope(), []
    for x, rate in rates:
        p = scope.term(x, "rate").poly * scope.term(rate, "rate").poly
        for mono, c in p.terms.items():
            _, factors, _ = opened(mono)
            degree = _degree(factors)
            if not degree:
                raise NotGeneric("a rate of degree -1: its potential is a logarithm")
            terms.append(cofactor(-c / degree, factors))
    return terms[0] if len(terms) == 1 else ["+", *terms] if terms else "0"


def _degree(factors: Factors) -> Fraction:
    found = Fraction(0)
    for base, e in factors:
        if isinstance(base.head, Letter) and not base.head.fixed:
            n = e.number()
            if base.head.role != "parameter" or n is None:
                raise NotGeneric("a rate that is no polynomial in what moves: no potential found")
            found += n
    return found


def _as_given(own: Fields, rates: Rates) -> None:
    """Raises NotGeneric unless the flow of the potential is the one that is given."""
    found = read(own)
    assert found.flow is not None
    for x, rate in rates:
        here = found.flow.of(found.scope().term(x, "rate").poly)
        if (found.scope().term(rate, "rate").poly - here).terms:
            raise NotGeneric("its motion is no gradient flow: none is prescribed to the kernel yet")


class Formulas(Writer):
    """Division by each definition in turn; long ones are left alone."""

    most = 60

    def finders(self) -> Sequence[Rewrite]:
        facts = [f for f in self.proof.facts.values() if f.relation == "=" and not f.indices]
        return [_division(f, self.proof.setting.names.get(f.name.removesuffix("@"))) for f in facts]


def _division(fact: Fact, own: object) -> Rewrite:
    """By the leading monomial; that of a definition is in what defines, not in the letter."""
    rows = [(opened(mono)[1], c) for mono, c in fact.poly.terms.items()]
    others = [r for r in rows if all(b.head is not own for b, _ in r[0]) and r[0]]
    lead, c = max(others or rows, key=_order)

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

    return Rewrite(fact.name, match, c)


def _order(row: tuple[Factors, Fraction]) -> tuple[Fraction, list[tuple[str, Fraction]]]:
    """By degree, then by names."""
    powers = [(b.head.name if b.head else "", e.number() or Fraction(0)) for b, e in row[0]]
    return sum((n for _, n in powers), Fraction(0)), sorted(powers)
