"""Steps for sentences about deep linear networks: relations of the start are kept, the author's
lemmas become inductions, words are rewritten.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any

from verify.claims.conclusions.matrix_help import Lemma
from verify.claims.conclusions.matrix_help import Use as Author
from verify.claims.conclusions.matrix_kinds import NonNegative
from verify.exact.errors import NotGeneric
from verify.kernel.affine import Index, Interval, number, single
from verify.kernel.facts import Fact
from verify.kernel.limits import Refused
from verify.kernel.ring import Poly
from verify.theories.closing import Finder, Use
from verify.theories.steps import chains
from verify.theories.steps.by_lemmas import ByLemmas
from verify.theories.steps.matrix_terms import interval, over, pair, ranges, term
from verify.theories.steps.peeling import peels
from verify.theories.steps.relations import Relations
from verify.theories.steps.shown import suggested
from verify.theories.steps.stated import Fields
from verify.theories.words.search import MatrixSentence
from verify.theories.written import label


class Layers(ByLemmas):
    """Words of layers, and what their author suggests."""

    shown = ""  # the step that shows a sum of squares

    def __init__(self, sentence: MatrixSentence, found: Relations) -> None:
        super().__init__(found.stated)
        self.sentence, self.names, self.first_side = sentence, dict(found.names), found.first
        self.of, self.last = found.of, list[str]()
        inner = any(x.index == "inner" for x in sentence.setting.letters)
        self.vanishing = inner or bool(sentence.setting.sequences)

    def finders(self) -> Sequence[Finder]:
        return chains.rules(self.proof.facts, self.proof.names["N"], self.last)

    def closed(self, *given: Any, **more: Any) -> list[Use]:
        """With X for A_0 and B_(N+1) last, or where that fails, first."""
        try:
            return super().closed(*given, **more)
        except NotGeneric:
            if not self.last:
                raise
            first = [r for r in given[2] if isinstance(r, chains.Rule) and r.fact.name in self.last]
            p, indices, finders, *rest = given
            return super().closed(p, indices, [*first, *finders], *rest, **more)

    def assumed(self, name: str) -> None:
        """What holds at the start is kept."""
        fact = self.proof.facts[name]
        if fact.time == "start":
            own, new = chains.rule(fact), self._fresh(name + "Kept")
            self.keep(name, new, [*self.finders(), *([own] if own else [])])
            self.names = {x: new if y == name else y for x, y in self.names.items()}

    def prepared(self) -> None:
        """What follows from the setting; then what the author suggests."""
        if "X@" in self.proof.facts:
            self._product()
        for name in self.stated.assume if self.vanishing else ():
            self._to_the_ends(name)
        for lemma in self.sentence.aid.lemmas:
            self._lemma(lemma)

        if isinstance(self.sentence.conclusion, NonNegative):
            self._squares(self.sentence.conclusion)

    def lemmas(self) -> Sequence[str]:
        return [self.names[x.name, 0] for x in self.sentence.aid.lemmas]

    def suggested(self, obligation: str) -> list[Use]:
        return [self._use(u) for u in self.sentence.aid.uses.get(obligation, ())]

    def help(self) -> list[Use]:
        if isinstance(self.sentence.conclusion, NonNegative):
            return [{"use": self.shown}]
        given = [u for x in self.sentence.aid.uses.values() for u in x]
        over = self.stated.conclusion.get("for", {})
        at: Use = {"at": [*over]} if over else {}
        named: list[Use] = [{"use": self.first_side + "@", **at}] if self.first_side else []
        return [*named, *(self._use(u) for u in given)]

    def apart(self, p: Poly, indices: Sequence[Index]) -> Use | None:
        """The end of a sum."""
        name, scope = self._fresh("end"), self.proof.scope(*indices)
        at = {"at": [x.name for x in indices]} if indices else {}
        for found in peels(p):
            try:
                self.step(**found.step(name, indices, scope))
            except Refused:  # the letters are not there at that end
                continue
            c = -found.c if found.added else found.c
            return {"use": name, **at, **({"left": str(c)} if c != 1 else {})}
        return None

    def _product(self) -> None:
        """X = A_0 = B_(N+1), which are used last."""
        n = {"N": 1, "": 1}
        for side, at, rest in (
            (["at", "A", 0], 0, {"use": "X@bottom", "left": ["*", "-1", ["at", "A", 0]]}),
            (["at", "B", n], "N", {"use": "X@top", "left": "-1", "right": ["at", "B", n]}),
        ):
            name, by = self._fresh("product"), [{"use": "X@", "at": [at]}, rest]
            self.last.append(name)
            self.step(rule="lin", name=name, eq=[side, ["at", "X"]], by=by)

    def _to_the_ends(self, name: str) -> None:
        """What holds for k = 1..N-1 and speaks of what vanishes at 0 and N may hold there too: two
        inductions that need no hypothesis of theirs.
        """
        given = self.stated.assume[name]
        if given.get("for") != ranges(1, 1):
            return
        own: Use = {"use": name, "at": ["k"]}
        for way, (first, less) in ({}, (0, 1)), ({"down": True}, (0, 0)):
            over = ranges(first, less)
            try:
                (k,), p = self._goal({"for": over, "eq": given["eq"]})
                end = single(self.proof.names["N"]) if way else number(0)
                base = self.closed(p.at({k: end}), (), self.finders())
                new = self._fresh(name + "Too")
                self.step(
                    rule="induct",
                    name=new,
                    for_=over,
                    over="k",
                    **way,
                    eq=given["eq"],
                    base=base,
                    step=[own],
                )
            except (Refused, NotGeneric):
                return
            own = {"use": new, "at": ["k"]}

    def _squares(self, c: NonNegative) -> None:
        """What is >= 0 is the squares that its author names, and what is 0."""
        of, gap, rows = self.of, c.quantity, list[Fields]()
        for x in self.sentence.aid.squares:
            gap = gap - x.value()
            over = {"sum": {"p": interval(*x.over)}} if x.over else {}
            rows.append({**({"c": str(x.c)} if x.c != 1 else {}), "x": term(x.x, of), **over})
        rest = self.proof.scope().real(term(gap, of)).poly
        given = [self._use(u) for us in self.sentence.aid.uses.values() for u in us]
        by = self.closed(rest, (), self.finders(), before=given)
        self.shown = self._fresh("squares")
        ge = [term(c.quantity, of), "0"]
        self.step(rule="squares", name=self.shown, ge=ge, squares=rows, by=by)

    def _use(self, u: Author, own: str = "") -> Use:
        return suggested(u, own, self.names, self.of)

    def _fresh(self, name: str) -> str:
        taken = {*self.proof.facts, *self.names.values()}
        return next(x for k in count(1) if (x := name if k == 1 else f"{name}{k}") not in taken)

    def _lemma(self, lemma: Lemma) -> None:
        name = self._fresh(label(lemma.name))
        self.names[lemma.name, 0] = name
        stated = {**over(lemma.equation), "eq": pair(lemma.equation, self.of)}
        indices, p = self._goal(stated)
        if not lemma.by:
            given = [self._use(u) for u in lemma.uses]
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
        given = [self._use(u, lemma.name) for u in lemma.uses]
        here = p.at({k: single(new)})
        return base, self.closed(here, (new,), finders, (), given, known)

    def _goal(self, stated: dict[str, Any]) -> tuple[list[Index], Poly]:
        indices, scope = self.proof.scope().bound(stated, "for")
        left, right = scope.pair(stated["eq"])
        return indices, left.poly - right.poly
