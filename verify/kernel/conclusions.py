"""Hypotheses and conclusions."""

from copy import copy

from verify.kernel.facts import Fact, Setting, Stated
from verify.kernel.lemmas import LEMMAS
from verify.kernel.letters import Base, Letter
from verify.kernel.limits import At, Refused, need
from verify.kernel.load import Data, chosen, fields, one_of
from verify.kernel.motion import Derivation
from verify.kernel.ring import Poly, factor, unit, visibly_positive
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
} | {x: row[:3] for x, row in LEMMAS.items()}  # fmt: skip
#: an unknown number
ANY = factor(Base(Letter("any@", "constant", fixed=True)))


def hypothesis(setting: Setting, name: str, data: Data) -> Fact:
    """An assumption: at the start; or always, and then of constants and start values only, unless
    nothing moves.
    """
    with At(name):
        given = fields(data, "time", "for eq ge gt ne")
        found = Stated(setting, given, name, "hypothesis").goal()
        found.time = one_of(given["time"], "start", "always")
        now = not any(x.any("D") for x in found.terms)
        need(now, "a hypothesis about derivatives in time")
        if setting.flow is None:
            need(found.time == "always", "nothing moves, so there is no start")
        else:
            good = found.time == "start" or found.poly.fixed()
            need(good, "letters that move: assume it at the start and keep it")
        return found


def conclusion(setting: Setting, name: str, data: Data, proved: bool) -> Fact:
    """Form the obligation, and close it by the uses where it is proved."""
    with At(name):
        by = " by" if proved else ""
        kind, given = chosen(data, "kind", {x: (y + by, z) for x, (y, z, _) in KINDS.items()})
        s = Stated(setting, given, name, kind)
        found = _stated(s)
        if proved:
            s.closed(found.poly, found.relation)
        return found


def _clocked(s: Stated, *terms: Term) -> tuple[Term, ...]:
    """Terms of t alone, the last > 0: t' = 1, t > 0 alone moves, and all is always defined."""
    own = s.setting
    t, *others = own.rates
    need(not {"C", "c"} & {*own.names}, "C and c are what the sentence calls its numbers")
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


def _says(of: Stated, p: Poly) -> None:
    """Refuse what is 0 by RING, and still is under any other rates, and of no form."""
    s, given = of.setting, of.given
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
        same = Stated(free, given, of.name)
        if "what" in given and flow:
            other = flow.of(same.scope.term(given["what"]).poly)
        else:
            other = same.goal().poly
    except Refused:
        return  # of a rate computed otherwise
    finally:
        for x in forms:
            x.hermitian = True
    said = p.terms.keys() | other.terms.keys()
    need(said, "equal by RING, whatever moves, so it says nothing")
    sides = "eq" in given or "what" in given or said - {((), (), ())}  # 2 > 1
    need(sides, "its sides differ by a number alone, whatever moves: it says nothing")


def _stated(s: Stated) -> Fact:
    kind = s.rule
    if kind in ("equation", "inequality"):
        found = s.goal()
        _says(s, found.poly)
        return found
    if kind in LEMMAS:
        return LEMMAS[kind][3](s)
    matrix = kind in ("conserved", "decay")
    what = (s.scope.term if matrix else s.scope.real)(s.given["what"])
    p = s.setting.moving().of(what.poly)
    if kind == "conserved":
        _says(s, p)
        return s.law(p, what)
    if kind == "not-exponential":
        times, rest = _clocked(s, *(s.scope.real(s.given[x]) for x in ("times", "is")))
        return s.law(what.poly * times.poly - rest.poly, what, times, rest)
    factor = s.scope.real(s.given["rate" if kind == "decay" else "cofactor"])
    need(factor.poly.terms, "a rate 0: that is conserved")
    if kind == "decay":
        still = not factor.poly.mentions(lambda x: x.role != "constant")
        need(still, "the rate of a decay is made of constants")
        return s.law(p - factor.poly * what.poly, what, factor)
    need(factor.poly.smooth(), "a cofactor that is not continuous by its role")
    squared = p.power(2) - factor.poly * what.poly.power(2)  # |x'| <= C |x|
    return s.law(squared, what, factor)
