"""Hypotheses and conclusions."""

from __future__ import annotations

from copy import copy

from verify.kernel.facts import RELATIONS, Fact, difference, goal
from verify.kernel.flows import clocked, smooth
from verify.kernel.letters import Base, Letter
from verify.kernel.limits import At, Refused, need
from verify.kernel.load import Data, chosen, fields, one_of
from verify.kernel.motion import Derivation
from verify.kernel.proof import Proof, Stated
from verify.kernel.ring import Poly, factor
from verify.kernel.terms import Term, letter_at

#: for each kind the fields that must stand there, those that may, and what is said of its terms
KINDS = {
    "conserved": ("what", "for", "{0} is conserved"),
    "equation": ("eq", "for", "{0} = {1}"),
    "inequality": ("", "for ge gt ne", "{0} {relation} {1}"),
    "decay": ("what rate", "for", "{0} = exp(({1}) t) times its value at the start"),
    "keeps-sign-squared": (
        "what cofactor", "for", "{0} keeps its sign, and stays 0 if it is 0: its derivative,"
        " squared, is ({1}) times its square",
    ),
    "not-exponential": (
        "what times is", "for", "|{0}| <= C exp(-c t) for no C and c > 0: times {1} it is {2}",
    ),
}  # fmt: skip
#: an unknown number
ANY = factor(Base(Letter("any@", "constant", fixed=True)))


class Conclusion(Fact):
    """What is stated, with its obligation; `terms` are what the sentence speaks of."""

    __slots__ = ("kind", "terms")

    def __init__(
        self, s: Stated, kind: str, terms: tuple[Term, ...], p: Poly, relation: str = "="
    ) -> None:
        sides = (terms[0], terms[1]) if kind in ("equation", "inequality") else None
        super().__init__(s.name, s.indices, p, kind, relation, sides=sides)
        self.kind, self.terms = kind, terms


def hypothesis(proof: Proof, name: str, data: Data) -> Fact:
    """An assumption: at the start; or always, and then of constants and start values only, unless
    nothing moves.
    """
    with At(name):
        s = Stated(proof, fields(data, "time", "for eq ge gt ne"), name)
        time = one_of(s.given["time"], "start", "always")
        relation, sides = s.goal(*RELATIONS)
        p = difference(sides)
        now = not any(x.any("D", "next") for x in sides)
        need(now, "a hypothesis about derivatives in time")
        moves = p.mentions(lambda x: not x.fixed)
        if proof.setting.flow is None:
            need(time == "always", "nothing moves, so there is no start")
        else:
            good = time == "start" or not moves
            need(good, "letters that move: assume it at the start and keep it")
        return Fact(name, s.indices, p, "hypothesis", relation, time, sides)


def conclusion(proof: Proof, name: str, data: Data, proved: bool) -> Conclusion:
    """Form the obligation, and close it by the uses where it is proved."""
    with At(name):
        by = " by" if proved else ""
        kind, given = chosen(data, "kind", {x: (y + by, z) for x, (y, z, _) in KINDS.items()})
        s = Stated(proof, given, name)
        found = _stated(s, kind)
        if proved:
            s.closed(found.poly, found.relation)
        return found


def _says(of: Stated, p: Poly) -> None:
    """Refuse what is 0 by RING, and still is under any other rates, and of no form."""
    s, given = of.proof.setting, of.given
    forms = [x for x in s.letters() if x.hermitian]
    rates = {
        x: letter_at(Letter("any@", "free", x.indices, x.size))
        for x in (s.flow.table if s.flow else s.rates)
        if x.role in ("parameter", "root", "free")
    }
    free = copy(s)
    free.along, free.gain = ANY, s.gain and rates
    free.flow = flow = s.flow and Derivation(rates)
    try:
        for x in forms:
            x.hermitian = False
        scope = free.scope().bound(given, "for")[1]
        if "what" in given and flow:
            other = flow.of(scope.term(given["what"]).poly)
        else:
            other = difference(goal(given, scope, *RELATIONS)[1])
    except Refused:
        return  # of a rate computed otherwise
    finally:
        for x in forms:
            x.hermitian = True
    said = p.terms.keys() | other.terms.keys()
    need(said, "equal by RING, whatever moves, so it says nothing")
    sides = "eq" in given or "what" in given or said - {((), (), ())}  # 2 > 1
    need(sides, "its sides differ by a number alone, whatever moves: it says nothing")


def _stated(s: Stated, kind: str) -> Conclusion:
    if kind in ("equation", "inequality"):
        relation, sides = s.goal(*(("eq",) if kind == "equation" else ("ge", "gt", "ne")))
        _says(s, difference(sides))
        return Conclusion(s, kind, sides, difference(sides), relation)
    what = s.scope.term(s.given["what"])
    p = s.proof.flow().of(what.poly)
    if kind == "conserved":
        _says(s, p)
        return Conclusion(s, kind, (what,), p)
    if kind == "not-exponential":
        need(what.poly.shape is None, "a matrix")
        times, rest = clocked(s, *(s.scope.real(s.given[x]) for x in ("times", "is")))
        return Conclusion(s, kind, (what, times, rest), what.poly * times.poly - rest.poly)
    factor = s.scope.real(s.given["rate" if kind == "decay" else "cofactor"])
    need(factor.poly.terms, "a rate 0: that is conserved")
    if kind == "decay":
        still = not factor.poly.mentions(lambda x: x.role != "constant")
        need(still, "the rate of a decay is made of constants")
        return Conclusion(s, kind, (what, factor), p - factor.poly * what.poly)
    need(what.poly.shape is None, "a matrix has no sign")
    need(smooth(factor.poly), "a cofactor that is not continuous by its role")
    squared = p.power(2) - factor.poly * what.poly.power(2)  # |x'| <= C |x|
    return Conclusion(s, kind, (what, factor), squared)
