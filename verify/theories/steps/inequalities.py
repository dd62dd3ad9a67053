"""What the sign of a formula comes down to: a product of factors, each of which has a sign by the
look of it, in the letters of a certificate.
"""

from __future__ import annotations

from fractions import Fraction

from verify.claims.conclusions.sign import Sign
from verify.theories.steps.scalars import Data, Scalars
from verify.theories.towers.quotients import Poly
from verify.theories.towers.sentence import FormulaSentence
from verify.theories.towers.signs import Signs, expression
from verify.theories.towers.tower import Tower


def visible(sentence: FormulaSentence, letters: Scalars) -> Data:
    """What is 0 where there is no inequality, or none of its factors' signs. Raises NotGeneric."""
    c = sentence.conclusion
    if not isinstance(c, Sign):
        return "0"
    return _Factors(sentence, letters).product(c)


class _Factors:
    def __init__(self, sentence: FormulaSentence, letters: Scalars) -> None:
        self.tower, self.letters = Tower(sentence.setting), letters
        self.signs = Signs(self.tower, sentence.assuming)
        #: terms that have names, by their polynomials
        self.named = [(self.tower.normal(h.expr).top, h.expr) for h in sentence.assuming]

    def product(self, c: Sign) -> Data:
        q = self.tower.normal(c.quantity)
        found = self.signs.decide(q, c.relation) if q.top else None
        if found is None:
            return "0"
        constant, parts = found.constant, list[Data]()
        for p, k in found.factors:
            sign, term = self._factor(p, c.relation, k)
            constant *= sign if k % 2 else 1
            parts.append(["^", term, str(k)] if k != 1 else term)
        return ["*", str(constant), *parts] if parts else str(constant)

    def _factor(self, p: Poly, relation: str, k: int) -> tuple[Fraction, Data]:
        """c and a term that is p / c."""
        for q, e in self.named:
            if p / p.leading_coefficient() == q / q.leading_coefficient():
                ratio = p.leading_coefficient() / q.leading_coefficient()
                return Fraction(int(ratio.p), int(ratio.q)), self._name(self.letters.term(e), "")
        plain = self.signs.by_terms(p, ())
        if plain is None and k > 0 and k % 2 and relation != "!=" and self.signs.shifts:
            return self._shifted(p)
        negative = plain == "<"
        of = self.letters.term(expression(self.tower, -p if negative else p))
        if len(p) > 1 and (k < 0 or relation == "!=" or (plain is None and k % 2 == 0)):
            of = self._name(of, "!=" if k < 0 or relation == "!=" else "")
        elif k < 0:
            of = self.letters.signed(of, "!=")
        return Fraction(-1 if negative else 1), of

    def _shifted(self, p: Poly) -> tuple[Fraction, Data]:
        """In terms of what a hypothesis says to be positive, x - a, instead of x."""
        moved, names = dict(self.signs.shifts), self.tower.symbols
        own = dict(self.letters.at)
        for k in moved:
            for q, e in self.named:
                if [j for j, d in enumerate(q.degrees()) if d] == [k] and q.total_degree() == 1:
                    lead = q.leading_coefficient()
                    name = self._name(self.letters.term(e), "")
                    self.letters.at[names[k]] = [
                        "*",
                        str(1 / Fraction(int(lead.p), int(lead.q))),
                        name,
                    ]
        gens = [moved.get(k, self.tower.known[x].top) for k, x in enumerate(names)]
        found = p.compose(*gens)
        negative = self.signs.by_terms(found, tuple(moved)) == "<"
        of = self.letters.term(expression(self.tower, -found if negative else found))
        self.letters.at = own
        return Fraction(-1 if negative else 1), of

    def _name(self, of: Data, sign: str) -> Data:
        single = isinstance(of, list) and of[0] == "at" and repr(of) not in self.letters.divisors
        return of if single else ["at", self.letters.named(of, sign)]
