"""Where a sentence about formulas is proved: no zero is excluded without a word.

Derivatives divide: r' = r of'/(n of) for a root, a' = e a of'/of for a power. So do quotients,
abbreviations, hypotheses and the rates themselves. Each divisor is not zero, each base positive,
each radicand not negative: what the declared signs do not show is a condition of the sentence.
Along a flow a declared sign counts for ever only where the flow keeps it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from verify.claims.conclusions.constant import Constant
from verify.claims.conclusions.formula import Formula
from verify.claims.conclusions.rate_law import RateLaw
from verify.claims.hypotheses.formulas import Given
from verify.models.formulas import Power, Root
from verify.terms.expr import Expr
from verify.terms.words import scalars, words
from verify.theories.towers.keeping import lasting, made_of
from verify.theories.towers.quotients import Poly
from verify.theories.towers.sentence import FormulaSentence
from verify.theories.towers.signs import Signs, expression
from verify.theories.towers.tower import FLOW, Tower

_LATEX = {">": ">", ">=": "\\ge", "!=": "\\neq"}


@dataclass(frozen=True, slots=True)
class Condition:
    """``expr`` > 0, >= 0 or != 0."""

    expr: Expr
    relation: str

    def text(self) -> str:
        return f"{words(self.expr)} {self.relation} 0"

    def latex(self) -> str:
        return f"{scalars(self.expr)} {_LATEX[self.relation]} 0"

    def given(self) -> Given:
        """As a hypothesis."""
        return Given("while", self.expr, self.relation)


def domain(sentence: FormulaSentence) -> tuple[Condition, ...]:
    """What has to hold, and to go on holding, for the proof to speak. Raises BadInput, TooLarge as
    the tower does.
    """
    names = _names(sentence)
    tower = Tower(
        replace(
            sentence.setting,
            atoms=tuple(a for a in sentence.setting.atoms if a.name in names),
            points=(),
        )
    )
    for e in (*_stated(sentence), *(h.expr for h in sentence.assuming)):
        tower.normal(e)
    for x in tower.setting.rates:
        tower.slope(x, FLOW)
    found = _Conditions(tower, sentence.assuming)
    found.of_atoms()
    for p in tower.divisors:
        found.not_zero(p)
    if not along(sentence):
        return found.conditions()
    always = found.conditions()
    usable = [c.given() for c in always if c.relation != ">="]
    return (
        *always,
        *(Condition(e, r) for e, r in lasting(tower, sentence.assuming, usable, names)),
    )


def along(sentence: FormulaSentence) -> bool:
    """Is it said of whole solutions, and not of one state at a time?"""
    return isinstance(sentence.conclusion, (Constant, RateLaw))


def scope(sentence: FormulaSentence, written: Callable[[Condition], str] = Condition.text) -> str:
    """``while x > 0 and y != 0``, or ``where`` for what is said of single states; empty where
    nothing is excluded.
    """
    found = " and ".join(written(c) for c in domain(sentence))
    moving = along(sentence) or any(e.has("D") for e in sentence.conclusion.expressions())
    return f"{'while' if moving else 'where'} {found}" if found else ""


def reach(sentence: FormulaSentence) -> str:
    """Of which values, solutions and times a proof of the sentence speaks."""
    letters = ", ".join(x.name for x in sentence.setting.letters)
    return ", ".join(
        x
        for x in (
            f"every value of {letters}",
            "along each solution" * along(sentence),
            scope(sentence),
        )
        if x
    )


def _stated(sentence: FormulaSentence) -> tuple[Expr, ...]:
    """The conclusion's expressions, and the derivatives that its proof takes."""
    own = sentence.conclusion
    return (
        tuple(e for pair in own.sides() for e in pair)
        if isinstance(own, Formula)
        else own.expressions()
    )


def _names(sentence: FormulaSentence) -> set[str]:
    """Letters and atoms of which the sentence, its hypotheses and its flow are made."""
    given = (h.expr for h in sentence.assuming)
    return made_of(sentence.setting, [*_stated(sentence), *given, *sentence.setting.rates.values()])


class _Conditions:
    """Collects what is not known, in order; each polynomial once, under the strongest relation that
    was asked for.
    """

    def __init__(self, tower: Tower, assuming: Iterable[Given]) -> None:
        self.tower = tower
        self.signs = Signs(tower, assuming)
        self.found: list[tuple[Poly, str]] = []

    def conditions(self) -> tuple[Condition, ...]:
        return tuple(Condition(expression(self.tower, p), r) for p, r in self.found)

    def of_atoms(self) -> None:
        """Radicands are not negative; the base of a power is positive."""
        for atom in self.tower.setting.atoms:
            if not isinstance(atom, (Root, Power)):
                continue
            inside, needs = self.tower.inside(atom.name), ">=" if isinstance(atom, Root) else ">"
            if not inside.top or self.signs.decide(inside, needs) is not None:
                continue
            p = inside.top * inside.bottom
            if self._is_root(p):
                self.not_zero(p)
            elif needs == ">" or not self.signs.not_negative(p):
                self._ask(p, needs)

    def not_zero(self, p: Poly) -> None:
        """A divisor: one condition where it is a radicand, else one for each factor of unknown
        sign.
        """
        if self._known(p) or self._raise(p):
            return
        for f, _ in p.factor()[1]:
            if self.signs.of(f) is None and not self._known(f) and not self._raise(f):
                self._factor(f)

    def _factor(self, f: Poly) -> None:
        """A root that does not vanish has a positive radicand."""
        root = self._is_root(f)
        if root:
            self.not_zero(self.tower.inside(root).top)
        else:
            self._ask(f, "!=")

    def _is_root(self, f: Poly) -> str:
        """Its name, where f is a root."""
        roots = (a.name for a in self.tower.setting.atoms if isinstance(a, Root))
        return next((x for x in roots if f == self.tower.known[x].top), "")

    def _known(self, p: Poly) -> bool:
        return any(r in (">", "!=") and _proportional(p, q) for q, r in self.found)

    def _raise(self, p: Poly) -> bool:
        """From >= 0 to > 0, where p is what must not be negative."""
        for k, (q, r) in enumerate(self.found):
            if r == ">=" and _proportional(p, q):
                self.found[k] = (q, ">")
                return True
        return False

    def _ask(self, p: Poly, relation: str) -> None:
        lead = p.leading_coefficient()
        p = p / (lead if relation == "!=" or lead > 0 else -lead)
        if (p, relation) not in self.found:
            self.found.append((p, relation))


def _proportional(p: Poly, q: Poly) -> bool:
    return bool(p) and bool(q) and p / p.leading_coefficient() == q / q.leading_coefficient()
