"""Rules of sums and of induction over an index: lin, induct, peel."""

from __future__ import annotations

from collections.abc import Callable

from verify.kernel.affine import Index, Interval, single
from verify.kernel.declared import Setting
from verify.kernel.facts import RELATIONS, Fact, closed, difference, goal, uses
from verify.kernel.limits import Refused, need
from verify.kernel.load import Data, fields, flag, items, name
from verify.kernel.read import Scope
from verify.kernel.ring import Poly, total
from verify.kernel.scope import sure
from verify.kernel.terms import Term, term_of


class Proof:
    """The setting, and the facts so far; a step only adds to them."""

    def __init__(self, setting: Setting) -> None:
        self.setting, self.facts = setting, dict(setting.facts)

    def scope(self) -> Scope:
        """Where no index is bound."""
        return self.setting.scope()


Given = dict[str, Data]
Rule = Callable[[Proof, Given, str], Fact]


def lin(proof: Proof, data: Given, what: str) -> Fact:
    """LIN: the goal is a sum of uses, and of what is visibly >= 0, > 0 or != 0 where that is the
    goal.
    """
    given = fields(data, what, "rule name by", "for eq ge gt ne")
    indices, scope = statement(proof, given, what)
    relation, sides = goal(given, scope, what, *RELATIONS)
    closed(difference(sides), uses(given["by"], scope, proof.facts, what), relation, what)
    return Fact(what, indices, difference(sides), "LIN", relation, sides=sides)


def statement(proof: Proof, given: Given, what: str) -> tuple[list[Index], Scope]:
    """The indices of a statement and what names mean under them."""
    return proof.scope().bound(given, "for", what)


def _without(proof: Proof, indices: list[Index], data: Data, what: str) -> tuple[Index, Scope]:
    """The index that is gone over, and what names mean under the others, which do not depend on
    it.
    """
    over = name(data, what)
    found = [x for x in indices if x.name == over]
    need(found and isinstance(found[0].kind, Interval), f"{what}: {over} runs through no interval")
    scope = proof.scope()
    for x in indices:
        need(found[0] not in x.kind.symbols(), f"{what}: the range of {x.name} mentions {over}")
        scope = scope if x is found[0] else scope.under(x)
    return found[0], scope


def induct(proof: Proof, data: Given, what: str) -> Fact:
    """INDUCT: k runs from..to, from <= to, in no other range. The goal at the first k (down: last),
    and at the others from the goal at k-1 (down: k+1), with the same other indices.
    """
    given = fields(data, what, "rule name for over base step eq", "down")
    down = flag(given, "down")
    indices, scope = statement(proof, given, what)
    k, others = _without(proof, indices, given["over"], what)
    assert isinstance(k.kind, Interval)
    need(sure(k.kind.high - k.kind.low), f"{what}: the range of {k.name} is not surely inhabited")
    relation, sides = goal(given, scope, what, "eq")
    p = difference(sides)
    end = k.kind.high if down else k.kind.low
    base = uses(given["base"], others, proof.facts, f"{what}: base")
    closed(p.at({k: end}), base, relation, f"{what}: base")
    rest = (
        Interval(k.kind.low, k.kind.high.plus(-1))
        if down
        else Interval(k.kind.low.plus(1), k.kind.high)
    )
    new = Index(k.name, rest)
    before = single(new).plus(1 if down else -1)
    known = {**proof.facts, "IH@": Fact("IH@", (), p.at({k: before}), "INDUCT", relation)}
    step = uses(given["step"], others.under(new), known, f"{what}: step")
    closed(p.at({k: single(new)}), step, relation, f"{what}: step")
    return Fact(what, indices, p, "INDUCT", relation, sides=sides)


def _interval_sum(given: Given, scope: Scope, what: str) -> tuple[Term, Index, Interval, Poly]:
    """A sum over an interval: the term, its index, the interval, what is summed."""
    found = scope.term(["sum", *items(given["sum"], what, 3)], what)
    assert found.index is not None
    if not isinstance(found.kind, Interval):
        raise Refused(f"{what}: the sum is over no interval")
    return found, found.index, found.kind, found.parts[0].poly


def _equal(what: str, indices: list[Index], left: Term, right: Poly, rule: str) -> Fact:
    sides = (left, term_of(right))
    return Fact(what, indices, left.poly - right, rule, sides=sides)


def peel(proof: Proof, data: Given, what: str) -> Fact:
    """PEEL: where from <= to, a sum is its first (last) summand and the sum of the others."""
    given = fields(data, what, "rule name sum end", "for")
    indices, scope = statement(proof, given, what)
    found, v, kind, p = _interval_sum(given, scope, what)
    need(sure(kind.high - kind.low), f"{what}: the range is not surely inhabited")
    need(given["end"] in ("first", "last"), f"{what}: end is first or last")
    last = given["end"] == "last"
    end = kind.high if last else kind.low
    rest = Interval(kind.low, end.plus(-1)) if last else Interval(end.plus(1), kind.high)
    return _equal(what, indices, found, p.at({v: end}) + total(v, rest, p), "PEEL")
