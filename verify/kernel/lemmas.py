"""Conclusions by a lemma: where a gradient flow settles; the least sum of squares of layers."""

from collections.abc import Callable

from verify.kernel.affine import ONE, Interval, single
from verify.kernel.facts import Fact, Stated
from verify.kernel.letters import Letter
from verify.kernel.limits import need
from verify.kernel.motion import summed
from verify.kernel.ring import Poly, amount, visibly_nonnegative, visibly_positive
from verify.kernel.terms import Term, letter_at, raised, term_of

PLAIN = ("parameter", "product", "others", "pairs", "chain", "left", "right", "let", "name")


def _factor(s: Stated) -> Term:
    """A number > 0; of what moves there are parameters and polynomials in them alone."""
    c = s.scope.real(s.given["factor"])
    still = not c.poly.mentions(lambda x: x.role != "constant")
    need(still and visibly_positive(c.poly), "the factor is not made of constants, or not > 0")
    for x in s.setting.letters():
        plain = x.fixed or (x.role in PLAIN and not x.sign)
        need(plain, f"{x.name} is no polynomial in parameters")
    return c


def _squares(u: Letter) -> Poly:
    p = letter_at(u)
    return summed(u.indices, (p.star() * p).trace() if p.shape else p * p)


def settles(s: Stated) -> Fact:
    """D Sum |u|^2 = -c q <= 0, so it is bounded; a bounded gradient flow of a polynomial converges
    to a critical point (Lojasiewicz), where D Sum |u|^2 = 0.
    """
    own, q, c = s.setting, s.scope.real(s.given["what"]), _factor(s)
    flow = own.moving()
    need(own.objective and not own.speeds, "it is no gradient flow")
    need(visibly_nonnegative(q.poly), "what is to vanish is not visibly >= 0")
    norm = sum((_squares(u) for u in own.rates), Poly(None))
    return s.law(flow.of(norm) + c.poly * q.poly, q, c)


def least(s: Stated) -> Fact:
    """Some layers of a product X have the least sum; exp(t b_k) W_k exp(-t b_(k-1)) have X too, so
    these are balanced. All balanced ones have c Re tr S, S = x^H x, S^a = X^H X: one such S.
    """
    own, c = s.setting, _factor(s)
    chain, root = (s.scope.letter(s.given[x], y) for x, y in (("of", "chain"), ("root", "name")))
    (w, run), given = chain.layers, own.assumed()
    need(not (own.rates or w.fixed or w.hermitian or root.indices), "not all layers, or many roots")
    kinds = [(f.relation, *(x.kind for x in f.indices)) for f in given]
    need(kinds == [("=", Interval(ONE, run.high.plus(-1)))], "not balance alone is supposed")
    k = single(given[0].indices[0])
    here, after = letter_at(w, [k]), letter_at(w, [k.plus(1)])
    gap = given[0].poly - here * here.star() + after.star() * after
    need(not gap.terms, "not balance alone is supposed")
    star, *x = root.term.parts if root.term.op == "*" else [root.term]
    square = len(x) == 1 and not (star.poly - x[0].poly.star()).terms
    need(square, f"{root.name} is no product x^H x")
    r, product = letter_at(root), letter_at(chain)
    p = raised(r, run.high) - product.star() * product
    if "by" in s.given:
        every = [f for f in own.derived() if not f.indices and f.poly.shape == p.shape]
        shown = [f for f in every if not (f.poly - p).terms]
        need(shown, f"no step shows the power of {root.name}")
        shown[0].used = True
    else:
        own.facts["@root"] = Fact("@root", (), p, "setting")  # it is checked at the witness
    terms = map(term_of, (r, product, amount(run.high)))
    return s.law(_squares(w) - c.poly * r.trace(), c, *terms)


#: what stands in KINDS, and how it is stated
LEMMAS: dict[str, tuple[str, str, str, Callable[[Stated], Fact]]] = {
    "settles": (
        "what factor", "", "every solution exists for ever and converges, to where {0} = 0: the sum"
        " of all squares moves at the rate -({1}) times that, and a bounded gradient flow of a"
        " polynomial converges (Lojasiewicz)", settles,
    ),
    "least": (
        "of root factor", "", "of all layers with the product {2} those of which that is supposed,"
        " and no others, have the least sum of squares, ({0}) Re tr({1}), where {1} = ({2}^*"
        " {2})^(1/{3}) >= 0; there are such of each product", least,
    ),
}  # fmt: skip
