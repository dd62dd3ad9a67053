"""What an enclosure says: a quantity stays above or below a bound for all later times."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from verify.claims.claim import Claim
from verify.claims.conclusions import Reaches, Throughout
from verify.claims.evidence import Decided, Followed
from verify.exact.errors import BadInput
from verify.integrate.enclosure import Enclosure
from verify.integrate.system import Quantity, System
from verify.integrate.trace import measured
from verify.integrate.written_program import nodes_of, outputs_of
from verify.models.until import Until
from verify.theories.enclosures.enclosing import Excluded
from verify.theories.enclosures.ending import as_event, cut, not_yet


@dataclass(frozen=True, slots=True)
class Fact:
    """The quantity is ``relation`` (">" or "<") ``bound`` at every clock time of [after, horizon],
    or it is the bound ("=") at the start.

    ``quantity`` is a name in System.quantities or a function (x, moment) -> scalar; ``name`` and
    ``words`` are labels.
    """

    name: str
    quantity: str | Quantity
    relation: str
    bound: Fraction
    after: Fraction = Fraction(0)
    words: str = ""


def stated(label: str, system: System, fact: Fact) -> dict[str, Any]:
    quantity: Any = fact.quantity
    if isinstance(quantity, str):
        if quantity not in system.quantities:
            raise BadInput(
                f"{label}: no quantity {quantity!r}; expected one of {', '.join(system.quantities)}"
            )
        quantity = system.quantities[quantity]
    if fact.relation not in ("<", ">") and (fact.relation, fact.after) != ("=", 0):
        raise BadInput(
            f'{label}: the relation of {fact.name} is {fact.relation!r}; expected ">" or "<", or'
            ' "=" at the start'
        )
    for name, x in (("bound", fact.bound), ("after", fact.after)):
        if not isinstance(x, (int, Fraction)) or isinstance(x, bool):
            raise BadInput(
                f"{label}: {name} of {fact.name} is {x!r}; expected an int or Fraction: write"
                " Fraction(1, 10) for 0.1"
            )
    found = measured(system, [quantity])
    return {
        "name": fact.name,
        "words": fact.words,
        "nodes": nodes_of(found),
        "value": outputs_of(found.values)[0],
        "relation": fact.relation,
        "bound": str(fact.bound),
        "after": str(fact.after),
    }


def facts_of(
    claim: Claim, f: Followed, held: Collection[str], until: Until | None = None
) -> list[Fact]:
    """What the enclosure from one start decided of the conclusions in ``held``, for its
    certificate; and that what ends the setting has come.
    """
    lasting = {n: c for n, c in claim.concluding.items() if isinstance(c, Throughout) and n in held}
    if until is None or f.event is None or not lasting:
        return facts(lasting)
    return [*facts(lasting), ending(until, f.event.since)]


def facts(stated: Mapping[str, Throughout]) -> list[Fact]:
    return [
        Fact(c.quantity, c.quantity, c.relation, Fraction(c.bound), Fraction(c.after), n)
        for n, c in stated.items()
    ]


def against(
    f: Followed, witness: Excluded, until: Until | None = None
) -> tuple[str, System, Any, list[Any]]:
    """The enclosure up to the part of a link that excludes the conclusion, and the opposite
    inequality on that part; or its first link, and that the quantity begins at its bound. And that
    what ends the setting has not come yet.
    """
    conclusion, d = witness.sentence.conclusion, witness.found
    if not d.until:
        assert f.enclosure is not None
        return (f.label, f.system, up_to(f, f.enclosure.links[0].end), [at_its_bound(conclusion)])
    early = facts({"not yet": not_yet(until)}) if until else []
    return (f.label, f.system, up_to(f, d.until), [opposite(conclusion, d.since), *early])


def reached(f: Followed, conclusion: Reaches, d: Decided) -> tuple[str, System, Any, list[Any]]:
    """The enclosure up to an event, and the inequality on the part where it is seen."""
    return (f.label, f.system, up_to(f, d.until), [event(conclusion, d.since)])


def ending(until: Until, since: Fraction) -> Fact:
    """That it has come."""
    return event(as_event(until, Fraction(1)), since)


def event(conclusion: Reaches, since: Fraction) -> Fact:
    bound = Fraction(conclusion.bound)
    name = conclusion.quantity
    return Fact(name, name, conclusion.relation, bound, since, "reached")


def up_to(f: Followed, until: Fraction) -> Enclosure:
    """Only to that time."""
    assert f.enclosure is not None
    return cut(f.enclosure, until)


def at_its_bound(conclusion: Any) -> Fact:
    name = conclusion.quantity
    return Fact(name, name, "=", Fraction(conclusion.bound), Fraction(0), "excluded")


def opposite(conclusion: Any, since: Fraction) -> Fact:
    relation = "<" if conclusion.relation == ">" else ">"
    return Fact(
        conclusion.quantity,
        conclusion.quantity,
        relation,
        Fraction(conclusion.bound),
        since,
        "excluded",
    )
