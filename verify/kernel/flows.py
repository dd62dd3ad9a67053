"""Rules of motion: keep, constant, start, rate. All but START need a gradient flow."""

from __future__ import annotations

from fractions import Fraction

from verify.kernel.affine import single
from verify.kernel.facts import Fact, Use, closed, named, uses
from verify.kernel.limits import At, need
from verify.kernel.load import fields, items, name, text
from verify.kernel.proof import Stated
from verify.kernel.ring import Poly, unit, visibly_positive
from verify.kernel.terms import Term, letter_at, started


def smooth(p: Poly) -> bool:
    """Continuous in time by the roles of its letters: no free letter."""
    return not p.mentions(lambda x: not x.smooth)


def keep(s: Stated) -> list[Fact]:
    """KEEP: start relations p_j = 0 whose derivatives are sums of uses of always facts and, with
    continuous cofactors, of the p_i themselves: a linear equation, so p_j = 0 at all times.
    """
    proof, flow = s.proof, s.proof.flow()
    rows = [fields(x, "use name by") for x in items(s.given["of"])]
    names = [text(x["use"]) for x in rows]
    need(rows and len(set(names)) == len(names), "nothing to keep, or a relation twice")
    kept = []
    for row, of in zip(rows, names, strict=True):
        fact = named(of, proof.facts)
        with At(f"the derivative of {of}"):
            need(fact.relation == "=" and fact.time == "start", "no start equation")
            used = uses(row["by"], proof.scope(*fact.indices), proof.facts, names)
            need(all(map(_lasts, used)), "a cofactor that is not continuous by its role")
            closed(flow.of(fact.poly), used, "=")
        kept.append(Fact(name(row["name"]), fact.indices, fact.poly, s.rule, sides=fact.sides))
    return kept


def _lasts(x: Use) -> bool:
    """Of what holds always, or continuous."""
    return x.fact.time == "always" or all(y is None or smooth(y.poly) for y in (x.left, x.right))


def clocked(s: Stated, *terms: Term) -> tuple[Term, ...]:
    """Terms of t alone, the last > 0: t' = 1, t > 0 alone moves, and all is always defined."""
    own = s.proof.setting
    t, *others = own.rates
    alone = not others and not t.indices and t.sign == ">"
    need(alone and own.rates[t].terms == unit(None).terms, "the time does not move alone")
    for x in own.letters():
        signed = x is not t and x.sign
        always = not signed or (x.role == "root" and visibly_positive(x.term.poly))
        need(always and x.role != "gate", f"{x.name} may not be defined always")
    for term in terms:
        need(not term.poly.mentions(lambda y: y is not t), f"not of {t.name} alone")
    need(visibly_positive(terms[-1].poly), "what is left is not visibly > 0")
    return terms


def constant(s: Stated) -> list[Fact]:
    """CONSTANT: D p is a sum of uses, so p = start(p)."""
    term = s.scope.term(s.given["what"])
    s.closed(s.proof.flow().of(term.poly))
    return [s.fact((term, _begun(term)))]


def _begun(t: Term) -> Term:
    return Term("start", started(t.poly), [t])


def start(s: Stated) -> list[Fact]:
    """START: what holds always, or at the start, holds for the start values, which stay."""
    s.proof.flow()
    fact = named(s.given["use"], s.proof.facts)
    sides = fact.sides and (_begun(fact.sides[0]), _begun(fact.sides[1]))
    return [Fact(s.name, fact.indices, started(fact.poly), s.rule, fact.relation, sides=sides)]


def rate(s: Stated) -> list[Fact]:
    """RATE: always y = p at all indices of y, a root or free letter without a rate, not in p, and p
    has a derivative: it is the one of y. Without `of`: always s = t, so D s is D t.
    """
    flow, fact = s.proof.flow(), named(s.given["use"], s.proof.facts)
    need(fact.relation == "=" and fact.time == "always", f"{fact.name} is no equation that lasts")
    if "of" not in s.given:
        need(fact.sides and not fact.indices, f"{fact.name} has indices, or no sides")
        assert fact.sides
        flow.known.append((fact.sides[0].poly, flow.of(fact.sides[1].poly)))
        return []
    y = s.scope.letter(s.given["of"], "root", "free")
    need(y not in flow.table and not y.fixed, f"{y.name} has a rate")
    same = [x.kind for x in fact.indices] == [x.kind for x in y.indices]
    need(same, f"the fact is not for all indices of {y.name}")
    own = letter_at(y, [single(x) for x in fact.indices])
    c = fact.poly.terms.get(next(iter(own.terms)), Fraction(0))
    need(c, f"{fact.name} does not say what {y.name} is")
    p = own - fact.poly.times(1 / c)
    need(not p.mentions(lambda x: x is y), f"{y.name} on both sides")
    flow.table[y] = flow.of(p).at(dict(zip(fact.indices, y.own(), strict=True)))
    return []
