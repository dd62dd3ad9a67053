"""Certificates with steps for sentences about deep linear networks: relations of the start are
kept, the author's lemmas become inductions, words are rewritten.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import count
from typing import Any

from verify.claims.certified import Certified
from verify.claims.conclusions.matrix_help import Lemma
from verify.claims.conclusions.matrix_kinds import Decays, Identity
from verify.claims.evidence import Outcome
from verify.exact.errors import NotGeneric
from verify.kernel.affine import Index, Interval, single
from verify.kernel.exact import Value
from verify.kernel.facts import Fact
from verify.kernel.ring import Poly
from verify.terms.matrices import Mat, dot
from verify.theories.steps import asked, chains, layers
from verify.theories.steps.closing import Use
from verify.theories.steps.relations import Relations, over, relations
from verify.theories.steps.shown import suggested
from verify.theories.steps.writer import Writer
from verify.theories.steps.written import label
from verify.theories.words.complex_matrix import CMat
from verify.theories.words.evaluator import Evaluator
from verify.theories.words.frame import frame
from verify.theories.words.search import MatrixSentence, MatrixWitness


def certified(name: str, outcome: Outcome) -> Certified:
    """The proof or witness of a conclusion as the kernel reads it. Raises NotGeneric where no steps
    are found.
    """
    sentence, witness = outcome.sentence, outcome.witness
    found = relations(sentence, name)  # type: ignore[arg-type]
    if isinstance(witness, MatrixWitness):
        here = witness.instance
        return asked.refuted(found.stated, (_point(found, outcome, x) for x in [here]))
    if witness is not None:
        raise NotGeneric("a witness that is no instance")
    return asked.proved(
        found.stated,
        lambda: Layers(sentence, found).written(),  # type: ignore[arg-type]
        (_point(found, outcome, x) for x in [outcome.instance]),
    )


def _point(found: Relations, outcome: Outcome, here: Any) -> asked.Here:
    sentence: Any = outcome.sentence
    data = layers.instance(here, found.stated.setting["letters"], sentence.setting.layers)
    value = Evaluator(here, frame(sentence.setting, sentence.assuming).expander)
    c = sentence.conclusion
    stated = [c.left, c.right] if isinstance(c, Identity) else [c.quantity, dot(c.quantity)]
    stated += [c.factor] if isinstance(c, Decays) else []
    return asked.Here(data, lambda at: [_worth(value, e, at) for e in stated])


def _worth(of: Evaluator, e: Mat, at: Mapping[str, int]) -> Value | None:
    """As the kernel has it; None of what is complex, or is not computed there."""
    try:
        found = of(e, at)
        if not isinstance(found, CMat):
            return Fraction(int(found.p), int(found.q))
        rows: Any = layers.matrix(found)
    except (NotGeneric, KeyError, ArithmeticError):
        return None
    return tuple(tuple(map(Fraction, row)) for row in rows)


class Layers(Writer):
    """Words of layers, and what their author suggests."""

    def __init__(self, sentence: MatrixSentence, found: Relations) -> None:
        super().__init__(found.stated)
        self.sentence, self.names = sentence, dict(found.names)

    def finders(self) -> Sequence[chains.Rule]:
        return chains.rules(self.proof.facts, self.proof.setting.names["N"])

    def assumed(self, name: str) -> None:
        """What holds at the start is kept."""
        fact = self.proof.facts[name]
        if fact.time == "start":
            own, new = chains.rule(fact), self._fresh(name + "Kept")
            self.keep(name, new, [*self.finders(), *([own] if own else [])])
            self.names = {x: new if y == name else y for x, y in self.names.items()}

    def prepared(self) -> None:
        for lemma in self.sentence.aid.lemmas:
            self._lemma(lemma)

    def help(self) -> list[Use]:
        given = [u for x in self.sentence.aid.uses.values() for u in x]
        return [suggested(u, "", self.names) for u in given]

    def _fresh(self, name: str) -> str:
        taken = {*self.proof.facts, *self.names.values()}
        return next(x for k in count(1) if (x := name if k == 1 else f"{name}{k}") not in taken)

    def _lemma(self, lemma: Lemma) -> None:
        name = self._fresh(label(lemma.name))
        self.names[lemma.name, 0] = name
        stated = {**over(lemma.equation), "eq": layers.pair(lemma.equation, self.sentence.setting)}
        indices, p = self._goal(stated)
        if not lemma.by:
            given = [suggested(u, "", self.names) for u in lemma.uses]
            by = self.closed(p, indices, self.finders(), before=given)
            self.step(rule="lin", name=name, **stated, by=by)
            return
        (k,) = indices
        base, more = self._induction(lemma, k, p)
        way = {"down": True} if lemma.by == "down" else {}
        found = {"rule": "induct", "name": name, "for": stated.pop("for"), "over": "k", **way}
        self.step(**found, **stated, base=base, step=more)

    def _induction(self, lemma: Lemma, k: Index, p: Poly) -> tuple[list[Use], list[Use]]:
        """Base and step."""
        down, finders = lemma.by == "down", self.finders()
        assert isinstance(k.kind, Interval)
        low, high = k.kind.low, k.kind.high
        base = self.closed(p.at({k: high if down else low}), (), finders)
        rest = Interval(low, high.plus(-1)) if down else Interval(low.plus(1), high)
        new = Index(k.name, rest)
        before = Fact("IH@", (), p.at({k: single(new).plus(1 if down else -1)}), "INDUCT")
        known = {**self.proof.facts, "IH@": before}
        given = [suggested(u, lemma.name, self.names) for u in lemma.uses]
        here = p.at({k: single(new)})
        return base, self.closed(here, (new,), finders, (), given, known)

    def _goal(self, stated: dict[str, Any]) -> tuple[list[Index], Poly]:
        indices, scope = self.proof.scope().bound(stated, "for", "goal")
        left, right = scope.pair(stated["eq"], "goal")
        return indices, left.poly - right.poly
