"""Rules of order and of roots: squares, root, product-power, between."""

from __future__ import annotations

from verify.kernel.affine import Affine, Index, Interval, single
from verify.kernel.facts import Fact, closed, difference, goal, uses
from verify.kernel.limits import need
from verify.kernel.load import Data, fields, flag, items, one_of
from verify.kernel.motion import summed
from verify.kernel.read import Scope
from verify.kernel.ring import Poly
from verify.kernel.scope import natural, sure
from verify.kernel.signs import visibly_nonnegative
from verify.kernel.sums import Given, Proof, statement
from verify.kernel.terms import Term, letter_at, raised, started, term_of


def squares(proof: Proof, data: Given, what: str) -> Fact:
    """SQUARES: the goal is Sum c |x|^2 and uses, each c visibly >= 0; |x|^2 = Re tr x^H x."""
    given = fields(data, what, "rule name ge squares by", "for")
    indices, scope = statement(proof, given, what)
    relation, sides = goal(given, scope, what, "ge")
    rest = difference(sides)
    for row in items(given["squares"], what):
        rest = rest - _square(fields(row, what, "x", "c sum"), scope, what)
    closed(rest, uses(given["by"], scope, proof.facts, what), relation, what)
    return Fact(what, indices, difference(sides), "SQUARES", relation, sides=sides)


def _square(row: Given, scope: Scope, what: str) -> Poly:
    indices, inner = scope.bound(row, "sum", what)
    x = inner.term(row["x"], what).poly
    p = (x.star() * x).trace() if x.shape else x * x
    if "c" in row:
        c = inner.real(row["c"], what).poly
        need(visibly_nonnegative(c), f"{what}: a square's coefficient is not visibly >= 0")
        p = c * p
    return summed(indices, p)


def _degree(data: Data, scope: Scope, what: str) -> Affine:
    found = scope.exponent(data, what)
    need(natural(found) and sure(found.plus(-1)), f"{what}: no power that is surely 1, 2, 3, ...")
    return found


def root(proof: Proof, data: Given, what: str) -> Fact:
    """ROOT: s, t visibly >= 0, n >= 1, s^n = t^n: then s = t."""
    given = fields(data, what, "rule name eq power by", "for")
    indices, scope = statement(proof, given, what)
    relation, sides = goal(given, scope, what, "eq")
    n = _degree(given["power"], scope, what)
    for side in sides:
        need(visibly_nonnegative(side.poly), f"{what}: a side is not visibly >= 0")
    p = raised(sides[0].poly, n) - raised(sides[1].poly, n)
    closed(p, uses(given["by"], scope, proof.facts, what), relation, what)
    return Fact(what, indices, difference(sides), "ROOT", relation, sides=sides)


class Factors:
    """A product w = prod_(l=1..a) u_l at indices, under one more index for the layer."""

    def __init__(
        self, proof: Proof, given: Given, indices: list[Index], scope: Scope, what: str
    ) -> None:
        w = proof.scope().letter(given["of"], what, "product")
        u, others = proof.setting.made[w].parts
        kind = u.indices[0].kind
        assert isinstance(kind, Interval)
        need(
            [x.kind for x in indices] == [x.kind for x in w.indices],
            f"{what}: the indices are not those of {w.name}",
        )
        layer = scope.through(given["layer"], kind, what)
        self.depth, self.layer, self.scope = kind.high, layer, scope.under(layer)
        self.power = scope.exponent(given["power"], what)
        at = [single(x) for x in indices]
        self.one = raised(letter_at(u, [single(layer), *at]), self.power)
        self.all = raised(letter_at(w, at), self.power)
        self.others = raised(letter_at(others, [single(layer), *at]), self.power)


def product_power(proof: Proof, data: Given, what: str) -> Fact:
    """PRODUCT-POWER: u_l^e = c for l = 1..a, c without l: then w^e = c^a, and with `others` for
    l = 1..a, P_l being the product of all but u_l, P_l^e = c^(a-1).
    """
    given = fields(data, what, "rule name of layer power const by", "for others")
    indices, scope = statement(proof, given, what)
    f = Factors(proof, given, indices, scope, what)
    c = scope.real(given["const"], what)
    closed(f.one - c.poly, uses(given["by"], f.scope, proof.facts, what), "=", what)
    others = flag(given, "others")
    left, n = (f.others, f.depth.plus(-1)) if others else (f.all, f.depth)
    right = raised(c.poly, n)
    sides = term_of(left), Term("^", right, [c], at=[n])
    over = [f.layer, *indices] if others else indices
    return Fact(what, over, left - right, "PRODUCT-POWER", sides=sides)


def between(proof: Proof, data: Given, what: str) -> Fact:
    """BETWEEN: y >= 0, y^a = prod_l x_l, x_l = u_l^e >= 0: from x_l <= c for all l, y <= c; from
    x_l >= c >= 0 for all l, y >= c.
    """
    given = fields(
        data, what, "rule name of layer power root bound side power-by by", "for start bound-by"
    )
    indices, scope = statement(proof, given, what)
    f = Factors(proof, given, indices, scope, what)
    begun, above = flag(given, "start"), one_of(given["side"], what, "<=", ">=") == "<="
    one, every = (started(f.one), started(f.all)) if begun else (f.one, f.all)
    y, c = scope.real(given["root"], what), scope.real(given["bound"], what)
    need(visibly_nonnegative(y.poly), f"{what}: the root is not visibly >= 0")
    need(visibly_nonnegative(one), f"{what}: the power of a factor is not visibly >= 0")
    p = raised(y.poly, f.depth) - every
    closed(p, uses(given["power-by"], scope, proof.facts, what), "=", f"{what}: power-by")
    known, side = proof.facts, c.poly - one if above else one - c.poly
    closed(side, uses(given["by"], f.scope, known, what), ">=", f"{what}: by")
    if "bound-by" in given:
        need(not above, f"{what}: bound-by only for >=")
        closed(c.poly, uses(given["bound-by"], scope, known, what), ">=", f"{what}: bound-by")
    else:
        need(above or visibly_nonnegative(c.poly), f"{what}: the bound is not visibly >= 0")
    sides = (c, y) if above else (y, c)
    return Fact(what, indices, difference(sides), "BETWEEN", ">=", sides=sides)
