"""Certificates with steps for sentences about diagonal networks.

What balance gives, for every depth: u_l^2 = u_1^2 stays, w^2 = u_1^(2 L), hence |w|^(2/L) = u_1^2
and P_l^2 = |w|^(2 - 2/L). The rest is closed by rewriting, which nobody has to believe.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Any

from verify.claims.certified import Certified
from verify.claims.claim import Claim
from verify.claims.evidence import Outcome, Witness
from verify.claims.sentence import Sentence
from verify.exact.errors import NotGeneric
from verify.kernel.affine import Index
from verify.kernel.ring import Poly
from verify.models.flow import Flow
from verify.theories import written
from verify.theories.closing import Finder, Rewrite, Use, close
from verify.theories.states.sampler import points
from verify.theories.steps import asked, bounds, forms, network_states, networks, rewriting
from verify.theories.steps.division import definitions, divided
from verify.theories.steps.networks import EACH, square
from verify.theories.steps.reworded import reworded
from verify.theories.steps.stated import Stated
from verify.theories.steps.writer import Writer

Data = object
ROOT = {"i": "coord"}
MOST_POINTS = 24


def certified(name: str, outcome: Outcome) -> Certified:
    """The proof or witness of a conclusion as the kernel reads it. Raises NotGeneric where no steps
    are found.
    """
    sentence, witness = reworded(outcome.sentence), outcome.witness
    if not isinstance(witness, Witness):
        return certificate(outcome.sentence)
    if witness.rule or witness.ring != "exact":
        raise NotGeneric("a trap, or a value that is enclosed")
    stated = networks.stated(sentence, refuting=True)
    states = chain([network_states.here(sentence, witness.point)], _instances(sentence))
    return asked.refuted(stated, states)


def wordings(name: str, sentence: Sentence, refuting: bool) -> Iterator[Stated]:
    """What a certificate may state of a conclusion: as it is, or, so that an identity says
    something, with a name for its first side. Raises NotGeneric.
    """
    sentence = reworded(sentence)
    if sentence.conclusion.kind == "inequality":
        yield bounds.stated(sentence, refuting)
        return
    yield networks.stated(sentence, refuting)
    if sentence.conclusion.kind == "equation" and not refuting:
        yield networks.stated(sentence, apart=True)


def certificate(sentence: Sentence) -> Certified:
    """The certificate of one sentence as it is worded here, at the first of a few exact states at
    which it says something. Raises NotGeneric where no steps are found.
    """
    sentence = reworded(sentence)
    for stated in wordings(sentence.name, sentence, False):
        try:
            return _proved(sentence, stated)
        except NotGeneric as gap:
            if asked.NOTHING not in str(gap):
                raise
            why = gap
    raise why


def _proved(sentence: Sentence, stated: Stated) -> Certified:
    write = bounds.Bounds if sentence.conclusion.kind == "inequality" else Networks
    return asked.proved(stated, lambda: write(sentence, stated).written(), _instances(sentence))


def _instances(sentence: Sentence) -> Iterator[asked.Here]:
    for here in islice(points(sentence, max(3, sentence.least_depth), 2), MOST_POINTS):
        try:
            yield network_states.here(sentence, forms.rational(sentence, here))
        except NotGeneric:  # a loss is not defined everywhere
            continue


def sentences(claim: Claim) -> dict[str, Sentence]:
    """The exact sentences of a claim about a diagonal network, by the names of its conclusions."""
    setting = claim.setting
    if not isinstance(setting, Flow):
        return {}
    every = tuple(claim.concluding.values())
    return {
        name: Sentence(setting, claim.assuming, name, conclusion, every)
        for name, conclusion in claim.concluding.items()
        if conclusion.exact
    }


class Networks(Writer):
    """Products of layers, and what balance gives for them."""

    def __init__(self, sentence: Sentence, stated: Stated) -> None:
        super().__init__(stated)
        self.sentence, self.rates = sentence, _differentiates(sentence)
        self.rules = [Rewrite("w@", rewriting.product)]

    def finders(self) -> Sequence[Finder]:
        return self.rules

    def closed(
        self, p: Poly, indices: Sequence[Index], finders: Sequence[Finder], *given: Any, **more: Any
    ) -> list[Use]:
        """Of two layers m < l what is without both comes first."""
        return super().closed(p, indices, [*rewriting.pairs(indices), *finders], *given, **more)

    def first(self, p: Poly) -> tuple[list[Use], Poly]:
        """Names of forms and divisors become what they stand for."""
        return divided(p, definitions(self.proof), self.proof.scope())

    def prepared(self) -> None:
        if networks.uses_root(self.sentence) and not self.sentence.balanced:
            self.rules.append(Rewrite("q@", rewriting.power_of_root))
        if self.sentence.homogeneous:
            self.rules.append(Rewrite("J@", rewriting.euler))
        for x in self.proof.letters("name"):
            if x.indices:
                self.rules.insert(0, Rewrite(x.name + "@", rewriting.named(x)))
        for what in _twice(self.stated.conclusion.get("eq")):
            self._slope(what)

    def assumed(self, name: str) -> None:
        """Of balance: u_(l,i)^2 = u_(1,i)^2, and more where q occurs."""
        fact = self.proof.facts[name]
        own = Rewrite(name, rewriting.first_two(fact.indices))
        self.keep(name, "balanced", [Rewrite("w@", rewriting.product), own])
        first = [square("l", "i"), square(1, "i")]
        use = {"use": "balanced", "at": ["l", 1, "i"]}
        self.step(rule="lin", name="first", for_=EACH, eq=first, by=[use])
        if networks.uses_root(self.sentence):
            self._root()
        else:
            self.rules.append(Rewrite("first", rewriting.square_of_other_layers))

    def _slope(self, what: Data) -> None:
        """D of this is what it is rewritten to, and that is so of their derivatives."""
        scope = self.proof.scope()
        p = scope.term(["D", what]).poly
        by, rest = close(p, scope, self.proof.facts, self.finders())
        eq = [["D", what], written.terms(rest, scope)]
        self.step(rule="lin", name="slope", eq=eq, by=by)
        self.step(rule="rate", use="slope")

    def _root(self) -> None:
        power = {"rule": "product-power", "layer": "l", "power": "2", "const": square(1, "i")}
        each = [{"use": "first", "at": ["l", "i"]}]
        self.step(**power, name="w2", for_=ROOT, of="w", by=each)
        equal = [["at", "q", "i"], square(1, "i")]
        by: list[Data] = [{"use": "q@", "at": ["i"]}, {"use": "w2", "at": ["i"]}]
        self.step(rule="root", name="qu", for_=ROOT, eq=equal, power="L", by=by)
        self.step(rule="rate", of="q", use="qu")
        by = [{"use": "first", "at": ["l", "i"]}, {"use": "qu", "at": ["i"], "left": "-1"}]
        squares = [square("l", "i"), ["at", "q", "i"]]
        self.step(rule="lin", name="uq", for_=EACH, eq=squares, by=by)
        self.rules.append(Rewrite("uq", rewriting.square_of_layer))
        by = [{"use": "uq", "at": ["l", "i"]}]
        power["const"] = ["at", "q", "i"]
        self.step(**power, name="Pq", for_=ROOT, of="w", others=True, by=by)
        self.rules += [
            Rewrite("Pq", rewriting.square_of_others),
            Rewrite("q@", rewriting.power_of_root),
        ]


def _twice(t: Any) -> Iterator[Data]:
    """What is differentiated twice."""
    match t:
        case ["D", ["D", what]]:
            yield what
        case [*parts]:
            for x in parts:
                yield from _twice(x)


def _differentiates(sentence: Sentence) -> bool:
    """Whether the rate of q is asked for."""
    if not networks.uses_root(sentence):
        return False
    e = sentence.conclusion.expressions()
    inside = [x for y in e for x in y.walk() if x.head == "D"]
    law = sentence.conclusion.kind != "equation" and "q" in e[0].atoms()
    return law or any("q" in x.atoms() for x in inside)
