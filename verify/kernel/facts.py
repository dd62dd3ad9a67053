"""Facts, their uses, and LIN: a goal minus a sum of uses is the zero polynomial."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from verify.kernel.affine import Index
from verify.kernel.limits import LIMITS, At, need
from verify.kernel.load import Data, fields, flag, items, one_of, text
from verify.kernel.motion import summed
from verify.kernel.read import Scope
from verify.kernel.ring import Poly, visibly_nonnegative, visibly_nonzero, visibly_positive
from verify.kernel.scope import placed
from verify.kernel.terms import Term

#: how it is seen that a polynomial is = 0 (by RING), >= 0, > 0, != 0
VISIBLY = {
    "=": lambda p: not p.terms,
    ">=": visibly_nonnegative,
    ">": visibly_positive,
    "!=": visibly_nonzero,
}
RELATIONS = {"eq": "=", "ge": ">=", "gt": ">", "ne": "!="}


class Fact:
    """For all values of its indices: p = 0, >= 0, > 0 or != 0; always, or at the start only.

    `sides` are its terms, for the sentence and the point; `rule` says whence it is, of what is
    concluded its kind; `terms` are what its sentence speaks of.
    """

    __slots__ = ("indices", "name", "poly", "relation", "rule", "sides", "terms", "time", "used")

    def __init__(
        self,
        name: str,
        indices: Sequence[Index],
        poly: Poly,
        rule: str,
        relation: str = "=",
        time: str = "always",
        sides: tuple[Term, Term] | None = None,
        terms: Sequence[Term] = (),
    ) -> None:
        need(relation == "=" or poly.shape is None, "an order between matrices")
        self.name, self.indices, self.poly, self.rule = name, tuple(indices), poly, rule
        self.relation, self.time, self.sides, self.used = relation, time, sides, False
        self.terms = sides or terms


class Use:
    """A fact at indices, between two cofactors, summed: what it adds."""

    __slots__ = ("fact", "left", "poly", "right")

    def __init__(self, fact: Fact, poly: Poly, left: Term | None, right: Term | None) -> None:
        self.fact, self.poly, self.left, self.right = fact, poly, left, right


def uses(
    data: Data, scope: Scope, known: Mapping[str, Fact], start: Iterable[str] = ()
) -> list[Use]:
    """A list of uses; of facts that hold at the start only those that are named."""
    found = items(data)
    need(len(found) <= LIMITS["declared"], "too many uses")
    return [_use(x, scope, known, start) for x in found]


def named(data: Data, known: Mapping[str, Fact]) -> Fact:
    """A fact by its name; it counts as used."""
    name = text(data)
    need(name in known, f"there is no fact {name[:40]!r}")
    known[name].used = True
    return known[name]


def _use(data: Data, scope: Scope, known: Mapping[str, Fact], start: Iterable[str]) -> Use:
    given = fields(data, "use", "at left right mark tr sum")
    fact = named(given["use"], known)
    with At(fact.name):
        return _made(given, scope, fact, start)


def _made(given: dict[str, Data], scope: Scope, fact: Fact, start: Iterable[str]) -> Use:
    lasts = fact.time == "always" or fact.name in start
    need(lasts, "it holds at the start only; KEEP lifts it")
    indices, inner = scope.bound(given, "sum")
    at = [inner.entry(a) for a in items(given.get("at", []))]
    need("at" not in given or at, "no indices at all: leave `at` out")
    poly = fact.poly.at(placed(fact.indices, at))
    left = inner.term(given["left"]) if "left" in given else None
    right = inner.term(given["right"]) if "right" in given else None
    trace = flag(given, "tr")
    if "mark" in given:
        one_of(given["mark"], "H")
        need(poly.shape, "it is about numbers: no mark")
        poly = poly.star()
    if fact.relation != "=":
        plain = not (right or trace or "mark" in given)
        need(plain, "an inequality: no right, mark or tr")
        good = left is None or visibly_nonnegative(left.poly)
        need(good, "an inequality: its cofactor is not visibly >= 0")
    poly = left.poly * poly if left else poly
    poly = poly * right.poly if right else poly
    return Use(fact, summed(indices, poly.trace() if trace else poly), left, right)


def closed(p: Poly, used: Sequence[Use], relation: str) -> None:
    """LIN: p minus the uses is 0 by RING, or, to show >=, > or !=, visibly so; = and != need
    equations, >= and > allow >= and >.
    """
    allowed = ("=",) if relation in ("=", "!=") else ("=", ">=", ">")
    for x in used:
        says = x.fact.relation
        goal = "an equation" if relation == "=" else "an order"
        need(says in allowed, f"{goal} does not follow from {x.fact.name}, which says {says}")
        p = p - x.poly
    seen = "0 by RING" if relation == "=" else f"visibly {relation} 0"
    need(VISIBLY[relation](p), f"the uses do not close it: what is left is not {seen}")
