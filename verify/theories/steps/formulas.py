"""Certificates with steps for sentences about formulas: a flow with the rates that are given, and
division by what names a divisor or a radicand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
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
from verify.claims.hypotheses.formulas import Given
from verify.exact.errors import NotGeneric
from verify.kernel.facts import RELATIONS
from verify.kernel.limits import Refused, Work
from verify.kernel.ring import Poly
from verify.kernel.terms import opened
from verify.models.formulas import Let
from verify.theories.closing import Rewrite, Use
from verify.theories.steps import asked, lasting, products, supposed
from verify.theories.steps.division import by_leading, definitions, divided, within
from verify.theories.steps.formula_states import asserted, exact_states, sides
from verify.theories.steps.inequalities import visible
from verify.theories.steps.lasting import Keeps
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
    gaps = []
    for sentence in _readings(outcome.sentence):
        told = _told(sentence, outcome.witness is not None)
        try:
            return asked.first(partial(_certified, found, outcome) for found in told)
        except NotGeneric as gap:
            gaps.append(gap)
    raise gaps[-1]


def wordings(name: str, sentence: FormulaSentence, refuting: bool) -> Iterator[Stated]:
    """What a certificate may state of a conclusion."""
    for read in _readings(sentence):
        with suppress(NotGeneric):
            yield from (found.stated for found in _told(read, refuting))


def _readings(sentence: Any) -> Iterator[Any]:
    """What is said of single states, and of no derivative, may be read where nothing moves."""
    yield sentence
    c, given = sentence.conclusion, sentence.setting
    every = (*c.expressions(), *(a.of for a in given.atoms), *(h.expr for h in sentence.assuming))
    alone = isinstance(c, (Equals, Sign)) and not any(e.has("D") for e in every)
    if given.rates and alone:
        yield replace(sentence, setting=replace(given, rates={}))


@dataclass(frozen=True)
class Wording:
    """``hint`` is what an inequality is to come down to; ``facts`` are products to be shown."""

    letters: Scalars
    stated: Stated
    hint: object
    facts: Sequence[tuple[object, object]] = ()


def _told(sentence: Any, refuting: bool) -> Iterator[Wording]:
    """What a proof supposes the sentence supposes, and it lasts for as long as the scope says."""
    if isinstance(sentence.conclusion, ExponentialDecay):
        yield _wording(along(sentence))
        return
    for found in _worded(sentence, refuting):
        if not refuting:
            supposed.check(found.letters, lasting.printed(sentence))
            lasting.check(sentence, found.letters.used, _accepted)
        yield found


def _worded(sentence: Any, refuting: bool) -> Iterator[Wording]:
    """As it is; its abbreviations as names, then its first side too, so that it says something. Of
    products of many sums all sums are names, so that nothing is multiplied out.
    """
    if not refuting and products.many(sentence):
        found = _wording(sentence, opaque=True, factored=True)
        yield replace(found, facts=products.Products(sentence, found.letters).facts())
        return
    lets = any(isinstance(a, Let) for a in sentence.setting.atoms)
    for opaque, apart in ((False, False), *([(True, False)] if lets else []), (lets, True)):
        yield _wording(sentence, apart, opaque=opaque, refuting=refuting)


def _wording(sentence: Any, apart: bool = False, **how: bool) -> Wording:
    letters = Scalars(sentence, **how)
    own = stated(sentence, letters, apart)
    return Wording(letters, own, visible(sentence, letters))


def _accepted(sentence: FormulaSentence, said: Sequence[Given]) -> bool:
    """Whether the kernel accepts steps of it where this holds, whatever the state."""
    Work.begin()
    try:
        found = _wording(replace(sentence, assuming=(*sentence.assuming, *said)))
        supposed.check(found.letters, ())
        return asked.without_point(Formulas(found.stated, found.hint).written())
    except (NotGeneric, Refused):
        return False


def _certified(found: Wording, outcome: Outcome) -> Certified:
    sentence: Any = found.letters.sentence
    shown = outcome.instance if outcome.witness is None else outcome.witness
    points = exact_states(found.letters, sentence, shown)
    if outcome.witness is not None and not isinstance(sentence.conclusion, Along):
        return asked.refuted(found.stated, points)
    write = partial(Formulas, found.stated, found.hint, found.facts)
    return asked.proved(found.stated, lambda: write().written(), points)


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
    if isinstance(c, Keeps):
        return {"kind": c.kind, "what": term(c.quantity), "cofactor": term(c.cofactor**2)}
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
        return [by_leading(f, self.proof.names.get(f.name.removesuffix("@"))) for f in facts]
