"""Rates of formulas that a model gives: phi in letters is phi, members that stand several times are
so many layers, a derivative is a difference quotient's limit, and what is multiplied out is what
was written. That the rates of the shipped claims are the model's is ``test_typed_rates``.
"""

from __future__ import annotations

from fractions import Fraction as F
from random import Random

import pytest

from tests.laws.test_typed_flows import number
from tests.runner import cli
from verify.exact.errors import BadInput
from verify.exact.jets import Jet
from verify.exact.rings import Exact
from verify.models.catalogue import model
from verify.models.derived import motion, phi_at, slopes_at
from verify.models.formula_flow import Follows, Weights
from verify.models.formula_slopes import derivative
from verify.models.formulas import Atom, Exp, Formulas, Let, Letter, Power, Root, letters
from verify.terms.expr import Expr, const, exp, log, num
from verify.terms.tidied import Tidy

X, Y, Z, A = letters("x y z a")
SIZES = {"diagonal": (3, 2), "layers": (2, 2, 1), "signed-power": (3, 2), "scalars": (4,),
         "completion": (2, 2, 1), "linear-system": (2, 1, 1)}  # fmt: skip


def drawn(r: Random) -> F:
    return F(r.choice([-3, -2, -1, 1, 2, 3]), r.randint(1, 3))


def tree(r: Random, deep: int) -> Expr:
    if not deep:
        return r.choice([X, Y, Z, A, num(drawn(r))])
    one, two = tree(r, deep - 1), tree(r, deep - 1)
    return r.choice([one + two, one - two, one * two, one ** r.choice([2, 3, -1]), one / X])


def states(r: Random) -> dict[str, F]:
    return {x: drawn(r) for x in "xyza"}


@pytest.mark.parametrize("kept", [frozenset(), frozenset("az")], ids=["none", "kept"])
def test_what_is_multiplied_out_is_equal(kept: frozenset[str]) -> None:
    compared = 0
    for seed in range(200):
        r = Random(seed)
        e, at = tree(r, 3), states(r)
        try:
            wanted = number(e, at)
            found = Tidy(order="axyz", kept=kept).of(e)
        except ZeroDivisionError:
            continue
        assert number(found, at) == wanted, e
        compared += 1
    assert compared > 100


def test_powers_are_written_with_their_letters() -> None:
    """x = 2^6, e = 1/3 for the values; x^(2 - 2 e) by q = x^(2 e) and by y = x^(2 e - 1)."""
    e = const("e")
    base = Tidy(positive=frozenset("x"), powers=[("q", X, 2 * e)]).of(X ** (2 - 2 * e))
    other = Tidy(positive=frozenset("x"), powers=[("y", X, 2 * e - 1)]).of(X ** (2 - 2 * e))
    at = {"x": F(64), "e": F(1, 3), "q": F(16), "y": F(1, 4)}
    assert number(base, at) == number(other, at) == 256
    with pytest.raises(BadInput, match="a power of x has letters in its exponent"):
        Tidy(positive=frozenset("x")).of(X ** (2 - 2 * e))


def test_a_power_of_what_may_be_negative_stays() -> None:
    """(x^2)^(1/2) is not x at x = -1."""
    half = Tidy().of((X**2) ** num(F(1, 2)))
    assert half != X and number(half, {"x": F(-1)}) == 1
    assert Tidy(positive=frozenset("x")).of((X**2) ** num(F(1, 2))) == X


def test_a_derivative_is_that_of_jets() -> None:
    compared = 0
    for seed in range(200):
        r = Random(seed)
        e, at = tree(r, 3), states(r)
        moving = {n: Jet(Exact(), [v, F(n == "x")]) for n, v in at.items()}
        try:
            wanted = jet(e, moving).c[1]
        except ZeroDivisionError:
            continue
        assert number(derivative(e, "x"), at) == wanted, e
        compared += 1
    assert compared > 100


@pytest.mark.parametrize(
    ("atom", "at", "wanted"),
    [
        (Root("r", X**2 + 1), {"x": F(3, 4), "r": F(5, 4)}, F(3, 5)),  # x/r
        (Root("r", X, 3), {"x": F(8), "r": F(2)}, F(1, 12)),  # 1/(3 r^2)
        (Power("r", X, A - 1), {"x": F(4), "a": F(5, 2), "r": F(8)}, F(3)),  # (a - 1) r/x
        (Exp("r", 3 * X + A), {"x": F(1), "a": F(2), "r": F(7)}, F(21)),  # 3 r
        (Let("r", X**3), {"x": F(2), "r": F(8)}, F(12)),
        (Let("r", A**3), {"x": F(2), "a": F(5), "r": F(125)}, F(0)),
    ],
)
def test_atoms_are_followed(atom: Atom, at: dict[str, F], wanted: F) -> None:
    assert number(derivative(const("r"), "x", (atom,)), at) == wanted
    assert number(derivative(const("r") ** 2, "x", (atom,)), at) == 2 * at["r"] * wanted


def test_functions_have_their_slopes() -> None:
    assert Tidy().of(derivative(exp(2 * X), "x")) == Tidy().of(2 * exp(2 * X))
    assert number(derivative(log(X**2), "x"), {"x": F(5)}) == F(2, 5)


def jet(e: Expr, at: dict[str, Jet]) -> Jet:
    match e.head, e.args:
        case "num", (c,):
            return Jet(Exact(), [c, F(0)])
        case "const", (name,):
            return at[name]
        case "^", (base, power):
            inside, n = jet(base, at), int(power.args[0])
            if n < 0:  # 1/(b + s t) = 1/b - s/b^2 t
                b, s = inside.c
                inside, n = Jet(Exact(), [1 / b, -s / b**2]), -n
            found = inside
            for _ in range(n - 1):
                found = found * inside
            return found
    one, *rest = (jet(x, at) for x in e.args)
    for x in rest:
        one = one + x if e.head == "+" else one * x
    return one


@pytest.mark.parametrize("name", SIZES)
def test_phi_in_letters_and_the_rates_are_the_models(name: str) -> None:
    """For a loss with the gradient g: the sum of g_i phi_i, g held."""
    m, r = model(name), Random(name)
    sizes = m.at(SIZES[name])
    count = sum(len(rows) * len(rows[0]) for rows in _blocks(name))
    names = [f"x{i}" for i in range(count)]
    net = Weights(name, SIZES[name], " ".join(names))
    g = [f"g{i}" for i in range(len(net.phi))]
    theta, slope = [drawn(r) for _ in names], [drawn(r) for _ in g]
    at = dict(zip([*names, *g], [*theta, *slope], strict=True))
    assert [number(x, at) for x in net.phi] == phi_at(m, sizes, theta)
    loss = num(0)
    for x, y in zip(g, net.phi, strict=True):
        loss = loss + const(x) * y
    of = Formulas.following("", tuple(map(Letter, [*names, *g])), (), Follows(net, loss))
    found = [number(of.rates[x], at) for x in names]
    assert found == slopes_at(motion(m), sizes, theta, slope) and any(found)


def _blocks(name: str) -> list:
    from verify.models.catalogue.base import shape

    m = model(name)
    sizes = m.at(SIZES[name])
    shapes = [shape(x, i, sizes) for x, i in m.members(sizes)]
    return [[[0] * columns] * rows for rows, columns in shapes]


@pytest.mark.parametrize("many", [1, 2, 4])
def test_a_member_that_stands_several_times_is_so_many_layers(many: int) -> None:
    r = Random(many)
    n, (b1, b2, a, g1, g2) = const("N"), (abs(drawn(r)) for _ in range(5))
    net = Weights("layers", (2, 1, 1), "b1 b2 a", {2: n})
    power = (Power("p", A, n),)
    of = Formulas.following(
        "",
        tuple(Letter(x, ">") for x in "b1 b2 a g1 g2 N".split()),
        power,
        Follows(net, const("g1") * net.phi[0] + const("g2") * net.phi[1]),
    )
    at = {"b1": b1, "b2": b2, "a": a, "g1": g1, "g2": g2, "N": F(many), "p": a**many}
    widths = (2, *[1] * (many + 1))
    m = model("layers")
    wanted = slopes_at(motion(m), m.at(widths), [b1, b2, *[a] * many], [g1, g2])
    assert [number(of.rates[x], at) for x in ("b1", "b2", "a")] == wanted[:3]


def moving(loss: Expr, along: dict[str, Expr], atoms: tuple[Atom, ...] = (), **more) -> object:
    """One weight, x: a derivative that took a for constant would be 0."""
    flow = Follows(Weights("scalars", (1,), "x"), loss, along=along, **more)
    return flow.rates((Letter("a"), Letter("x")), atoms)


def test_a_weight_that_is_an_atom_is_said_to_be_held() -> None:
    """The slope in x of x y where y = x + 1 is y, and not 2 x + 1."""
    flow = Follows(Weights("scalars", (2,), "x y"), X * Y)
    given = Formulas.following("", (Letter("x"),), (Let("y", X + 1),), flow)
    assert given.rates == {"x": -Y} and "gradient flow of x y in x, y held (" in given.title()
    kept = Formulas.following("", (Letter("x"),), (Root("y", X**2),), flow)  # y' = -x is its slope
    assert kept.rates == {"x": -Y} and "held" not in kept.title()


def test_what_is_put_in_is_said_where_no_letter_tells_it() -> None:
    """y = 0 is kept by the flow of x^2 y^2, and x then stands still."""
    flow = Follows(Weights("scalars", (2,), "x y"), X**2 * Y**2, put={"y": num(0)})
    given = Formulas.following("", (Letter("x"),), (), flow)
    assert given.rates == {"x": num(0)} and given.title().endswith("where y = 0")


def test_of_each_family_is_said_which_member_stands_several_times() -> None:
    of = Weights("signed-product", (2, 1), "x y a z", {1: const("L")})
    assert "u_1 and v_1 L times" in of.said()


SLIPS = {
    "too few names": (lambda: Weights("signed-power", (2, 1), "p"), "1 numbers; these sizes"),
    "a name twice": (lambda: Weights("signed-power", (2, 1), "p p"), "each once"),
    "an unknown model": (lambda: Weights("signed", (2, 1), "p m"), "did you mean signed-power"),
    "sizes": (lambda: Weights("diagonal", (2,), "p m"), "expected 2 numbers"),
    "a member that is none": (lambda: Weights("scalars", (2,), "p m", {3: A}), "by member"),
    "a matrix several times": (
        lambda: Weights("layers", (1, 2, 1), "p q r s", {1: A}).phi,
        "expected a number",
    ),
    "no loss": (lambda: Follows(Weights("scalars", (2,), "p m"), 3), "an expression"),  # type: ignore[arg-type]
    "no flow": (lambda: Formulas.following("", (), (), {}), "Follows"),  # type: ignore[arg-type]
    "what is put in is another": (
        lambda: Follows(
            Weights("scalars", (1,), "x"), X, along={"a": X**2}, put={"x": A}
        ).rates((Letter("a", ">"),), ()),
        "a = x^2; with what is put in it is a^2",
    ),
    "a loss in what moves": (lambda: moving(1 / A, {"a": exp(X)}), "the loss 1/a holds a"),
    "an atom of it": (
        lambda: moving(const("f"), {"a": exp(X)}, (Let("f", A + 1),)),
        "the loss f holds a",
    ),
    "a letter by another": (
        lambda: moving(X, {"a": exp(X), "z": A**2}),
        "z = a^2 holds a",
    ),
    "a constant for a weight that moves": (
        lambda: Follows(Weights("scalars", (2,), "x y"), X * Y, put={"y": A}).rates(
            (Letter("x"), Letter("a")), ()
        ),
        "y moves by another rate than a, which is put in for it",
    ),
    "what is put in for no weight": (
        lambda: moving(X, {}, put={"y": A}),
        "y is no weight",
    ),
    "a weight for a weight": (
        lambda: Follows(Weights("scalars", (2,), "x y"), X * Y, put={"y": X}).rates(
            (Letter("x"),), ()
        ),
        "y = x holds x",
    ),
    "a letter that is put in for": (lambda: moving(X, {}, put={"x": A}), "x is a letter"),
    "a rate that is given": (lambda: moving(X, {"a": X**2}, own={"x": Z}), "a = x^2 holds x"),
    "fibres of two outputs": (
        lambda: Follows(Weights("diagonal", (1, 2), "x y"), X, fibre=True),
        "a model with one output",
    ),
    "no derivative": (lambda: derivative(abs(X), "x"), "abs has no derivative"),
    "an exponent that moves": (lambda: moving(num(2) ** X, {}), "2^x: x stands in an exponent"),
    "that of an atom": (
        lambda: moving(const("f"), {}, (Power("f", A, X),)),
        "x stands in an exponent",
    ),
    "that of an atom, by another letter": (
        lambda: moving(const("f"), {"z": X**2}, (Power("f", X, Z),)),
        "the loss f holds z",
    ),
    "as often as a weight says": (
        lambda: Weights("scalars", (2,), "x y", {1: Expr("const", ("y",))}),
        "Weights: times",
    ),
    "a size that is a weight": (
        lambda: Weights("signed-power", (X, 1), "x y"),
        "Weights: sizes",
    ),
    "a depth that is an expression": (
        lambda: Weights("scalars", (num(5),), "x y"),
        "Weights: sizes",
    ),
    "a depth that is a letter": (lambda: Weights("scalars", (A,), "x y"), "Weights: sizes"),
    "as many coordinates as a letter": (
        lambda: Weights("diagonal", (1, A), "x y"),
        "Weights: sizes",
    ),
    "a degree that is no letter": (
        lambda: Weights("signed-power", (num(1) / 2, 1), "x y"),
        "Weights: sizes",
    ),
    "a unit several times": (
        lambda: Weights("units", (2, 1), "x y a z", {1: const("L")}),
        "Weights: times",
    ),
    "less than once": (lambda: Weights("scalars", (2,), "x y", {1: num(0)}), "Weights: times"),
    "half of it": (lambda: Weights("scalars", (2,), "x y", {1: num(1) / 2}), "Weights: times"),
    "a weight that is a function of weights": (
        lambda: moving(num(1), {"x": num(2)}),
        "x is a weight, and a function of weights",
    ),
    "a function with another rate": (
        lambda: moving(X, {"a": X**2}, own={"a": num(1)}),
        "a is a function of weights, and its rate is given",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SLIPS)
def test_slips_are_refused(name: str) -> None:
    build, said = SLIPS[name]
    with pytest.raises(BadInput, match=said.replace("^", r"\^")):
        build()


def test_a_file_of_claims_is_told_its_line(tmp_path) -> None:
    (tmp_path / "claims_mine.py").write_text(
        "from verify.models.formula_flow import Weights\n\nNET = Weights('diagonal', (2, 1), 'p')\n"
    )
    ran = cli(tmp_path, "claim", "claims_mine.py")
    assert ran.code == 2 and "claims_mine.py:3" in ran.err and "Traceback" not in ran.err


def test_the_screen_says_which_model(tmp_path) -> None:
    shown = cli(tmp_path, "show", "flow-constant").flat
    assert "gradient flow of 2 rho (p^2 - m^2) in p, m (signed power, beta = u^D - v^D" in shown
    assert "where a = s^L" in cli(tmp_path, "show", "lda-blocked").flat
    loss = exp(const("w"))
    net = Weights("scalars", (1,), "w")
    moved = Follows(net, loss, along={"E": loss}).rates((Letter("E", ">"),), ())
    assert moved == {"E": Tidy().of(-(const("E") ** 2))}
