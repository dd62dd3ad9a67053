"""An equation between products of sums, which are too long to multiply out: which of the factors
have a product that is a monomial. Each such group is an equation of its own, and short.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import gcd, prod

from verify.claims.conclusions.equals import Equals
from verify.exact.errors import NotGeneric
from verify.models.formulas import Let
from verify.terms.expr import Expr
from verify.theories.steps.scalars import Data, Scalars
from verify.theories.towers.quotients import Quotient
from verify.theories.towers.sentence import FormulaSentence
from verify.theories.towers.signs import expression, factored
from verify.theories.towers.tower import Tower

Powers = dict[Expr, int]
MANY = 1000  # monomials of what is multiplied out


def many(sentence: FormulaSentence) -> bool:
    """Whether a side of an equation between products has that many."""
    lets = {a.name: a.of for a in sentence.setting.atoms if isinstance(a, Let)}
    c = sentence.conclusion
    sides = (c.left, c.right) if isinstance(c, Equals) else ()
    return all(e.head != "+" for e in sides) and any(_length(e, lets) > MANY for e in sides)


def _length(e: Expr, lets: Mapping[str, Expr]) -> int:
    """How many monomials a product of sums has, at most; divisors are one factor each."""
    match e:
        case Expr("const", (name,)) if name in lets:
            return _length(lets[name], lets)
        case Expr("+", parts):
            return sum(_length(x, lets) for x in parts)
        case Expr("*", parts):
            return prod(_length(x, lets) for x in parts)
        case Expr("^", (inner, Expr("num", (n,)))) if n > 0 and Fraction(n).denominator == 1:
            return _length(inner, lets) ** int(n)
    return 1


class Products:
    """The factors of both sides, of the right one with negative powers."""

    def __init__(self, sentence: FormulaSentence, letters: Scalars) -> None:
        assert isinstance(sentence.conclusion, Equals)
        self.tower, self.letters = Tower(sentence.setting), letters
        self.names = {a.name for a in sentence.setting.atoms if isinstance(a, Let)}
        self.powers: Powers = {}
        self._multiply(sentence.conclusion.left, 1)
        self._multiply(sentence.conclusion.right, -1)

    def facts(self) -> list[tuple[Data, Data]]:
        """Sides of an equation for each group. Raises NotGeneric where a group is no monomial."""
        return [self._fact(group) for group in self._groups()]

    def _multiply(self, e: Expr, times: int) -> None:
        match e:
            case Expr("*", parts):
                for x in parts:
                    self._multiply(x, times)
            case Expr("^", (inner, Expr("num", (n,)))) if Fraction(n).denominator == 1:
                self._multiply(inner, times * int(n))
            case _:
                self.powers[e] = self.powers.get(e, 0) + times

    def _groups(self) -> Iterator[Powers]:
        """Factors that share a divisor which is no monomial; what the kernel multiplies by itself
        is in none.
        """
        divisors = {e: self._divisors(e) for e, n in self.powers.items() if n}
        left = [e for e, own in divisors.items() if own or self._named(e)]
        while left:
            group = [left.pop(0)]
            shared = divisors[group[0]]
            while near := [e for e in left if divisors[e] & shared]:
                group += near
                shared = shared.union(*(divisors[e] for e in near))
                left = [e for e in left if e not in near]
            yield {e: self.powers[e] for e in group}

    def _named(self, e: Expr) -> bool:
        return e.head == "const" and e.args[0] in self.names

    def _divisors(self, e: Expr) -> set[str]:
        found = factored(self.tower.normal(e)).factors
        return {str(p / p.leading_coefficient()) for p, _ in found if len(p) > 1}

    def _fact(self, group: Mapping[Expr, int]) -> tuple[Data, Data]:
        """The product of its factors, to powers without a common divisor, is a monomial."""
        common = gcd(*group.values())
        powers = {e: n // common for e, n in group.items()}
        value = self.tower.normal(_product(powers))
        if len(value.top) != 1 or len(value.bottom) != 1:
            raise NotGeneric("factors whose product is no monomial")
        above = {e: n for e, n in powers.items() if n > 0}
        below = {e: -n for e, n in powers.items() if n < 0}
        if not above:
            raise NotGeneric("a product of divisors alone")
        return self._term(above), ["*", self._monomial(value), self._term(below)]

    def _term(self, powers: Mapping[Expr, int]) -> Data:
        parts = [["^", self.letters.multiplied(e), str(n)] for e, n in powers.items()]
        return ["*", *parts] if len(parts) > 1 else parts[0] if parts else "1"

    def _monomial(self, q: Quotient) -> Data:
        top, bottom = (expression(self.tower, p) for p in (q.top, q.bottom))
        return self.letters.term(top / bottom)


def _product(powers: Mapping[Expr, int]) -> Expr:
    first, *more = (e**n for e, n in powers.items())
    for x in more:
        first = first * x
    return first
