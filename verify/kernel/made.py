"""Letters that are made of others: products, chains, definitions, losses, and their facts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from verify.kernel.affine import ONE, ZERO, Affine, Index, Interval, Symbol, renewed, single
from verify.kernel.declared import Setting
from verify.kernel.facts import Fact
from verify.kernel.letters import Letter
from verify.kernel.limits import need
from verify.kernel.load import Data, flag, name, one_of
from verify.kernel.motion import Made, amount_of, paired
from verify.kernel.ring import Poly, unit
from verify.kernel.scope import natural, of_integers, sure
from verify.kernel.signs import visibly_nonnegative
from verify.kernel.terms import Term, letter_at, raised

Given = dict[str, Data]
#: what a loss may depend on
ARGUMENTS = ("parameter", "constant", "product", "chain", "name", "exp", "log", "root", "gate")


def make(found: Setting, x: str, role: str, given: Given) -> None:
    """Declare a letter of one of these roles, and what comes with it."""
    MAKERS[role](found, x, given)


def _source(found: Setting, data: Data, what: str) -> Letter:
    """A parameter or constant whose first index is an interval 1..a."""
    letter = found.scope().letter(data, what, "parameter", "constant")
    need(letter.indices, f"{what}: {letter.name} has no index")
    kind = letter.indices[0].kind
    need(
        isinstance(kind, Interval) and kind.low == ONE and sure(kind.high.plus(-1)),
        f"{what}: the first index of {letter.name} does not run from 1",
    )
    return letter


def _beside(
    found: Setting, letter: Letter, *roles: tuple[Data, str, Sequence[Index]]
) -> list[Letter]:
    """The letters that a product or chain introduces, fixed where their source is."""
    made = []
    for data, role, indices in roles:
        new = Letter(name(data, letter.name), role, indices, None, "", letter.fixed, True)
        found.declare(new)
        made.append(new)
    return made


def _product(found: Setting, x: str, given: Given) -> None:
    """w = prod_l u_l, P_l the product of the others: u_l P_l = w."""
    u = _source(found, given["of"], x)
    need(u.rows is None, f"{x}: a product of matrices is a chain")
    w, p = _beside(found, u, (x, "product", u.indices[1:]), (given["others"], "others", u.indices))
    w.sign = p.sign = u.sign  # products of numbers > 0, >= 0, != 0 are so, the empty one too
    own = u.own()
    one = letter_at(w, own[1:])
    found.made[w] = Made(one, (u, p))
    _fact(found, x + "@", u.indices, letter_at(u, own) * letter_at(p, own) - one)


def _chain(found: Setting, x: str, given: Given) -> None:
    """X = W_a ... W_1 with A_k = W_a ... W_(k+1) and B_k = W_(k-1) ... W_1."""
    w = _source(found, given["of"], x)
    need(w.rows and w.cols and len(w.indices) == 1, f"{x}: a chain is of matrices with one index")
    assert w.rows and w.cols
    (k,) = w.indices
    assert isinstance(k.kind, Interval)
    depth, rows = k.kind.high, w.rows
    need(w.cols == rows.at({k: single(k).plus(-1)}), f"{x}: W_k and W_(k-1) do not fit")
    below, above = Index("k", Interval(ZERO, depth)), Index("k", Interval(ONE, depth.plus(1)))
    (chain, left, right) = _beside(
        found,
        w,
        (x, "chain", ()),
        (given["left"], "left", (below,)),
        (given["right"], "right", (above,)),
    )
    top, bottom = rows.at({k: depth}), rows.at({k: ZERO})
    chain.rows, chain.cols = top, bottom
    left.rows, left.cols = top, rows.at({k: single(below)})
    right.rows, right.cols = rows.at({k: single(above).plus(-1)}), bottom
    found.made[chain] = Made(letter_at(chain, ()), (w, left, right))

    def a(i: Affine) -> Poly:
        return letter_at(left, (i,))

    def b(i: Affine) -> Poly:
        return letter_at(right, (i,))

    i, j = single(k), single(below)
    here = letter_at(w, (i,))
    _fact(found, x + "@left", (k,), a(i) * here - a(i.plus(-1)))
    _fact(found, x + "@right", (k,), here * b(i) - b(i.plus(1)))
    _fact(found, x + "@top", (), a(depth) - unit((top, top)))
    _fact(found, x + "@bottom", (), b(ONE) - unit((bottom, bottom)))
    _fact(found, x + "@", (below,), a(j) * b(j.plus(1)) - letter_at(chain, ()))


def _fact(found: Setting, x: str, indices: Sequence[Index], p: Poly) -> None:
    found.facts[x] = Fact(x, indices, p, "setting")


def _defined(found: Setting, x: str, role: str, given: Given) -> tuple[Letter, Term]:
    """A letter with the term that defines it; whether it is fixed, and smooth, is computed."""
    indices, inner = found.scope().bound(given, "for", x)
    of_integers(indices, x)
    term = inner.term(given["is"], x)
    p = term.poly
    letter = Letter(
        x,
        role,
        indices,
        p.shape,
        fixed=not p.mentions(lambda y: not y.fixed),
        smooth=not p.mentions(lambda y: not y.smooth),
    )
    found.declare(letter)
    found.made[letter], found.terms[letter] = Made(p), term
    return letter, term


def _let(found: Setting, x: str, given: Given) -> None:
    _defined(found, x, "let", given)


def _named(found: Setting, x: str, given: Given) -> None:
    """M with M = term, opaque; Hermitian where RING shows that its term is; a sign is supposed."""
    letter, term = _defined(found, x, "name", given)
    if "form" in given:
        one_of(given["form"], f"{x}: form", "hermitian")
        need(
            term.poly.shape and not (term.poly - term.poly.star()).terms,
            f"{x}: its term is not seen to be Hermitian",
        )
        letter.hermitian = True
    if "sign" in given:
        need(term.poly.shape is None, f"{x}: a matrix has no sign")
        letter.sign = one_of(given["sign"], f"{x}: sign", ">", "!=")
    values: dict[Symbol, Affine] = {}
    inner, p = renewed(letter.indices, values), letter_at(letter, letter.own()) - term.poly
    _fact(found, x + "@", inner, p.at(values))
    if flag(given, "ends"):
        ended(letter, 1)


def ended(x: Letter, more: int = 0) -> None:
    """It is 0 at the first and the last place of its only index, which are new to a name."""
    kinds = [i.kind for i in x.indices if isinstance(i.kind, Interval)]
    one = len(x.indices) == len(kinds) == 1
    need(one and not x.sign, f"{x.name}: ends of what has not one interval, or has a sign")
    low, high = kinds[0].low.plus(-more), kinds[0].high.plus(more)
    x.indices[0].kind, x.ends = Interval(low, high), (low, high)


def _root(found: Setting, x: str, given: Given) -> None:
    """y >= 0 with y^degree = term, for a term that is visibly >= 0 and a degree >= 1."""
    degree = found.scope().affine(given["degree"], x)
    need(natural(degree) and sure(degree.plus(-1)), f"{x}: the degree is not surely 1, 2, 3, ...")
    letter, term = _defined(found, x, "root", given)
    need(visibly_nonnegative(term.poly), f"{x}: a root of what is not visibly >= 0")
    letter.sign = one_of(given["sign"], f"{x}: sign", ">") if "sign" in given else ">="
    found.made[letter] = Made(term.poly, degree=degree)
    power = raised(letter_at(letter, letter.own()), degree)
    _fact(found, x + "@", letter.indices, power - term.poly)


def _exp(found: Setting, x: str, given: Given) -> None:
    """y = exp(term) > 0."""
    letter, term = _defined(found, x, "exp", given)
    need(term.poly.shape is None, f"{x}: exp of a matrix")
    letter.sign = ">"


def _log(found: Setting, x: str, given: Given) -> None:
    """y = log(term), the term one monomial of letters with sign >."""
    _, term = _defined(found, x, "log", given)
    good = term.poly.shape is None and len(term.poly.terms) == 1
    for (kinds, factors, _), c in term.poly.terms.items():
        good = good and c == 1 and not kinds and all(b.sign() == ">" for b, _ in factors)
    need(good, f"{x}: log of what is no product of positive letters")


def _gate(found: Setting, x: str, given: Given) -> None:
    """1 where the term is > 0, 0 where it is < 0: it stands still as long as the term is not 0."""
    letter, term = _defined(found, x, "gate", given)
    need(term.poly.shape is None and letter.smooth, f"{x}: a gate of what is no continuous number")
    letter.fixed = True


def _loss(found: Setting, x: str, given: Given) -> None:
    """J(z), C^1, with its gradient; homogeneous of degree k: Sum g z = k J."""
    indices, inner = found.scope().bound(given, "for", x)
    of_integers(indices, x)
    term = inner.term(given["of"], x)
    need(not term.any("start", "dd", "D", "next"), f"{x}: a loss of start values or derivatives")
    need(
        not term.poly.mentions(lambda y: y.role not in ARGUMENTS),
        f"{x}: a loss of {', '.join(ARGUMENTS)} only",
    )
    need(
        not term.poly.mentions(lambda y: not y.smooth),
        f"{x}: a loss of what need not be continuous in time",
    )
    need(
        term.poly.mentions(lambda y: not y.fixed),
        f"{x}: a loss of constants",
    )
    letter = Letter(x, "loss", (), None, smooth=True)
    gradient = Letter(name(given["gradient"], x), "gradient", indices, term.poly.shape, smooth=True)
    found.declare(letter)
    found.declare(gradient)
    made = Made(term.poly, (gradient,), tuple(indices))
    if "degree" in given:
        made.degree = found.scope().affine(given["degree"], x)
        euler = paired(made, term.poly) - amount_of(made.degree) * letter_at(letter, ())
        _fact(found, x + "@", (), euler)
    found.made[letter], found.terms[letter] = made, term


Maker = Callable[[Setting, str, Given], None]
MAKERS: dict[str, Maker] = {
    "product": _product,
    "chain": _chain,
    "let": _let,
    "name": _named,
    "root": _root,
    "exp": _exp,
    "log": _log,
    "gate": _gate,
    "loss": _loss,
}
