"""The setting, the facts so far, and what is stated under indices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from verify.kernel.affine import Index, Symbol
from verify.kernel.facts import RELATIONS, Fact, closed, uses
from verify.kernel.letters import Letter
from verify.kernel.limits import At, Refused, need
from verify.kernel.load import Data, new
from verify.kernel.motion import Derivation
from verify.kernel.read import Scope
from verify.kernel.ring import Poly, unit
from verify.kernel.terms import Term

Given = dict[str, Data]


class Setting:
    """All that is declared, in its order, with what the kernel derives from it."""

    def __init__(self) -> None:
        self.names: dict[str, Symbol] = {}
        self.taken: frozenset[str] = frozenset()
        self.facts: dict[str, Fact] = {}
        self.objective: Term | None = None
        self.flow: Derivation | None = None
        self.gain: dict[Letter, Poly] | None = None  # of parameters, in one step
        self.rates: dict[Letter, Poly] = {}  # of parameters
        self.speeds = False
        self.along = unit(None)  # what dd is times
        self.fibre: Fact | None = None  # what determines a motion on a fibre

    def scope(self, *indices: Index) -> Scope:
        """What names mean under these indices."""
        return Scope(self, self.names).under(*indices)

    def declare(self, x: Symbol) -> None:
        """A name for one thing, once."""
        new(x.name)
        need(x.name not in self.names, f"the name {x.name} is declared twice")
        self.names[x.name] = x

    def letters(self, *roles: str) -> list[Letter]:
        """Letters with one of these roles, in their order; all, if none is named."""
        found = [x for x in self.names.values() if isinstance(x, Letter)]
        return [x for x in found if x.role in roles or not roles]


class Proof:
    """The setting, and the facts so far; a step only adds to them."""

    def __init__(self, setting: Setting) -> None:
        self.setting, self.facts = setting, dict(setting.facts)

    def scope(self, *indices: Index) -> Scope:
        """What names mean under these indices."""
        return self.setting.scope(*indices)

    def flow(self) -> Derivation:
        """The derivation along the flow; refused where nothing flows."""
        if self.setting.flow is None:
            raise Refused("needs a gradient flow")
        return self.setting.flow

    def add(self, fact: Fact) -> None:
        """A fact under a new name."""
        need(fact.name not in self.facts, f"the fact {fact.name} is stated twice")
        self.facts[fact.name] = fact


class Stated:
    """What a step, a hypothesis or a conclusion says under its indices."""

    def __init__(self, proof: Proof, given: Given, name: str, rule: str = "") -> None:
        self.proof, self.given, self.name, self.rule = proof, given, name, rule
        self.indices, self.scope = proof.scope().bound(given, "for")

    def goal(self) -> Fact:
        """Its sides in the one relation that it states; not known yet."""
        found = [x for x in RELATIONS if x in self.given]
        need(len(found) == 1, f"expected one of {', '.join(RELATIONS)}")
        return self.fact(self.scope.pair(self.given[found[0]]), RELATIONS[found[0]])

    def fact(self, sides: tuple[Term, Term], relation: str = "=", *over: Index) -> Fact:
        """These sides are in this relation, for all values of its indices."""
        p, indices = sides[0].poly - sides[1].poly, [*over, *self.indices]
        return Fact(self.name, indices, p, self.rule, relation, sides=sides)

    def law(self, p: Poly, *terms: Term) -> Fact:
        """p = 0, which is said of terms."""
        return Fact(self.name, self.indices, p, self.rule, terms=terms)

    def closed(
        self,
        p: Poly,
        relation: str = "=",
        by: str = "by",
        scope: Scope | None = None,
        more: Mapping[str, Fact] | None = None,
    ) -> None:
        """LIN: p = 0, or in another relation, by the uses of a field."""
        with At(by):
            known = {**self.proof.facts, **(more or {})}
            closed(p, uses(self.given[by], scope or self.scope, known), relation)


#: checks a step, and returns the facts that it adds
Rule = Callable[[Stated], Iterable[Fact]]
