"""Facts, their uses, and LIN: a goal minus a sum of uses is the zero polynomial."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from verify.kernel.affine import Index
from verify.kernel.limits import LIMITS, need
from verify.kernel.load import Data, fields, flag, items, one_of, text
from verify.kernel.motion import summed
from verify.kernel.read import Scope
from verify.kernel.ring import Poly
from verify.kernel.scope import placed
from verify.kernel.signs import visibly_nonnegative, visibly_nonzero, visibly_positive
from verify.kernel.terms import Term

VISIBLY = {">=": visibly_nonnegative, ">": visibly_positive, "!=": visibly_nonzero}
RELATIONS = {"eq": "=", "ge": ">=", "gt": ">", "ne": "!="}


class Fact:
    """For all values of its indices: p = 0, >= 0, > 0 or != 0; always, or at the start only.

    `sides` are its terms, for the sentence and the point; `rule` says whence it is.
    """

    __slots__ = ("indices", "name", "poly", "relation", "rule", "sides", "time", "used")

    def __init__(
        self,
        name: str,
        indices: Sequence[Index],
        poly: Poly,
        rule: str,
        relation: str = "=",
        time: str = "always",
        sides: tuple[Term, Term] | None = None,
    ) -> None:
        need(relation == "=" or poly.shape is None, f"{name}: matrices are equal, or nothing")
        self.name, self.indices, self.poly, self.rule = name, tuple(indices), poly, rule
        self.relation, self.time, self.sides, self.used = relation, time, sides, False


class Use:
    """A fact at indices, between two cofactors, summed: what it adds."""

    __slots__ = ("fact", "left", "poly", "right")

    def __init__(self, fact: Fact, poly: Poly, left: Term | None, right: Term | None) -> None:
        self.fact, self.poly, self.left, self.right = fact, poly, left, right


def goal(
    data: dict[str, Data], scope: Scope, what: str, *allowed: str
) -> tuple[str, tuple[Term, Term]]:
    """The relation that a statement claims and its sides."""
    found = [x for x in RELATIONS if x in data]
    need(len(found) == 1 and found[0] in allowed, f"{what}: expected one of {', '.join(allowed)}")
    sides = scope.pair(data[found[0]], what)
    relation = RELATIONS[found[0]]
    need(relation == "=" or sides[0].poly.shape is None, f"{what}: an order between matrices")
    return relation, sides


def difference(sides: tuple[Term, Term]) -> Poly:
    """Left minus right."""
    return sides[0].poly - sides[1].poly


def uses(
    data: Data, scope: Scope, known: Mapping[str, Fact], what: str, start: Iterable[str] = ()
) -> list[Use]:
    """A list of uses; of facts that hold at the start only those that are named."""
    found = items(data, f"{what}: by")
    need(len(found) <= LIMITS["declared"], f"{what}: too many uses")
    return [_use(x, scope, known, what, start) for x in found]


def named(data: Data, known: Mapping[str, Fact], what: str) -> Fact:
    """A fact by its name; it counts as used."""
    name = text(data, what)
    need(name in known, f"{what}: there is no fact {name[:40]!r}")
    known[name].used = True
    return known[name]


def _use(
    data: Data, scope: Scope, known: Mapping[str, Fact], what: str, start: Iterable[str]
) -> Use:
    given = fields(data, f"{what}: a use", "use", "at left right mark tr sum")
    fact = named(given["use"], known, what)
    name = fact.name
    need(
        fact.time == "always" or name in start,
        f"{what}: {name} holds at the start only; KEEP lifts it",
    )
    indices, inner = scope.bound(given, "sum", what)
    at = [inner.entry(a, what) for a in items(given.get("at", []), what)]
    need("at" not in given or at, f"{what}: no indices at all: leave `at` out")
    poly = fact.poly.at(placed(fact.indices, at, f"{what}: {name}"))
    left = inner.term(given["left"], what) if "left" in given else None
    right = inner.term(given["right"], what) if "right" in given else None
    trace = flag(given, "tr")
    if "mark" in given:
        one_of(given["mark"], what, "H")
        need(poly.shape, f"{what}: {name} is about numbers: no mark")
        poly = poly.star()
    if fact.relation != "=":
        plain = not (right or trace or "mark" in given)
        need(plain, f"{what}: {name} is an inequality: no right, mark or tr")
        need(
            left is None or visibly_nonnegative(left.poly),
            f"{what}: {name} is an inequality: its cofactor is not visibly >= 0",
        )
    poly = left.poly * poly if left else poly
    poly = poly * right.poly if right else poly
    return Use(fact, summed(indices, poly.trace() if trace else poly), left, right)


def closed(p: Poly, used: Sequence[Use], relation: str, what: str) -> None:
    """LIN: p minus the uses is 0 by RING, or, to show >=, > or !=, visibly so; = and != need
    equations, >= and > allow >= and >.
    """
    allowed = ("=",) if relation in ("=", "!=") else ("=", ">=", ">")
    for x in used:
        need(
            x.fact.relation in allowed,
            f"{what}: {'an equation' if relation == '=' else 'an order'} does not follow from"
            f" {x.fact.name}, which says {x.fact.relation}",
        )
        p = p - x.poly
    if relation == "=":
        need(not p.terms, f"{what}: the uses do not close it by RING")
    else:
        need(
            VISIBLY[relation](p),
            f"{what}: the uses do not close it: what is left is not visibly {relation} 0",
        )
