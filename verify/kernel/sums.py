"""What is stated, and rules of sums and of induction over an index: lin, induct, peel."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from verify.kernel.affine import Affine, Index, Interval, single
from verify.kernel.declared import Setting
from verify.kernel.facts import RELATIONS, Fact, closed, difference, goal, uses
from verify.kernel.limits import At, Refused, need
from verify.kernel.load import Data, flag, items, name, one_of
from verify.kernel.motion import Derivation
from verify.kernel.read import Scope
from verify.kernel.ring import Poly, total
from verify.kernel.scope import sure
from verify.kernel.terms import Term, term_of

Given = dict[str, Data]


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

    def __init__(self, proof: Proof, given: Given, name: str) -> None:
        self.proof, self.given, self.name = proof, given, name
        self.indices, self.scope = proof.scope().bound(given, "for")

    def goal(self, *allowed: str) -> tuple[str, tuple[Term, Term]]:
        """Its relation, one of these, and its sides."""
        return goal(self.given, self.scope, *allowed)

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

    def adds(
        self,
        rule: str,
        sides: tuple[Term, Term],
        relation: str = "=",
        p: Poly | None = None,
        over: tuple[Index, ...] = (),
    ) -> None:
        """The fact that the sides, or p, which is their difference, are in this relation."""
        p, indices = p or difference(sides), [*over, *self.indices]
        self.proof.add(Fact(self.name, indices, p, rule, relation, sides=sides))


Rule = Callable[[Stated], None]


def lin(s: Stated) -> None:
    """LIN: the goal is a sum of uses, and of what is visibly >= 0, > 0 or != 0 where that is the
    goal.
    """
    relation, sides = s.goal(*RELATIONS)
    s.closed(difference(sides), relation)
    s.adds("LIN", sides, relation)


def induct(s: Stated) -> None:
    """INDUCT: k runs from..to, from <= to, in no other range. The goal at the first k (down: last),
    and at the others from the goal at k-1 (down: k+1), with the same other indices.
    """
    down, over = flag(s.given, "down"), name(s.given["over"])
    k = next((x for x in s.indices if x.name == over), None)
    if k is None or not isinstance(k.kind, Interval):
        raise Refused(f"{over} runs through no interval")
    for x in s.indices:
        need(k not in x.kind.symbols(), f"the range of {x.name} mentions {over}")
    others = s.proof.scope(*(x for x in s.indices if x is not k))
    end, rest = _ends(k.kind, down)
    _, sides = s.goal("eq")
    p = difference(sides)
    s.closed(p.at({k: end}), "=", "base", others)
    new = Index(over, rest)
    before = p.at({k: single(new).plus(1 if down else -1)})
    known = {"IH@": Fact("IH@", (), before, "INDUCT")}
    s.closed(p.at({k: single(new)}), "=", "step", others.under(new), known)
    s.adds("INDUCT", sides)


def peel(s: Stated) -> None:
    """PEEL: where from <= to, a sum is its first (last) summand and the sum of the others."""
    found = s.scope.term(["sum", *items(s.given["sum"], 3)])
    v, p = found.head, found.parts[0].poly
    need(isinstance(v.kind, Interval), "the sum is over no interval")
    end, rest = _ends(v.kind, one_of(s.given["end"], "first", "last") == "last")
    right = p.at({v: end}) + total(v, rest, p)
    s.adds("PEEL", (found, term_of(right)), p=found.poly - right)


def _ends(kind: Interval, last: bool) -> tuple[Affine, Interval]:
    """The first (last) place of an interval that is surely inhabited, and the others."""
    need(sure(kind.high - kind.low), "the range is not surely inhabited")
    if last:
        return kind.high, Interval(kind.low, kind.high.plus(-1))
    return kind.low, Interval(kind.low.plus(1), kind.high)
