"""``value``: what it says against other routes, its numbers against their definition, its grammar
against the printers.

Expressions are generated as trees, printed by the toolkit, read back by the grammar; the value of
the text has to be the value of the tree, and both that of Python's fractions (or of 60-digit
decimals for roots) computed here from the definition.
"""

from __future__ import annotations

from decimal import Context, Decimal, localcontext
from fractions import Fraction as F
from random import Random

import pytest

from verify import value
from verify.exact.errors import BadInput, NoValue
from verify.integrate.system import System
from verify.models.formulas import Exp, Formulas, Letter, Power, Root, partial
from verify.terms import matrices as star
from verify.terms.affine import N, k, p
from verify.terms.expr import Expr, L, const, dot, g, lift, n, over_layers, q, total, u, w
from verify.terms.matrix_words import words as spelled
from verify.terms.words import words
from verify.values.lower import scalar
from verify.values.lower_words import word
from verify.values.radicals import Radical, Radicals

ROWS = ((F(1), F(2)), (F(3), F(-1, 2)), (F(-1), F(5)))
TEN = Context(prec=60)


@pytest.fixture(autouse=True)
def sixty_digits():
    with localcontext(TEN):
        yield


def decimal(x: F) -> Decimal:
    return TEN.divide(Decimal(x.numerator), Decimal(x.denominator))


# --- networks: trees -> text -> trees, and values by a route of our own
# ------------------------------------------------------------


def tree(rng: Random, depth: int, indices: tuple[str, ...] = ()) -> Expr:
    """Sums, products, quotients, powers, sums over coordinates, absolute values and numbers, never
    dividing by what can vanish.
    """
    if depth == 0:
        i = rng.choice([*indices, 1, 2]) if indices else rng.choice([1, 2])
        leaf = rng.choice(
            [
                u[rng.choice([1, 2, 3]), i],
                w[i],
                lift(rng.randrange(-3, 4)),
                lift(F(rng.randrange(-5, 6), 3)),
                L,
                n,
            ]
        )
        return leaf
    a = tree(rng, depth - 1, indices)
    kind = rng.randrange(7)
    if kind == 0:
        return a + tree(rng, depth - 1, indices)
    if kind == 1:
        return a - tree(rng, depth - 1, indices)
    if kind == 2:
        return a * tree(rng, depth - 1, indices)
    if kind == 3:
        return a ** rng.choice([2, 3])
    if kind == 4 and not indices:
        return total("i", tree(rng, depth - 1, ("i",)))
    if kind == 5:
        return a / (lift(1) + tree(rng, depth - 1, indices) ** 2)
    return -a if kind == 6 else abs(a)


def plain(e: Expr, i: dict[str, int]) -> F:
    """By the definition, in Python's fractions."""
    match e:
        case Expr("num", (x,)):
            return x
        case Expr("const", (name,)):
            return F(3 if name == "L" else 2)
        case Expr("at", ("u", l, j)):
            return ROWS[l - 1][i.get(j, j) - 1]
        case Expr("at", ("w", j)):
            return ROWS[0][i.get(j, j) - 1] * ROWS[1][i.get(j, j) - 1] * ROWS[2][i.get(j, j) - 1]
        case Expr("+", args):
            return sum((plain(a, i) for a in args), F(0))
        case Expr("*", (a, b)):
            return plain(a, i) * plain(b, i)
        case Expr("^", (a, Expr("num", (x,)))):
            return plain(a, i) ** int(x)
        case Expr("sum", (name, _, body)):
            return plain(body, {**i, name: 1}) + plain(body, {**i, name: 2})
        case Expr("abs", (a,)):
            return abs(plain(a, i))
    raise AssertionError(e)


@pytest.mark.parametrize("seed", range(60))
def test_a_tree_its_text_and_its_value(seed: int) -> None:
    e = tree(Random(seed), 3)
    expected = plain(e, {})
    assert value(e, at=ROWS).exact == expected
    assert value(words(e), at=ROWS).exact == expected, words(e)
    assert words(scalar(words(e), None)) == words(scalar(words(scalar(words(e), None)), None))


PRINTED = [
    total("i", q["i"]),
    u["l", "i"] ** 2 - u["m", "i"] ** 2,
    dot(total("i", w["i"] * g["i"])),
    over_layers("max", "l", u["l", "i"] ** 2) - over_layers("min", "l", u["l", "i"] ** 2),
    total("i", q["i"] ** 2),
    total("i", q["i"] ** (L / 2)),
    total("l", u["l", 1] ** 2, "layers"),
    abs(w[1]) ** F(1, 3),
]


@pytest.mark.parametrize("e", PRINTED, ids=words)
def test_what_is_printed_is_read_back(e: Expr) -> None:
    assert words(scalar(words(e), None)) == words(e)
    assert (
        value(words(e), at=ROWS, loss="w1/(w1+w2)").text
        == value(e, at=ROWS, loss="w1/(w1+w2)").text
    )


def test_norms_of_layers() -> None:
    assert value("|u_2|^2", at=ROWS).exact == F(9) + F(1, 4)
    assert str(value("|u_2|", at=ROWS).exact) == "sqrt(37)/2"
    assert [v.exact for _, v in value("|u_l|^2", at=ROWS).parts] == [5, F(37, 4), 26]
    assert value("<w, w>", at=ROWS).exact == value("|w|^2", at=ROWS).exact == 9 + 25


def test_the_slope_along_the_flow_by_hand() -> None:
    """u_l' = -P_l g with J = w1/(w1+w2): g = (w2, -w1)/(w1+w2)^2; |u_1|^2 changes by -2 <w, g> = 0,
    and u_11 by -P g_1.
    """
    w1, w2 = F(-3), F(-5)
    assert value("|u_1|^2", at=ROWS, loss="w1/(w1+w2)", derivative=True).exact == 0
    assert (
        value("u_(1,1)", at=ROWS, loss="w1/(w1+w2)", derivative=True).exact
        == -F(-3) * w2 / (w1 + w2) ** 2
    )
    assert value("J", at=ROWS, loss="w1/(w1+w2)").exact == w1 / (w1 + w2)


def test_a_step_needs_its_length() -> None:
    assert value("next(w_1)", at={"u": [[1, 2]], "eta": F(1, 10)}, loss="w1/w2").exact == F(19, 20)
    with pytest.raises(BadInput, match="eta"):
        value("next(w_1)", at=[[1, 2]], loss="w1/w2")


def test_a_time_of_the_flow() -> None:
    """J = w^2/2 at depth 1: w(t) = w(0) e^-t, and its square falls by e^-2t."""
    found = value("w_1^2", at=[[3]], loss="w1^2/2", time="1/2", digits=30)
    middle, radius = found.enclosure
    assert abs(decimal(middle) - 9 * TEN.exp(Decimal(-1))) <= decimal(radius) + Decimal(
        10
    ) ** -55 and radius < F(1, 10**28)
    slope = value("w_1^2", at=[[3]], loss="w1^2/2", time="1/2", derivative=True)
    assert (
        abs(decimal(slope.enclosure[0]) + 18 * TEN.exp(Decimal(-1)))
        <= decimal(slope.enclosure[1]) + Decimal(10) ** -55
    )


# --- numbers with roots
# --------------------------------------------------------------------------------------------------


def radical(rng: Random) -> tuple[Radical, Decimal]:
    ring, found, size = Radicals(), Radicals().number(F(0)), Decimal(0)
    for _ in range(rng.randrange(1, 4)):
        c, x, degree = (
            F(rng.randrange(-4, 5), rng.randrange(1, 4)),
            F(rng.randrange(1, 13), rng.randrange(1, 7)),
            rng.choice([1, 2, 3]),
        )
        found = found + ring.number(c) * ring.power(ring.number(x), F(1, degree))
        size += decimal(c) * TEN.power(decimal(x), decimal(F(1, degree)))
    return found, size


@pytest.mark.parametrize("seed", range(80))
def test_sums_of_roots_are_a_field(seed: int) -> None:
    rng = Random(seed)
    (x, dx), (y, dy) = radical(rng), radical(rng)
    for exact, near in ((x + y, dx + dy), (x - y, dx - dy), (x * y, dx * dy)):
        assert (
            abs(Decimal(str(exact.ball(220).mid().str(50, radius=False))) - near)
            < Decimal(10) ** -40
        )
        assert exact.sign() == (0 if not exact.terms else 1 if near > 0 else -1)
        assert (exact.sign() == 0) == (abs(near) < Decimal(10) ** -40)
    if x.sign():
        assert (x * x.inverse()).rational == 1 and (y / x * x - y).sign() == 0
    assert value(str(x), at={"a": 0}).exact in (x, x.rational), str(x)


def test_roots_are_simplified() -> None:
    said = {
        "sqrt(8)": "2 sqrt(2)",
        "sqrt(4/9)": "2/3",
        "12^(1/3)": "12^(1/3)",
        "sqrt(2) sqrt(3)": "sqrt(6)",
        "sqrt(2)^2": "2",
    }
    said |= {
        "1/sqrt(2)": "sqrt(2)/2",
        "sqrt(2) + sqrt(18) - 4 sqrt(2)": "0",
        "8^(2/3)": "4",
        "1/(1 + sqrt(2))": "-1 + sqrt(2)",
    }
    for text, expected in said.items():
        assert str(value(text, at="a=0").exact) == expected
        assert value(text, at="a=0").text.split(" = ")[0] == expected
    assert value("sqrt(1 + sqrt(2))", at="a=0").exact is None  # a root of a sum is enclosed
    assert value("exp(1)", at="a=0", digits=30).text.startswith("[2.7182818284590452353602874713")


# --- formulas
# --------------------------------------------------------------------------------------------------

x, y, r, a = const("x"), const("y"), const("r"), const("a")
SETTING = Formulas(
    "flow",
    (Letter("x", ">"), Letter("y")),
    (Root("r", x), Power("a", x, y), Exp("b", y)),
    {"x": -2 * r},
)


def test_formulas_by_hand() -> None:
    at = {"x": 4, "y": F(1, 2)}
    assert (
        value(r, at=at, setting=SETTING).exact == 2 and value(a, at=at, setting=SETTING).exact == 2
    )
    assert value(r, at=at, setting=SETTING, derivative=True).exact == -1
    assert value(partial("x", r * x), at=at, setting=SETTING).exact == 3
    assert (
        value("a r", at=at, setting=SETTING, derivative=True).exact == -4
    )  # x' of x^(1/2) x^(1/2)
    assert value("x", at={"x": 4, "y": 0}, setting=SETTING, time=1, digits=15).text.startswith(
        "[1.00000000000"
    )
    assert value("b^2", at=at, setting=SETTING).text.startswith("[2.7182818284590")


NO_VALUE = {
    "division by zero": ("1/(x - 4)", {}),
    "the root of a negative number": ("sqrt(x - 5)", {}),
    "no derivative of a root at 0": ("sqrt(x - 4)", {"derivative": True}),
    "no derivative of |x| where it changes side": ("|x - 4|", {"derivative": True}),
    "log of 0": ("log(x - 4)", {}),
    "0^0 divided": ("(x - 4)^(-1)", {}),
    "the flow ends": ("x", {"time": 3}),
}


@pytest.mark.parametrize("name", NO_VALUE)
def test_no_value_is_said_with_its_reason(name: str) -> None:
    text, options = NO_VALUE[name]
    with pytest.raises(NoValue) as why:
        value(text, at={"x": 4, "y": 0}, setting=SETTING, **options)
    assert len(str(why.value)) > 20


def almost(x: str) -> tuple[str, ...]:
    """Numbers that are 0, or so near 0 that no number of bits that is tried tells them from it."""
    return f"exp(log({x})/2)^2 - {x}", f"log({x}) - log({x}^2)/2", "exp(-10^9)", "log(1 + z^64)"


#: what has a value on one side of 0 or away from it; and what has one everywhere
AWAY = ("1/({})", "({})^(1/2)", "({})^(-2/3)", "log({})", "3/|{}|", "({})^(-65)")
EVERYWHERE = ("({})^2", "({})^65", "|{}|", "exp({})", "1/(1 + {})", "log(1 + {})")


@pytest.mark.parametrize("inside", almost("y"))
@pytest.mark.parametrize("form", [*AWAY, *EVERYWHERE])
def test_an_enclosure_that_contains_0_does_not_show_that_there_is_no_value(
    inside: str, form: str
) -> None:
    """Of the kind: every operation with an edge (division, roots, log), at numbers that are 0 (then
    there is no value) and at numbers that are not (then there is): balls tell neither. Certain
    edges, and numbers beyond what is computed, keep words of their own.
    """
    try:
        found = value(form.format(inside), at="y = 3, z = 1e-190", digits=3).text
    except NoValue as why:
        assert form in AWAY
        large = "is larger than" in str(why) and inside == "exp(-10^9)"
        assert large or "not known to be defined there" in str(why), str(why)
    else:
        assert form in EVERYWHERE or inside in ("exp(-10^9)",), found


#: each of it within 10^-300 of a number like 1, or of 0
FAR_BELOW = ("exp(-10^9)", "exp(-exp(30))", "exp(-exp(exp(exp(5))))", "|exp(-10^15)|")


@pytest.mark.parametrize("small", FAR_BELOW)
@pytest.mark.parametrize(
    ("form", "near"),
    [
        ("{}", 0),
        ("exp({})", 1),
        ("1 + {}", 1),
        ("log(y) - log(y^2)/2 + {}", 0),
        ("(1 + {})^(-65)", 1),
    ],
)
def test_an_enclosure_has_short_ends_however_small_what_it_is_made_of(
    small: str, form: str, near: int
) -> None:
    """exp(exp(-10^9)) took 40 s: its ball has a centre like 1 and a radius like exp(-10^9), and the
    exact sum of both has a thousand million digits. Of the kind: a centre or a radius or both.
    """
    found = value(form.format(small), at="y = 3", digits=300).enclosure
    assert found is not None and all(x.denominator.bit_length() < 50_000 for x in found)
    assert abs(found[0] - near) <= found[1] <= F(1, 10**300)


def test_what_balls_show_to_have_no_value_is_still_said_so() -> None:
    for text in ("log(1 - exp(y))", "(1 - exp(y))^(1/2)", "log(0*exp(y))"):
        with pytest.raises(NoValue, match="not defined"):
            value(text, at="y = 3")


# --- systems
# --------------------------------------------------------------------------------------------------

LOGISTIC = System(
    "logistic",
    ("x",),
    (F(1, 4),),
    field=lambda x, m: [x[0] * (1 - x[0])],
    quantities={"odds": lambda x, m: x[0] / (1 - x[0])},
)


def test_quantities_of_a_system() -> None:
    """odds(t) = e^t / 3."""
    assert value("odds", at=LOGISTIC).exact == F(1, 3)
    assert value("odds", at=LOGISTIC, derivative=True).exact == F(1, 3)
    for options in ({}, {"derivative": True}):
        middle, radius = value("odds", at=LOGISTIC, time=2, digits=30, **options).enclosure
        assert (
            abs(decimal(middle) - TEN.exp(Decimal(2)) / 3) <= decimal(radius) + Decimal(10) ** -55
        )
    assert str(value("sqrt(x) + 1", at={"x": F(1, 2)}, setting=LOGISTIC).exact) == "1 + sqrt(2)/2"
    with pytest.raises(BadInput, match="odds, x"):
        value("odd", at=LOGISTIC)


# --- matrices
# --------------------------------------------------------------------------------------------------

W1, W2, P = [[1, 2], [3, 4]], [[0, 1], [1, 1]], [[1, 0], [2, -1]]
MATRICES = {"W_1": W1, "W_2": W2, "P": P, "kappa": F(1, 2)}
SPELLED = [
    star.norm2(star.W[k]),
    star.W[k] * star.W[k].H - star.W[k + 1].H * star.W[k + 1],
    star.total(star.norm2(star.W[p])),
    star.tr(star.P.H * star.X),
    star.dot(star.G(k)),
    star.const("kappa") * (star.X + star.X.T) / 3,
    star.A[0] - star.X ** (N - 1),
    (star.W[1] + star.W[2]) ** 2 * star.B[2],
]


@pytest.mark.parametrize("e", SPELLED, ids=spelled)
def test_words_are_read_back(e: star.Mat) -> None:
    letters = {"W": True, "A": True, "B": True, "X": False, "P": False}
    assert spelled(word(spelled(e), letters, (), ("kappa",))) == spelled(e)
    assert value(spelled(e), at=MATRICES).text == value(e, at=MATRICES).text


def test_matrices_by_hand() -> None:
    assert value("X", at=MATRICES).exact == ((3, 4), (4, 6))
    assert value("||W_1||^2", at=MATRICES).exact == 30
    assert value("||W_1||^2", at=MATRICES, derivative=True).exact == -2 * (
        1 * 3 + 2 * 4 - 1 * 6
    )  # -2 Re Tr(P* X)
    assert value("G_1", at=MATRICES, derivative=True).exact == ((0, 0), (0, 0))
    assert value("X^(-1)", at=MATRICES).exact == ((3, -2), (-2, F(3, 2)))
    assert value("X^(-1)", at={"X": [[0, 1], [-1, 0]]}).exact == ((0, -1), (1, 0))
    assert value("X*", at="X = 1+i 2; 3i 1/2-1/3i").text == "[1-i -3i; 2 1/2+1/3i]"
    with pytest.raises(NoValue, match="inverse"):
        value("X^(-1)", at={"X": [[1, 1], [1, 1]]})
    with pytest.raises(NoValue, match="any function of X"):
        value("E(X)", at=MATRICES)


# --- what is not well formed
# --------------------------------------------------------------------------------------------------

REFUSED = {
    "open bracket": ("(w_1", ROWS, "place 5"),
    "nothing": ("", ROWS, "empty"),
    "a sign of no language": ("w_1 ; w_2", ROWS, "place 5"),
    "two exponents": ("x^2^3", {"x": 1}, "(A^B)^C or A^(B^C)"),
    "a call": ("__import__('os')", ROWS, "place 1"),
    "an attribute": ("w_1.real", ROWS, "place 4"),
    "two factors less": ("w_1 +", ROWS, "place 6"),
    "unknown name": ("z", {"x": 1}, "place 1"),
    "index out of reach": ("w_3", ROWS, "width 2"),
    "layer out of reach": ("u_(4,1)", ROWS, "depth 3"),
    "too few indices": ("u_1 + 1", ROWS, "2 indices"),
    "division by the number 0": ("w_1/0", ROWS, "division by zero"),
    "a float in the state": ("x", {"x": 0.5}, "Fraction"),
    "a letter without a value": ("eta w_1", ROWS, "eta"),
    "a loss that is not given": ("J", ROWS, "--loss"),
    "a step without its length": ("next(w_1)", ROWS, "loss"),
    "ragged rows": ("w_1", [[1], [1, 2]], "rows of numbers"),
    "a product that does not fit": ("W_1 W_2", {"W_1": [[1, 2]], "W_2": [[1]]}, "do"),
    "a letter that no matrix has": ("Q_1", MATRICES, "Q_1"),
    "deep": ("(" * 200 + "x" + ")" * 200, {"x": 1}, "at most"),
    "long": ("x+" * 5000 + "x", {"x": 1}, "4000"),
    "long number": ("9" * 300 + " x", {"x": 1}, "at most 200"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_well_formed_is_refused(name: str) -> None:
    text, at, wanted = REFUSED[name]
    with pytest.raises(BadInput) as why:
        value(text, at=at)
    assert wanted in str(why.value) and len(str(why.value)) < 700


@pytest.mark.parametrize("seed", range(150))
def test_any_text_has_a_value_or_is_refused(seed: int) -> None:
    rng = Random(seed)
    alphabet = [
        *"+-*/^()|'_,<>=12",
        "w_1",
        "x",
        "sum_i ",
        " ",
        "sqrt(",
        "L",
        "u_(1,2)",
        "1e3",
        "..",
        "W_1",
        "d/dt ",
        "[",
        "at t=0",
    ]
    text = "".join(rng.choice(alphabet) for _ in range(rng.randrange(1, 10)))
    for at in (ROWS, {"x": 2}, MATRICES):
        try:
            value(text, at=at)
        except (BadInput, NoValue):
            pass


def moving_system() -> System:
    return System(
        "x",
        ("x",),
        (F(1, 4),),
        lambda x, m: [x[0] * (1 - x[0])],
        quantities={"odds": lambda x, m: x[0] ** 2},
    )


OPTIONS = {"loss": "w1/(w1+w2)", "derivative": True, "time": "1/8", "digits": 7}
#: an expression, a state, and what it needs to have a value at all
ASKED: dict[str, tuple] = {
    "a norm": (total("i", u["l", "i"] ** 2), ROWS, {}),
    "a root of a norm": (total("i", u[1, "i"] ** 2) ** F(1, 2), ROWS, {}),
    "J": ("J", ROWS, {"loss": "w1/(w1+w2)"}),
    "a gradient": (g["i"], ROWS, {"loss": "w1/(w1+w2)"}),
    "a formula": ("x^2 + sqrt(y)", {"x": F(1, 2), "y": F(3)}, {}),
    "an exact formula": ("x^2", {"x": F(1, 2)}, {}),
    "a system": ("odds", moving_system, {}),
    "matrices": ("Re Tr(W_1 W_1*)", {"W": [[[1, 2], [3, 4]]]}, {}),
    "matrices with a gradient": (
        "Re Tr(W_1)",
        {"W": [[[1, 2], [3, 4]]], "P": [[1, 0], [0, 1]]},
        {},
    ),
}


@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize("name", ASKED)
def test_an_option_changes_the_answer_or_is_refused(name: str, option: str) -> None:
    """Options x languages. Digits of a fraction and the loss of what does not move are the
    command's (tests/golden/test_value.py).
    """
    what, at, needed = ASKED[name]
    at = at() if callable(at) else at
    before = value(what, at=at, **needed)
    try:
        after = value(
            what,
            at=at,
            **{**needed, option: "(w1-w2)/(w1+w2)" if option in needed else OPTIONS[option]},
        )
    except (BadInput, NoValue) as refused:
        assert str(refused)
        return
    shown = [[(f.text, f.at) for f in (x, *(v for _, v in x.parts))] for x in (before, after)]
    exact = [v.exact for _, v in before.parts] or [before.exact]
    assert shown[0] != shown[1] or (option == "digits" and all(isinstance(x, F) for x in exact)), (
        f"{option}: {after.text}"
    )


@pytest.mark.parametrize("state", [{"W": [[[1, 2], [3, 4]]]}, {"Y": [[1, 0], [2, 1]]}])
def test_matrices_have_no_digits(state: dict) -> None:
    name = "W_1" if "W" in state else "Y"
    with pytest.raises(BadInput, match="exact"):
        value(f"Re Tr({name})", at=state, digits=9)
