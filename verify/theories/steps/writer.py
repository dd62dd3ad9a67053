"""What all writers of certificates with steps do alike: hypotheses are read, start relations are
kept, the conclusion's obligation is closed. What a theory knows besides is its writer's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from verify.exact.errors import NotGeneric
from verify.kernel.affine import Index
from verify.kernel.conclusions import conclusion, hypothesis
from verify.kernel.facts import RELATIONS, Fact, uses
from verify.kernel.motion import Derivation
from verify.kernel.ring import Poly
from verify.kernel.rules import step
from verify.kernel.setting import setting as read
from verify.theories import written
from verify.theories.closing import MOST, Finder, Use, close
from verify.theories.steps.stated import Fields, Stated

Data = object
ENDS = 12  # of sums that are written apart


class Writer:
    """One certificate as it grows; ``proof`` is what the kernel has accepted of it so far. Raises
    Refused where the kernel does not read what is stated.
    """

    most = MOST  # uses that the search looks for
    rates = False  # whether the conclusion asks for the rates that steps give

    def __init__(self, stated: Stated) -> None:
        self.stated, self.steps = stated, list[Fields]()
        self.beside = list[Use]()  # what the conclusion asks for beside its uses
        self.proof = read(stated.setting)  # type: ignore[arg-type]

    def written(self) -> Fields:
        """Everything but the instance. Raises NotGeneric where the search ends, Refused where the
        kernel does.
        """
        for name, given in self.stated.assume.items():
            self.proof.add(hypothesis(self.proof, name, given))
        for name in self.stated.assume:
            self.assumed(name)
        self.prepared()
        by = {name: self._concluded(name, given) for name, given in self.stated.every.items()}
        used = [use for uses in by.values() for use in uses] + self.beside
        return self.stated.proved(written.needed(self.steps, used, self.rates), by)

    def assumed(self, name: str) -> None:
        """What follows at once from a hypothesis."""

    def prepared(self) -> None:
        """What is shown before the conclusion."""

    def finders(self) -> Sequence[Finder]:
        """What the search may use."""
        raise NotImplementedError

    def help(self) -> Sequence[Use]:
        """Uses that the conclusion begins with."""
        return ()

    def visible(self) -> Data:
        """What is to be left of an inequality, by the look of it >= 0, > 0 or not 0."""
        return "0"

    def step(self, **given: Data) -> None:
        """One more, as the kernel reads it; an underscore stands for what Python keeps."""
        data: Fields = {x.rstrip("_").replace("_", "-"): y for x, y in given.items()}
        step(self.proof, data)
        self.steps.append(data)

    def keep(self, of: str, name: str, finders: Sequence[Finder]) -> None:
        """A start relation holds always."""
        fact = self.proof.facts[of]
        by = self.closed(self._flow().of(fact.poly), fact.indices, finders, start=(of,))
        self.step(rule="keep", of=[{"use": of, "name": name, "by": by}])

    def closed(
        self,
        p: Poly,
        indices: Sequence[Index],
        finders: Sequence[Finder],
        start: Sequence[str] = (),
        before: Sequence[Use] = (),
        known: dict[str, Fact] | None = None,
    ) -> list[Use]:
        """Given uses first, then what matches. Raises NotGeneric with what is left over."""
        scope, facts = self.proof.scope(), known or self.proof.facts
        for x in indices:
            scope = scope.under(x)
        for _, made in uses(list(before), scope, facts):
            p = p - made
        first, p = self.first(p)
        by, rest = close(p, scope, facts, finders, start, self.most)
        for _ in range(ENDS):
            apart = self.apart(rest, indices) if rest.terms else None
            if apart is None:
                break
            facts = {**self.proof.facts, **facts}
            ((_, made),) = uses([apart], scope, facts)
            more, rest = close(rest - made, scope, facts, finders, start, self.most)
            by += [apart, *more]
        if rest.terms:
            raise NotGeneric(f"{len(rest.terms)} terms are left over")
        return [*before, *first, *by]

    def first(self, p: Poly) -> tuple[list[Use], Poly]:
        """Uses that need no search, and what they leave."""
        return [], p

    def apart(self, p: Poly, indices: Sequence[Index]) -> Use | None:
        """A further step that the search did not try, with its use."""
        return None

    def _flow(self) -> Derivation:
        if self.proof.flow is None:
            raise NotGeneric("a law where nothing moves")
        return self.proof.flow

    def _concluded(self, name: str, given: Fields) -> list[Use]:
        indices, scope = self.proof.scope().bound(given, "for")
        if "what" not in given:
            (sides,) = (given[x] for x in RELATIONS if x in given)
            left, right = scope.pair(sides)
            p = left.poly - right.poly
            p = p - scope.term(self.visible()).poly if "eq" not in given else p
        elif "times" in given:
            a, b, c = (scope.term(given[x]).poly for x in ("what", "times", "is"))
            p = a * b - c
        else:
            what = scope.term(given["what"])
            p = self._flow().of(what.poly)
            if "cofactor" in given:
                c = scope.term(given["cofactor"]).poly
                n = 2 if given["kind"] == "keeps-sign-squared" else 1
                p = p.power(n) - c * what.poly.power(n)
            if "rate" in given:
                p = p - scope.term(given["rate"]).poly * what.poly
        by: Any = self.closed(p, tuple(indices), self.finders(), before=self.help())
        conclusion(self.proof, name, {**given, "by": by}, True)
        return by
