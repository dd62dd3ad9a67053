"""Hypotheses and conclusions: conserved, equation, inequality, decay, keeps-sign."""

from __future__ import annotations

from collections.abc import Sequence

from verify.kernel.affine import Index
from verify.kernel.facts import RELATIONS, Fact, closed, difference, goal, uses
from verify.kernel.flows import flowing, smooth
from verify.kernel.letters import Letter
from verify.kernel.limits import Refused, need
from verify.kernel.load import Data, fields, one_of
from verify.kernel.motion import Derivation
from verify.kernel.read import Generic, under
from verify.kernel.ring import Poly
from verify.kernel.sums import Given, Proof, statement
from verify.kernel.terms import Term, letter_at

KINDS = {
    "conserved": "what",
    "equation": "eq",
    "inequality": "",
    "decay": "what rate",
    "keeps-sign": "what cofactor",
    "keeps-sign-squared": "what cofactor",
}


class Conclusion(Fact):
    """What is stated, with its obligation; `terms` are what the sentence speaks of."""

    __slots__ = ("kind", "terms")

    def __init__(
        self,
        name: str,
        kind: str,
        indices: Sequence[Index],
        terms: tuple[Term, ...],
        p: Poly,
        relation: str = "=",
    ) -> None:
        sides = (terms[0], terms[1]) if kind in ("equation", "inequality") else None
        super().__init__(name, indices, p, kind, relation, sides=sides)
        self.kind, self.terms = kind, terms


def hypothesis(proof: Proof, name: str, data: Data) -> Fact:
    """An assumption: at the start; or always, and then of constants and start values only, unless
    nothing moves.
    """
    given = fields(data, name, "time", "for eq ge gt ne")
    time = one_of(given["time"], f"{name}: time", "start", "always")
    indices, scope = statement(proof, given, name)
    relation, sides = goal(given, scope, name, "eq", "ge", "gt", "ne")
    p = difference(sides)
    need(
        not any(x.any("D", "next") for x in sides),
        f"{name}: a hypothesis about derivatives in time",
    )
    if proof.setting.flow is None:
        need(time == "always", f"{name}: nothing moves, so there is no start")
    elif time == "always":
        need(
            not p.mentions(lambda x: not x.fixed),
            f"{name}: letters that move: assume it at the start and keep it",
        )
    return Fact(name, indices, p, "hypothesis", relation, time, sides)


def conclusion(proof: Proof, name: str, data: Data, proved: bool) -> Conclusion:
    """Form the obligation, and close it by the uses where it is proved."""
    seen = data.get("kind") if isinstance(data, dict) else None
    kind = one_of(seen, f"{name}: kind", *KINDS)
    may = "for" + " ge gt ne" * (kind == "inequality")
    given = fields(data, name, f"kind {KINDS[kind]}" + (" by" if proved else ""), may)
    found = _stated(proof, name, kind, given)
    if proved:
        used = uses(given["by"], under(proof.scope(), found.indices), proof.facts, name)
        closed(found.poly, used, found.relation, name)
    return found


def _says(proof: Proof, name: str, given: Given, p: Poly) -> None:
    """Refuse what is 0 by RING, and still is under any other rates, and of no form."""
    s = proof.setting
    forms = [x for x in s.letters() if x.hermitian]
    rates = {
        x: letter_at(Letter("any@", "free", x.indices, x.shape(x.own())), x.own())
        for x in (s.flow.table if s.flow else s.rates)
        if x.role in ("parameter", "root", "free")
    }
    flow = s.flow and Derivation(s.made, rates)
    free = Generic(s.names, s.made, flow, s.taken, s.gain and rates)
    try:
        for x in forms:
            x.hermitian = False
        scope = free.bound(given, "for", name)[1]
        if "what" in given and flow:
            other = flow.of(scope.term(given["what"], name).poly)
        else:
            other = difference(goal(given, scope, name, *RELATIONS)[1])
    except Refused:
        return  # of a rate computed otherwise
    finally:
        for x in forms:
            x.hermitian = True
    said = p.terms.keys() | other.terms.keys()
    need(said, f"{name}: equal by RING, whatever moves, so it says nothing")
    sides = "eq" in given or "what" in given or said - {((), (), ())}  # 2 > 1
    need(sides, f"{name}: its sides differ by a number alone, whatever moves: it says nothing")


def _stated(proof: Proof, name: str, kind: str, given: Given) -> Conclusion:
    indices, scope = statement(proof, given, name)
    if kind in ("equation", "inequality"):
        allowed = ("eq",) if kind == "equation" else ("ge", "gt", "ne")
        relation, sides = goal(given, scope, name, *allowed)
        p = difference(sides)
        _says(proof, name, given, p)
        return Conclusion(name, kind, indices, sides, p, relation)
    flow = flowing(proof, name)
    what = scope.term(given["what"], name)
    p = flow.of(what.poly)
    if kind == "conserved":
        _says(proof, name, given, p)
        return Conclusion(name, kind, indices, (what,), p)
    factor = scope.real(given["rate" if kind == "decay" else "cofactor"], name)
    if kind == "decay":
        need(
            not factor.poly.mentions(lambda x: x.role != "constant"),
            f"{name}: the rate of a decay is made of constants",
        )
    else:
        need(what.poly.shape is None, f"{name}: a matrix has no sign")
        need(smooth(factor.poly), f"{name}: a cofactor that is not continuous by its role")
    if not factor.poly.terms:
        raise Refused(f"{name}: a rate 0: that is conserved")
    n = 2 if kind == "keeps-sign-squared" else 1  # |x'| <= C |x| as well
    p = p.power(n) - factor.poly * what.poly.power(n)
    return Conclusion(name, kind, indices, (what, factor), p)
