"""Declarations of letters: given ones, products, chains, definitions, losses; their facts."""

from collections.abc import Callable, Sequence

from verify.kernel.affine import ONE, ZERO, Affine, Index, Interval, Symbol, single, symbols
from verify.kernel.facts import Fact, Setting
from verify.kernel.letters import Letter
from verify.kernel.limits import At, Refused, need
from verify.kernel.load import Data, chosen, flag, name, one_of
from verify.kernel.motion import paired
from verify.kernel.read import Scope
from verify.kernel.ring import Poly, amount, unit, visibly_nonnegative
from verify.kernel.terms import bind, letter_at, raised

#: what a loss may depend on
ARGUMENTS = ("parameter", "constant", "product", "chain", "name", "exp", "log", "root", "gate")


class Declaration:
    """What is declared of a letter, and the setting that it enters."""

    def __init__(self, setting: Setting, x: str, role: str, given: dict[str, Data]) -> None:
        self.setting, self.name, self.role, self.given = setting, x, role, given

    def bound(self) -> tuple[list[Index], Scope]:
        """Its indices, whose ranges speak of integers only, and what names mean under them."""
        indices, inner = self.setting.scope().bound(self.given, "for")
        others = [y for y in symbols(tuple(x.kind for x in indices)) if isinstance(y, Index)]
        need(not others, "a range that mentions more than integers")
        return indices, inner

    def sign(self, *choices: str, default: str = "") -> str:
        """Its sign, one of these, which is supposed."""
        return one_of(self.given["sign"], *choices) if "sign" in self.given else default

    def hermitian(self) -> bool:
        return "form" in self.given and bool(one_of(self.given["form"], "hermitian"))

    def fact(self, indices: Sequence[Index], p: Poly, which: str = "") -> None:
        """p = 0 by the declaration."""
        x = f"{self.name}@{which}"
        self.setting.facts[x] = Fact(x, indices, p, "setting")


def declare(setting: Setting, x: str, data: Data) -> None:
    """A letter, by its role, with what comes with it."""
    with At(x):
        role, given = chosen(data, "role", ROLES)
        ROLES[role][2](Declaration(setting, x, role, given))


def _given(d: Declaration) -> None:
    """A letter whose values are given."""
    indices, inner = d.bound()
    need(("rows" in d.given) == ("cols" in d.given), "rows and cols, or neither")
    shape = None
    if "rows" in d.given:
        shape = inner.size(d.given["rows"]), inner.size(d.given["cols"])
    sign, free = d.sign(">", ">=", "!="), d.role == "free"
    letter = Letter(d.name, d.role, indices, shape, sign, d.role == "constant", not free)
    letter.hermitian = d.hermitian()
    square = shape and shape[0] == shape[1]
    need(square or not letter.hermitian, "Hermitian needs rows = cols")
    d.setting.declare(letter)
    _definite(letter)
    if flag(d.given, "ends"):
        letter.end()


def _definite(x: Letter) -> None:
    """The one sign of a matrix: positive definite, so that it has an inverse."""
    good = not (x.size and x.sign) or (x.hermitian and x.sign == ">")
    need(good, "a matrix with a sign is Hermitian, and > 0")


def _source(d: Declaration) -> tuple[Letter, Interval]:
    """A parameter or constant whose first index is an interval 1..a, and that interval."""
    letter = d.setting.scope().letter(d.given["of"], "parameter", "constant")
    kind = letter.indices[0].kind if letter.indices else None
    if not isinstance(kind, Interval) or kind.low != ONE or not kind.high.plus(-1).sure():
        raise Refused(f"the first index of {letter.name} does not run from 1")
    return letter, kind


def _beside(
    d: Declaration, of: tuple[Letter, Interval], x: Data, role: str, indices: Sequence[Index]
) -> Letter:
    """A letter that a product or chain is or introduces, fixed where its source is."""
    letter = Letter(name(x), role, indices, fixed=of[0].fixed, smooth=True)
    letter.layers = of
    return d.setting.declare(letter)


def _product(d: Declaration) -> None:
    """w = prod_l u_l, P_l the product of the others, R_(l,m) that without u_l and u_m, m < l: then
    u_l P_l = w, P_l = u_m R_(l,m), P_m = u_l R_(l,m).
    """
    u, _ = of = _source(d)
    need(not u.size, "a product of matrices is a chain")
    w = _beside(d, of, d.name, "product", u.indices[1:])
    p = _beside(d, of, d.given["others"], "others", u.indices)
    w.sign = p.sign = u.sign  # products of numbers > 0, >= 0, != 0 are so, the empty one too
    own = u.own()
    w.parts = (p,)
    d.fact(u.indices, letter_at(u) * letter_at(p) - letter_at(w))
    if "pairs" in d.given:
        l, *rest = u.indices
        m = Index(l.name + "'", Interval(ONE, single(l).plus(-1)))
        r = _beside(d, of, d.given["pairs"], "pairs", (l, m, *rest))
        r.sign, w.parts = u.sign, (p, r)
        other = [single(m), *own[1:]]
        for which, a, b in (("first", own, other), ("second", other, own)):
            two = letter_at(u, b) * letter_at(r)
            d.fact(r.indices, letter_at(p, a) - two, which)


def _chain(d: Declaration) -> None:
    """X = W_a ... W_1 with A_k = W_a ... W_(k+1) and B_k = W_(k-1) ... W_1."""
    w, kind = of = _source(d)
    if not w.size or len(w.indices) != 1:
        raise Refused("a chain is of matrices with one index")
    (k,), depth, (rows, cols) = w.indices, kind.high, w.size
    need(cols == rows.at({k: single(k).plus(-1)}), "W_k and W_(k-1) do not fit")
    below, above = Index("k", Interval(ZERO, depth)), Index("k", Interval(ONE, depth.plus(1)))
    chain = _beside(d, of, d.name, "chain", ())
    left = _beside(d, of, d.given["left"], "left", (below,))
    right = _beside(d, of, d.given["right"], "right", (above,))
    top, bottom = rows.at({k: depth}), rows.at({k: ZERO})
    chain.size, left.size = (top, bottom), (top, rows.at({k: single(below)}))
    right.size = rows.at({k: single(above).plus(-1)}), bottom
    chain.parts = (left, right)

    a, b = lambda i: letter_at(left, [i]), lambda i: letter_at(right, [i])
    i, j = single(k), single(below)
    here = letter_at(w)
    d.fact((k,), a(i) * here - a(i.plus(-1)), "left")
    d.fact((k,), here * b(i) - b(i.plus(1)), "right")
    d.fact((), a(depth) - unit((top, top)), "top")
    d.fact((), b(ONE) - unit((bottom, bottom)), "bottom")
    d.fact((below,), a(j) * b(j.plus(1)) - letter_at(chain))


def _defined(d: Declaration, sign: str = "") -> Letter:
    """A letter with the term that defines it; whether it is fixed, and smooth, is computed."""
    indices, inner = d.bound()
    term = inner.term(d.given["is"])
    p = term.poly
    letter = Letter(d.name, d.role, indices, p.shape, sign, p.fixed(), p.smooth())
    need(p.shape is None or d.role in ("let", "name", "root"), "expected a real number")
    letter.term = term
    return d.setting.declare(letter)


def _named(d: Declaration) -> None:
    """M with M = term, opaque; Hermitian where RING shows that its term is; a sign is supposed."""
    letter = _defined(d, d.sign(">", "!="))
    p = letter.term.poly
    letter.hermitian = d.hermitian()
    good = not letter.hermitian or (p.shape and not (p - p.star()).terms)
    need(good, "its term is not seen to be Hermitian")
    _definite(letter)
    values: dict[Symbol, Affine] = {}
    inner = [bind(x.name, x.kind, x, values) for x in letter.indices]
    d.fact(inner, (letter_at(letter) - p).at(values))
    if flag(d.given, "ends"):
        letter.end(1)


def _root(d: Declaration) -> None:
    """y >= 0 with y^degree = term, visibly >= 0 (a matrix: Hermitian, y > 0), degree >= 1."""
    degree = d.setting.scope().degree(d.given["degree"])
    letter = _defined(d, d.sign(">", default=">="))
    p, letter.degree = letter.term.poly, degree
    letter.hermitian = p.shape is not None and not (p - p.star()).terms
    need(p.shape or visibly_nonnegative(p), "a root of what is not visibly >= 0")
    _definite(letter)
    d.fact(letter.indices, raised(letter_at(letter), degree) - p)


def _log(d: Declaration) -> None:
    """y = log(term), the term one monomial of letters with sign >."""
    terms = _defined(d).term.poly.terms
    plain = [c == 1 and not kinds for (kinds, _, _), c in terms.items()] == [True]
    good = plain and all(b.sign() == ">" for _, factors, _ in terms for b, _ in factors)
    need(good, "log of what is no product of positive letters")


def _gate(d: Declaration) -> None:
    """1 where the term is > 0, 0 where it is < 0: it stands still as long as the term is not 0."""
    letter = _defined(d)
    need(letter.smooth, "a gate of what is no continuous number")
    letter.fixed = True


def _loss(d: Declaration) -> None:
    """J(z), C^1, with its gradient; homogeneous of degree k: Sum g z = k J."""
    indices, inner = d.bound()
    term = inner.term(d.given["of"])
    p = term.poly
    need(not term.any("dd"), "a loss of derivatives")  # D, start, next need a motion, which is last
    others = p.mentions(lambda y: y.role not in ARGUMENTS)
    need(not others, f"a loss of {', '.join(ARGUMENTS)} only")
    need(p.smooth(), "a loss of what need not be continuous in time")
    need(not p.fixed(), "a loss of constants")
    letter = Letter(d.name, "loss", smooth=True)
    gradient = Letter(name(d.given["gradient"]), "gradient", indices, p.shape, smooth=True)
    letter.term, letter.parts, letter.over = term, (gradient,), indices
    d.setting.declare(letter)
    d.setting.declare(gradient)
    if "degree" in d.given:
        letter.degree = d.setting.scope().affine(d.given["degree"])
        d.fact((), paired(letter, p) - amount(letter.degree) * letter_at(letter))


Maker = Callable[[Declaration], object]
#: for each role the fields that must stand there, those that may, and what is made
ROLES: dict[str, tuple[str, str, Maker]] = {
    "parameter": ("", "for sign rows cols form", _given),
    "constant": ("", "for sign rows cols form ends", _given),
    "free": ("", "for sign rows cols form ends", _given),
    "product": ("of others", "pairs", _product),
    "chain": ("of left right", "", _chain),
    "let": ("is", "for", _defined),
    "name": ("is", "for form sign ends", _named),
    "root": ("is degree", "for sign", _root),
    "exp": ("is", "for", lambda d: _defined(d, ">")),
    "log": ("is", "for", _log),
    "gate": ("is", "for", _gate),
    "loss": ("of gradient", "for degree", _loss),
}
