"""Rules of motion: keep, constant, start, rate. All but START need a gradient flow."""

from __future__ import annotations

from fractions import Fraction

from verify.kernel.affine import single
from verify.kernel.facts import Fact, Use, closed, named, uses
from verify.kernel.limits import Refused, need
from verify.kernel.load import fields, items, name, text
from verify.kernel.motion import Derivation
from verify.kernel.read import under
from verify.kernel.ring import Poly
from verify.kernel.sums import Given, Proof, statement
from verify.kernel.terms import Term, letter_at, started


def flowing(proof: Proof, what: str) -> Derivation:
    """The derivation along the flow; refused where nothing flows."""
    if proof.setting.flow is None:
        raise Refused(f"{what}: needs a gradient flow")
    return proof.setting.flow


def smooth(p: Poly) -> bool:
    """Continuous in time by the roles of its letters: no free letter."""
    return not p.mentions(lambda x: not x.smooth)


def keep(proof: Proof, data: Given, what: str) -> None:
    """KEEP: start relations p_j = 0 whose derivatives are sums of uses of always facts and, with
    continuous cofactors, of the p_i themselves: a linear equation, so p_j = 0 at all times.
    """
    flow = flowing(proof, what)
    given = fields(data, what, "rule of")
    rows = [fields(x, what, "use name by") for x in items(given["of"], what)]
    need(rows, f"{what}: nothing to keep")
    names = [text(x["use"], what) for x in rows]
    need(len(set(names)) == len(names), f"{what}: a relation twice")
    kept = []
    for row, of in zip(rows, names, strict=True):
        fact, new = named(of, proof.facts, what), name(row["name"], what)
        need(fact.relation == "=" and fact.time == "start", f"{what}: {of} is no start equation")
        scope = under(proof.scope(), fact.indices)
        used = uses(row["by"], scope, proof.facts, f"{what}: {of}", names)
        for x in used:
            need(
                x.fact.time == "always" or _continuous(x),
                f"{what}: a cofactor at {x.fact.name} that is not continuous by its role",
            )
        closed(flow.of(fact.poly), used, "=", f"{what}: the derivative of {of}")
        kept.append(Fact(new, fact.indices, fact.poly, "KEEP", sides=fact.sides))
    for fact in kept:
        add(proof, fact)


def _continuous(x: Use) -> bool:
    return all(side is None or smooth(side.poly) for side in (x.left, x.right))


def add(proof: Proof, fact: Fact) -> None:
    """A fact under a new name."""
    need(fact.name not in proof.facts, f"the fact {fact.name} is stated twice")
    proof.facts[fact.name] = fact


def constant(proof: Proof, data: Given, what: str) -> Fact:
    """CONSTANT: D p is a sum of uses, so p = start(p)."""
    given = fields(data, what, "rule name what by", "for")
    flow = flowing(proof, what)
    indices, scope = statement(proof, given, what)
    term = scope.term(given["what"], what)
    closed(flow.of(term.poly), uses(given["by"], scope, proof.facts, what), "=", what)
    begun = Term("start", started(term.poly), [term])
    return Fact(what, indices, term.poly - begun.poly, "CONSTANT", sides=(term, begun))


def start(proof: Proof, data: Given, what: str) -> Fact:
    """START: what holds always, or at the start, holds for the start values, which stay."""
    given = fields(data, what, "rule name use")
    flowing(proof, what)
    fact = named(given["use"], proof.facts, what)
    sides = None
    if fact.sides:
        a, b = (Term("start", started(x.poly), [x]) for x in fact.sides)
        sides = a, b
    return Fact(what, fact.indices, started(fact.poly), "START", fact.relation, sides=sides)


def rate(proof: Proof, data: Given, what: str) -> None:
    """RATE: always y = p at all indices of y, a root or free letter without a rate, not in p, and p
    has a derivative: it is the one of y.
    """
    given = fields(data, what, "rule use of")
    flow, fact = flowing(proof, what), named(given["use"], proof.facts, what)
    lasts = fact.relation == "=" and fact.time == "always"
    need(lasts, f"{what}: {fact.name} is no equation that lasts")
    y = proof.scope().letter(given["of"], what, "root", "free")
    need(y not in flow.table and not y.fixed, f"{what}: {y.name} has a rate")
    same = [x.kind for x in fact.indices] == [x.kind for x in y.indices]
    need(same, f"{what}: the fact is not for all indices of {y.name}")
    own = letter_at(y, [single(x) for x in fact.indices])
    c = fact.poly.terms.get(next(iter(own.terms)))
    need(c, f"{what}: {fact.name} does not say what {y.name} is")
    assert c
    p = own - fact.poly.times(Fraction(1) / c)
    need(not p.mentions(lambda x: x is y), f"{what}: {y.name} on both sides")
    flow.table[y] = flow.of(p).at(
        {x: single(z) for x, z in zip(fact.indices, y.indices, strict=True)}
    )
