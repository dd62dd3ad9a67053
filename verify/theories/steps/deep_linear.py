"""Certificates with steps for sentences about deep linear networks (shadow mode: no verdict rests
on them): relations of the start are kept, the author's lemmas become inductions, words are
rewritten.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from verify.claims.conclusions.matrix_help import Lemma, Use
from verify.claims.conclusions.matrix_kinds import Decays, Identity, Unchanged
from verify.exact.errors import NotGeneric
from verify.kernel.affine import Index, Interval, single
from verify.kernel.certificate import step, verified
from verify.kernel.conclusions import hypothesis
from verify.kernel.facts import Fact, uses
from verify.kernel.flows import add
from verify.kernel.limits import Refused, Work
from verify.kernel.read import Scope
from verify.kernel.ring import Poly
from verify.kernel.setting import setting as read
from verify.kernel.sums import Proof
from verify.terms.matrices import Mat
from verify.terms.relation import Equal
from verify.theories.steps import chains, layers, written
from verify.theories.steps.shown import constants, shown, suggested
from verify.theories.words.instance import Instance
from verify.theories.words.theory import MatrixSentence

Data = object
KINDS = {Identity: "equation", Unchanged: "conserved", Decays: "decay"}


def certificate(
    sentence: MatrixSentence, name: str, point: Instance
) -> tuple[dict[str, Data], str]:
    """A certificate that the kernel accepts, and what it says it proves. Raises NotGeneric where no
    steps are found.
    """
    Work.begin()
    try:
        writer = _Writer(sentence)
        body = writer.written(written.label(name))
        letters = body["setting"]["letters"]  # type: ignore[index]
        found = {**body, "instance": layers.instance(point, letters, sentence.setting.layers)}
        return found, verified(json.dumps(found).encode())
    except Refused as refused:
        raise NotGeneric(f"the kernel refuses: {refused}") from None


class _Writer:
    """One certificate as it grows; `proof` is what the kernel has accepted of it so far."""

    def __init__(self, sentence: MatrixSentence) -> None:
        self.sentence, self.steps = sentence, list[dict[str, Data]]()
        inverses = {x for e in shown(sentence) for x in layers.inverted(e)}
        self.setting = layers.setting(sentence.setting, constants(sentence), inverses)
        self.inverses = sorted(inverses)
        self.proof = Proof(read(self.setting))  # type: ignore[arg-type]
        self.proof.facts.update(self.proof.setting.facts)
        self.names: dict[tuple[str, int], str] = {}
        self.assume: dict[str, Data] = {}

    def written(self, name: str) -> dict[str, Data]:
        """Everything but the instance."""
        assume = self.assume
        for h, when, e in self._relations():
            still = self.proof.setting.flow is None
            time = "start" if when == "at the start" and not still else "always"
            assume[h] = {"time": time, **_for(e), "eq": layers.pair(e, self.sentence.setting)}
            add(self.proof, hypothesis(self.proof, h, assume[h]))  # type: ignore[arg-type]
            if time == "start":
                self._kept(h)
        for lemma in self.sentence.aid.lemmas:
            self._lemma(lemma)
        conclusion = self._concluded()
        by: list[dict[str, Any]] = conclusion["by"]  # type: ignore[assignment]
        return {
            "format": "flowlaw-certificate",
            "version": 2,
            "setting": self.setting,
            "assume": assume,
            "steps": written.needed(self.steps, by),
            "conclude": {name: conclusion},
        }

    def _relations(self) -> Iterator[tuple[str, str, Equal]]:
        """What is assumed, and definitions that the kernel's letters do not hold already."""
        given = self.sentence.setting
        by = {x.name: x for x in given.letters}
        for x in self.inverses:
            one, other = Mat("letter", (x, None)), Mat("letter", (layers.inverse_of(x), None))
            side = layers.rows(one, given)
            for k, (a, b) in enumerate(((one, other), (other, one))):
                self._inverse(f"{x}Inverse" + "Too" * k, a, b, side)
        for name, equations in given.definitions.items():
            for k, e in enumerate(equations):
                if not (name in by and layers.names(e, by[name])):
                    self._name(name, k, name + " is")
                    yield self.names[name, k], "always", e
                else:
                    self.names[name, k] = name + "@"
        for h in self.sentence.assuming:
            for k, e in enumerate(h.equations):
                self._name(h.id, k, h.id)
                yield self.names[h.id, k], h.when, e

    def _name(self, relation: str, part: int, text: str) -> str:
        """The name of a relation's part among the facts."""
        self.names[relation, part] = self._fresh(written.label(text))
        return self.names[relation, part]

    def _fresh(self, name: str) -> str:
        taken = {*self.proof.facts, *self.names.values()}
        return next(x for k in count(1) if (x := name if k == 1 else f"{name}{k}") not in taken)

    def _inverse(self, name: str, a: Mat, b: Mat, side: Data) -> None:
        eq = [["*", layers.term(a), layers.term(b)], ["I", side]]
        self.assume[name] = {"time": "always", "eq": eq}
        add(self.proof, hypothesis(self.proof, name, self.assume[name]))  # type: ignore[arg-type]

    def _step(self, data: dict[str, Data]) -> None:
        step(self.proof, data)  # type: ignore[arg-type]
        self.steps.append(data)

    def _rules(self) -> list[chains.Rule]:
        return chains.rules(self.proof.facts, self.proof.setting.names["N"])

    def _help(self, given: Sequence[Use], own: str) -> list[dict[str, Data]]:
        return [suggested(u, own, self.names) for u in given]

    def _kept(self, of: str) -> None:
        fact, flow = self.proof.facts[of], self.proof.setting.flow
        assert flow is not None
        new = self._fresh(of + "Kept")
        rules = self._rules()
        own = chains.rule(fact)
        by = self._closed(flow.of(fact.poly), fact.indices, [*rules, *([own] if own else [])], of)
        self._step({"rule": "keep", "of": [{"use": of, "name": new, "by": by}]})
        self.names = {x: new if y == of else y for x, y in self.names.items()}

    def _closed(
        self,
        p: Poly,
        indices: Sequence[Index],
        rules: list[chains.Rule],
        start: str = "",
        before: Sequence[dict[str, Data]] = (),
        known: dict[str, Fact] | None = None,
    ) -> list[dict[str, Data]]:
        """Given uses first, then what matches. Raises NotGeneric with what is left over."""
        scope, facts = self.proof.scope(), known or self.proof.facts
        for x in indices:
            scope = scope.under(x)
        for use in uses(list(before), scope, facts, "help"):  # type: ignore[arg-type]
            p = p - use.poly
        by, rest = chains.close(p, scope, facts, rules, (start,) if start else ())
        if rest.terms:
            raise NotGeneric(f"{len(rest.terms)} terms are left over")
        return [*before, *by]

    def _lemma(self, lemma: Lemma) -> None:
        e, name = lemma.equation, self._name(lemma.name, 0, lemma.name)
        if not lemma.by:
            indices, _, p = self._goal(e)
            by = self._closed(p, indices, self._rules(), before=self._help(lemma.uses, ""))
            self._step(
                {
                    "rule": "lin",
                    "name": name,
                    **_for(e),
                    "eq": layers.pair(e, self.sentence.setting),
                    "by": by,
                }
            )
            return
        down = lemma.by == "down"
        (k,), _, p = self._goal(e)
        assert isinstance(k.kind, Interval)
        end = k.kind.high if down else k.kind.low
        base = self._closed(p.at({k: end}), (), self._rules())
        low, high = (
            (k.kind.low, k.kind.high.plus(-1)) if down else (k.kind.low.plus(1), k.kind.high)
        )
        new = Index(k.name, Interval(low, high))
        before = Fact("IH@", (), p.at({k: single(new).plus(1 if down else -1)}), "INDUCT")
        known = {**self.proof.facts, "IH@": before}
        more = self._closed(
            p.at({k: single(new)}),
            (new,),
            self._rules(),
            "",
            self._help(lemma.uses, lemma.name),
            known,
        )
        found: dict[str, Data] = {"rule": "induct", "name": name, **_for(e), "over": "k"}
        found |= {"down": True} if down else {}
        self._step(
            {**found, "eq": layers.pair(e, self.sentence.setting), "base": base, "step": more}
        )

    def _goal(self, e: Equal) -> tuple[list[Index], Scope, Poly]:
        indices, scope = self.proof.scope().bound(_for(e), "for", "goal")  # type: ignore[arg-type]
        left, right = scope.pair(layers.pair(e, self.sentence.setting), "goal")  # type: ignore[arg-type]
        return indices, scope, left.poly - right.poly

    def _concluded(self) -> dict[str, Data]:
        c = self.sentence.conclusion
        kind = KINDS.get(type(c))
        if kind is None:
            raise NotGeneric(f"a conclusion of kind {c.kind}: not written yet")
        found: dict[str, Data] = {"kind": kind}
        if isinstance(c, Identity):
            shown = Equal(c.left, c.right, c.first, c.less)
        else:
            shown = Equal(c.quantity, c.quantity, c.first, c.less)  # type: ignore[attr-defined]
        found |= _for(shown)
        indices, scope = self.proof.scope().bound(_for(shown), "for", "statement")  # type: ignore[arg-type]
        if isinstance(c, Identity):
            left, right = scope.pair(layers.pair(shown, self.sentence.setting), "statement")  # type: ignore[arg-type]
            found["eq"], p = layers.pair(shown, self.sentence.setting), left.poly - right.poly
        else:
            what = scope.term(layers.term(shown.left), "statement")  # type: ignore[arg-type]
            flow = self.proof.setting.flow
            if flow is None:
                raise NotGeneric("a law where nothing moves")
            found["what"], p = layers.term(shown.left), flow.of(what.poly)
        if isinstance(c, Decays):
            rate = scope.term(layers.term(c.factor), "statement")  # type: ignore[arg-type]
            found["rate"], p = layers.term(c.factor), p - rate.poly * what.poly
        help_ = self._help([u for x in self.sentence.aid.uses.values() for u in x], "")
        found["by"] = self._closed(p, indices, self._rules(), before=help_)
        return found


def _for(e: Equal) -> dict[str, Data]:
    return {"for": layers.ranges(e.first, e.less)} if e.indexed else {}
