"""Facts, their uses, and LIN: a goal minus a sum of uses is the zero polynomial; the setting, the
facts so far, and what is stated under indices.
"""

from collections.abc import Iterable, Mapping, Sequence

from verify.kernel.affine import Index, Symbol
from verify.kernel.letters import Letter
from verify.kernel.limits import Any, At, Refused, limited, need
from verify.kernel.load import Data, fields, flag, items, new, one_of, text
from verify.kernel.motion import Derivation, summed
from verify.kernel.names import placed
from verify.kernel.read import Scope
from verify.kernel.ring import Poly, unit, visibly_nonnegative, visibly_nonzero, visibly_positive
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

    time, used = "always", False

    def __init__(
        self,
        name: str,
        indices: Sequence[Index],
        poly: Poly,
        rule: str,
        relation: str = "=",
        sides: tuple[Term, Term] | None = None,
        terms: Sequence[Term] = (),
    ) -> None:
        need(relation == "=" or poly.shape is None, "an order between matrices")
        self.name, self.indices, self.poly, self.rule = name, tuple(indices), poly, rule
        self.relation, self.sides, self.terms = relation, sides, sides or terms


#: a fact at indices, between two cofactors, summed: and what it adds
Use = tuple[Fact, Poly]


def uses(
    data: Data, scope: Scope, known: Mapping[str, Fact], start: Iterable[str] = ()
) -> list[Use]:
    """A list of uses; of facts that hold at the start those that are named, by continuous cofactors
    only.
    """
    rows, found = items(data), []
    limited(len(rows), "declared")
    for row in rows:
        given = fields(row, "use", "at left right mark tr sum")
        fact = named(given["use"], known)
        with At(fact.name):
            found.append((fact, _made(given, scope, fact, fact.name in start)))
    return found


def named(data: Data, known: Mapping[str, Fact]) -> Fact:
    """A fact by its name; it counts as used."""
    name = text(data)
    need(name in known, f"there is no fact {name[:40]!r}")
    known[name].used = True
    return known[name]


def _made(given: dict[str, Data], scope: Scope, fact: Fact, lifted: bool) -> Poly:
    indices, inner = scope.bound(given, "sum")
    at = [inner.entry(a) for a in items(given.get("at", []))]
    need("at" not in given or at, "no indices at all: leave `at` out")
    poly = fact.poly.at(placed(fact.indices, at))
    left, right = (inner.term(given[x]).poly if x in given else None for x in ("left", "right"))
    if fact.time == "start":
        need(lifted, "it holds at the start only; KEEP lifts it")
        smooth = all(x.smooth() for x in (left, right) if x)
        need(smooth, "a cofactor that is not continuous by its role")
    trace = flag(given, "tr")
    if "mark" in given:
        need(poly.shape, "it is about numbers: no mark")
        poly = poly.star("HCT".index(one_of(given["mark"], *"HCT")) + 1)
    if fact.relation != "=":
        plain = not (right or trace or "mark" in given)
        need(plain, "an inequality: no right, mark or tr")
        good = left is None or visibly_nonnegative(left)
        need(good, "an inequality: its cofactor is not visibly >= 0")
    poly = left * poly if left else poly
    poly = poly * right if right else poly
    return summed(indices, poly.trace() if trace else poly)


def closed(p: Poly, used: Sequence[Use], relation: str) -> None:
    """LIN: p minus the uses is 0 by RING, or, to show >=, > or !=, visibly so; = and != need
    equations, >= and > allow >= and >.
    """
    allowed = ("=",) if relation in ("=", "!=") else ("=", ">=", ">")
    for fact, poly in used:
        says = fact.relation
        goal = "an equation" if relation == "=" else "an order"
        need(says in allowed, f"{goal} does not follow from {fact.name}, which says {says}")
        p = p - poly
    seen = "0 by RING" if relation == "=" else f"visibly {relation} 0"
    need(VISIBLY[relation](p), f"the uses do not close it: what is left is not {seen}")


Given = dict[str, Data]


class Setting:
    """All that is declared, in its order, what the kernel derives from it, and the facts so far."""

    def __init__(self) -> None:
        self.names: dict[str, Symbol] = {}
        self.taken: frozenset[str] = frozenset()
        self.facts: dict[str, Fact] = {}
        self.objective: Term | None = None
        self.flow: Derivation | None = None
        self.gain: dict[Letter, Poly] | None = None  # of parameters, in one step
        self.rates: dict[Letter, Poly] = {}  # of parameters
        self.speeds = self.paths = False
        self.along = unit(None)  # what dd is times
        self.fibre: Fact | None = None  # what determines a motion on a fibre

    def scope(self, *indices: Index) -> Scope:
        """What names mean under these indices."""
        return Scope(self, self.names).under(*indices)

    def moving(self) -> Derivation:
        """The derivation along the flow; refused where nothing flows."""
        if self.flow is None:
            raise Refused("needs a gradient flow")
        return self.flow

    def add(self, fact: Fact) -> None:
        """A fact under a new name."""
        need(fact.name not in self.facts, f"the fact {fact.name} is stated twice")
        self.facts[fact.name] = fact

    def assumed(self) -> list[Fact]:
        return [f for f in self.facts.values() if f.rule == "hypothesis"]

    def derived(self) -> list[Fact]:
        """What steps have added."""
        return [f for f in self.facts.values() if f.rule not in ("setting", "hypothesis")]

    def declare(self, x: Any) -> Any:
        """A name for one thing, once: a symbol, which is returned."""
        new(x.name)
        need(x.name not in self.names, f"the name {x.name} is declared twice")
        self.names[x.name] = x
        return x

    def letters(self, *roles: str) -> list[Letter]:
        """Letters with one of these roles, in their order; all, if none is named."""
        found = [x for x in self.names.values() if isinstance(x, Letter)]
        return [x for x in found if x.role in roles or not roles]


class Stated:
    """What a step, a hypothesis or a conclusion says under its indices."""

    def __init__(self, setting: Setting, given: Given, name: str, rule: str = "") -> None:
        self.setting, self.given, self.name, self.rule = setting, given, name, rule
        self.indices, self.scope = setting.scope().bound(given, "for")

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
            known = {**self.setting.facts, **(more or {})}
            closed(p, uses(self.given[by], scope or self.scope, known), relation)
