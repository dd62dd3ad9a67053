"""Certificates with steps for sentences about formulas: a flow with the rates that are given, and
division by what names a divisor or a radicand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from verify.claims.certified import Certified
from verify.claims.conclusions.base import Conclusion
from verify.claims.conclusions.constant import Constant
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.exponential_decay import ExponentialDecay
from verify.claims.conclusions.rate_law import RateLaw
from verify.claims.conclusions.sign import Sign
from verify.claims.evidence import Outcome
from verify.exact.errors import NotGeneric
from verify.kernel.facts import RELATIONS
from verify.kernel.ring import Poly
from verify.kernel.terms import opened
from verify.models.formulas import Let
from verify.theories.closing import Rewrite, Use
from verify.theories.steps import asked, products
from verify.theories.steps.division import by_leading, definitions, divided, within
from verify.theories.steps.formula_states import asserted, exact_states, sides
from verify.theories.steps.inequalities import visible
from verify.theories.steps.scalars import Scalars
from verify.theories.steps.solutions import Along, along
from verify.theories.steps.stated import Fields, Stated
from verify.theories.steps.writer import Writer
from verify.theories.towers.sentence import FormulaSentence
from verify.theories.written import label

SIGNS = {">": "gt", ">=": "ge", "!=": "ne"}


def certified(name: str, outcome: Outcome) -> Certified:
    """The proof or witness of a conclusion as the kernel reads it. Raises NotGeneric where no steps
    are found.
    """
    told = _told(outcome.sentence, outcome.witness is not None)
    return asked.first(partial(_certified, letters, outcome, own) for letters, own in told)


def wordings(name: str, sentence: FormulaSentence, refuting: bool) -> Iterator[Stated]:
    """What a certificate may state of a conclusion. Raises NotGeneric."""
    return (own for _, own in _told(sentence, refuting))


def _told(sentence: Any, refuting: bool) -> Iterator[tuple[Scalars, Stated]]:
    """As it is; its abbreviations as names, then its first side too, so that it says something. Of
    products of many sums all sums are names, so that nothing is multiplied out.
    """
    if isinstance(sentence.conclusion, ExponentialDecay):
        sentence = along(sentence)
        letters = Scalars(sentence)
        yield letters, stated(sentence, letters)
        return
    if not refuting and products.many(sentence):
        letters = Scalars(sentence, opaque=True, factored=True)
        yield letters, stated(sentence, letters)
        return
    lets = any(isinstance(a, Let) for a in sentence.setting.atoms)
    for opaque, apart in ((False, False), *([(True, False)] if lets else []), (lets, True)):
        letters = Scalars(sentence, opaque, refuting)
        yield letters, stated(sentence, letters, apart)


def _certified(letters: Scalars, outcome: Outcome, given: Stated) -> Certified:
    sentence: Any = letters.sentence
    hint = visible(sentence, letters)
    shown = outcome.instance if outcome.witness is None else outcome.witness
    points = exact_states(letters, sentence, shown)
    if outcome.witness is not None and not isinstance(sentence.conclusion, Along):
        return asked.refuted(given, points)
    facts = products.Products(sentence, letters).facts() if letters.factored else ()
    return asked.proved(given, lambda: Formulas(given, hint, facts).written(), points)


def stated(sentence: FormulaSentence, letters: Scalars, apart: bool = False) -> Stated:
    """A sentence in the frame of a certificate. ``apart``: its first side has a name, of which it
    is said what it is; so an identity that the kernel would not state, as its sides have the same
    normal form, says something. Raises NotGeneric for what is not written yet.
    """
    conclusion = _concluded(asserted(sentence, letters.refuting), letters)
    for order in {*RELATIONS} & {*conclusion} if apart else ():
        first, second = conclusion[order]
        if "'D'" not in repr(first):
            conclusion[order] = [["at", letters.named(first, "")], second]
        elif "'D'" not in repr(second):
            conclusion[order] = [first, ["at", letters.named(second, "")]]
    still = {"integers": {}, "sets": [], "families": [], "letters": letters.letters}
    own = {**still, "motion": _motion(sentence, letters)}
    c = sentence.conclusion
    beside = c.beside(letters.term) if isinstance(c, Along) else {}
    return Stated(own, letters.assume, label(sentence.name), conclusion, beside)


def _motion(sentence: FormulaSentence, letters: Scalars) -> Fields:
    """A family of letters has one rate, in which [i = k] is 1 for the k-th."""
    rates = Fields()
    for x, e in sentence.setting.rates.items():
        own, at, term = letters.names[x], letters.at[x][2:], letters.term(e)
        rates.setdefault(own, []).append(["*", ["is", "i", *at], term] if at else term)
    summed = {x: ["+", *y] if len(y) > 1 else y[0] for x, y in rates.items()}
    return {"kind": "flow", "rates": summed} if rates else {"kind": "still"}


def _concluded(c: Conclusion, letters: Scalars) -> Fields:
    """Kind and terms. Raises NotGeneric."""
    term = letters.term
    if isinstance(c, Equals):
        return {"kind": "equation", "eq": [term(x) for x in sides(c)]}
    if isinstance(c, Constant):
        return {"kind": "conserved", "what": term(c.quantity)}
    if isinstance(c, RateLaw):
        return {"kind": "decay", "what": term(c.quantity), "rate": term(c.rate)}
    if isinstance(c, Sign):
        return {"kind": "inequality", SIGNS[c.relation]: [term(c.quantity), "0"]}
    if isinstance(c, Along):
        what, times, rest = map(term, (c.quantity, c.times, c.rest))
        return {"kind": "not-exponential", "what": what, "times": times, "is": rest}
    raise NotGeneric(f"a conclusion of kind {c.kind}: not written yet")


class Formulas(Writer):
    """Division by each definition in turn; long ones are left alone. ``hint`` is what an inequality
    is to come down to; ``products`` are equations that are shown first, and then used alone.
    """

    most = 60

    def __init__(
        self, given: Stated, hint: object, products: Sequence[tuple[object, object]] = ()
    ) -> None:
        super().__init__(given)
        self.hint, self.products = hint, products
        self.shown: list[Rewrite] = []

    def prepared(self) -> None:
        found = []
        for k, pair in enumerate(self.products, 1):
            left, right = self.proof.scope().pair([*pair])
            by = self.closed(left.poly - right.poly, (), ())
            self.step(rule="lin", name=f"product{k}", eq=[*pair], by=by)
            ((mono, c),) = left.poly.terms.items()
            found.append(Rewrite(f"product{k}", within(opened(mono)[1]), c))
        self.shown = found

    def visible(self) -> object:
        return self.hint

    def first(self, p: Poly) -> tuple[list[Use], Poly]:
        return ([], p) if self.shown else divided(p, definitions(self.proof), self.proof.scope())

    def finders(self) -> Sequence[Rewrite]:
        if self.shown:
            return self.shown
        facts = [f for f in self.proof.facts.values() if f.relation == "=" and not f.indices]
        return [
            by_leading(f, self.proof.setting.names.get(f.name.removesuffix("@"))) for f in facts
        ]
