"""The rules, each a lemma: of sums, of order, of roots, of motion; all of motion but START need a
flow.
"""

from collections.abc import Callable
from fractions import Fraction

from verify.kernel.affine import Affine, Index, Interval, single
from verify.kernel.facts import Fact, Given, Setting, Stated, closed, named, uses
from verify.kernel.limits import At, need
from verify.kernel.load import Data, chosen, fields, flag, items, name, one_of, text
from verify.kernel.motion import summed
from verify.kernel.read import Scope
from verify.kernel.ring import Poly, total, visibly_nonnegative
from verify.kernel.terms import Term, letter_at, raised, started, term_of


def lin(s: Stated) -> list[Fact]:
    """LIN: the goal by its uses."""
    goal = s.goal()
    s.closed(goal.poly, goal.relation)
    return [goal]


def induct(s: Stated) -> list[Fact]:
    """INDUCT: the goal at the first k (down: last), and at the others from the goal beside them, at
    the same other indices.
    """
    down, k = flag(s.given, "down"), s.scope.known(s.given["over"], Index, "index")
    need(k.counts, f"{k.name} runs through no interval")
    for x in s.indices:
        need(k not in x.kind.symbols(), f"the range of {x.name} mentions {k.name}")
    others = s.setting.scope(*(x for x in s.indices if x is not k))
    end, rest = _ends(k.kind, down)
    goal = s.goal()
    p = goal.poly
    s.closed(p.at({k: end}), "=", "base", others)
    new = Index(k.name, rest)
    before = p.at({k: single(new).plus(1 if down else -1)})
    known = {"IH@": Fact("IH@", (), before, "INDUCT")}
    s.closed(p.at({k: single(new)}), "=", "step", others.under(new), known)
    return [goal]


def peel(s: Stated) -> list[Fact]:
    """PEEL: where from <= to, a sum is its first (last) summand and the sum of the others."""
    found = s.scope.term(["sum", *items(s.given["sum"], 3)])
    v, p = found.head, found.parts[0].poly
    need(v.counts, "the sum is over no interval")
    end, rest = _ends(v.kind, one_of(s.given["end"], "first", "last") == "last")
    return [s.fact((found, term_of(p.at({v: end}) + total(v, rest, p))))]


def _ends(kind: Interval, last: bool) -> tuple[Affine, Interval]:
    """The first (last) place of an interval that is surely inhabited, and the others."""
    need((kind.high - kind.low).sure(), "the range is not surely inhabited")
    if last:
        return kind.high, Interval(kind.low, kind.high.plus(-1))
    return kind.low, Interval(kind.low.plus(1), kind.high)


def squares(s: Stated) -> list[Fact]:
    """SQUARES: the goal is Sum c |x|^2 and uses, each c visibly >= 0; |x|^2 = Re tr x^H x."""
    goal = s.goal()
    rest = goal.poly
    for row in items(s.given["squares"]):
        rest = rest - _square(fields(row, "x", "c sum"), s.scope)
    s.closed(rest, ">=")
    return [goal]


def _square(row: Given, scope: Scope) -> Poly:
    indices, inner = scope.bound(row, "sum")
    x = inner.term(row["x"]).poly
    p = (x.star() * x).trace() if x.shape else x * x
    if "c" in row:
        p = _nonnegative(inner.real(row["c"]).poly, "a square's coefficient") * p
    return summed(indices, p)


def _nonnegative(p: Poly, what: str) -> Poly:
    need(visibly_nonnegative(p), f"{what} is not visibly >= 0")
    return p


def root(s: Stated) -> list[Fact]:
    """ROOT: s, t visibly >= 0, n >= 1, s^n = t^n: then s = t."""
    n, goal = s.scope.degree(s.given["power"]), s.goal()
    left, right = (raised(_nonnegative(x.poly, "a side"), n) for x in goal.terms)
    s.closed(left - right)
    return [goal]


class Factors:
    """A product w = prod_(l=1..a) u_l, to a power, at indices and one more for the layer."""

    def __init__(self, s: Stated) -> None:
        w = s.setting.scope().letter(s.given["of"], "product")
        (u, kind), others = w.layers, w.parts[0]
        same = [x.kind for x in s.indices] == [x.kind for x in w.indices]
        need(same, f"the indices are not those of {w.name}")
        self.layer, self.depth = s.scope.index(s.given["layer"], kind), kind.high
        self.scope, power = s.scope.under(self.layer), s.scope.exponent(s.given["power"])
        at = [single(x) for x in s.indices]
        here = [single(self.layer), *at]
        self.one, self.others = (raised(letter_at(x, here), power) for x in (u, others))
        self.all = raised(letter_at(w, at), power)


def product_power(s: Stated) -> list[Fact]:
    """PRODUCT-POWER: u_l^e = c for all l, c without l: then w^e = c^a, or P_l^e = c^(a-1)."""
    f, c = Factors(s), s.scope.real(s.given["const"])
    s.closed(f.one - c.poly, scope=f.scope)
    others = flag(s.given, "others")
    left, n = (f.others, f.depth.plus(-1)) if others else (f.all, f.depth)
    sides = term_of(left), Term("^", raised(c.poly, n), [c], at=[n])
    return [s.fact(sides, "=", *((f.layer,) if others else ()))]


def _mean(s: Stated) -> tuple[Factors, Term, Poly]:
    """y >= 0, y^a = prod_l x_l, x_l = u_l^e >= 0."""
    f, y, begun = Factors(s), s.scope.real(s.given["root"]), flag(s.given, "start")
    one, every = (started(f.one), started(f.all)) if begun else (f.one, f.all)
    _nonnegative(one, "the power of a factor")
    s.closed(raised(_nonnegative(y.poly, "the root"), f.depth) - every, "=", "power-by")
    return f, y, one


def between(s: Stated) -> list[Fact]:
    """BETWEEN: from x_l <= c for all l, y <= c; from x_l >= c, y >= c (where c < 0, as y >= 0)."""
    (f, y, one), c = _mean(s), s.scope.real(s.given["bound"])
    above = one_of(s.given["side"], "<=", ">=") == "<="
    s.closed(c.poly - one if above else one - c.poly, ">=", scope=f.scope)
    return [s.fact((c, y) if above else (y, c), ">=")]


def hoelder(s: Stated) -> list[Fact]:
    """HOELDER: with the x_l of each y, n_l = Sum x_l, N = prod_l n_l, z = Sum y: z^a <= N."""
    (f, y, one), own = _mean(s), s.setting.scope()
    z, n = own.real(s.given["total"]), own.letter(s.given["bound"], "product")
    need(not n.indices and n.layers[1] == f.layer.kind, f"{n.name} is of other layers")
    s.closed(z.poly - summed(s.indices, y.poly), "=", "total-by", own)
    part = letter_at(n.layers[0], [single(f.layer)])
    s.closed(part - summed(s.indices, one), scope=own.under(f.layer))
    s.indices, power = [], Term("^", raised(z.poly, f.depth), [z], at=[f.depth])
    return [s.fact((term_of(letter_at(n)), power), ">=")]


def keep(s: Stated) -> list[Fact]:
    """KEEP: start relations p_j = 0 whose derivatives are sums of uses of always facts and, with
    continuous cofactors, of the p_i themselves: a linear equation, so p_j = 0 at all times.
    """
    setting, flow = s.setting, s.setting.moving()
    rows = [fields(x, "use name by") for x in items(s.given["of"])]
    names = [text(x["use"]) for x in rows]
    need(rows and len(set(names)) == len(names), "nothing to keep, or a relation twice")
    kept = []
    for row, of in zip(rows, names, strict=True):
        fact = named(of, setting.facts)
        with At(f"the derivative of {of}"):
            need(fact.relation == "=" and fact.time == "start", "no start equation")
            used = uses(row["by"], setting.scope(*fact.indices), setting.facts, names)
            closed(flow.of(fact.poly), used, "=")
        kept.append(Fact(name(row["name"]), fact.indices, fact.poly, s.rule, sides=fact.sides))
    return kept


def constant(s: Stated) -> list[Fact]:
    """CONSTANT: D p is a sum of uses, so p = start(p)."""
    term = s.scope.term(s.given["what"])
    s.closed(s.setting.moving().of(term.poly))
    return [s.fact((term, _begun(term)))]


def _begun(t: Term) -> Term:
    return Term("start", started(t.poly), [t])


def start(s: Stated) -> list[Fact]:
    """START: what holds always, or at the start, holds for the start values, which stay."""
    s.setting.moving()
    fact = named(s.given["use"], s.setting.facts)
    sides = fact.sides and (_begun(fact.sides[0]), _begun(fact.sides[1]))
    return [Fact(s.name, fact.indices, started(fact.poly), s.rule, fact.relation, sides=sides)]


def rate(s: Stated) -> list[Fact]:
    """RATE: always y = p at all indices of y, a root or free letter without a rate, not in p, and p
    has a derivative: it is the one of y. Without `of`: always s = t, so D s is D t.
    """
    flow, fact = s.setting.moving(), named(s.given["use"], s.setting.facts)
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


#: the closed list of rules: the fields that must stand there, those that may, what is done
RULES: dict[str, tuple[str, str, Callable[[Stated], list[Fact]]]] = {
    "lin": ("name by", "for eq ge gt ne", lin),
    "keep": ("of", "", keep),
    "rate": ("use", "of", rate),
    "induct": ("name for over base step eq", "down", induct),
    "peel": ("name sum end", "for", peel),
    "constant": ("name what by", "for", constant),
    "start": ("name use", "", start),
    "squares": ("name ge squares by", "for", squares),
    "root": ("name eq power by", "for", root),
    "product-power": ("name of layer power const by", "for others", product_power),
    "between": ("name of layer power root bound side power-by by", "for start", between),
    "hoelder": ("name of layer power root bound total power-by total-by by", "for", hoelder),
}


def step(setting: Setting, data: Data) -> None:
    """One step: a rule of the list, which adds facts, or a rate."""
    rule, given = chosen(data, "rule", RULES)
    called = name(given["name"]) if "name" in given else ""
    with At(f"{rule} {called}"):
        for fact in RULES[rule][2](Stated(setting, given, called, rule.upper())):
            setting.add(fact)
