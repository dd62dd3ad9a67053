"""The degree of a loss: shown by Euler's identity, refuted at an exact point, and left open
otherwise.
"""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.exact.errors import BadInput
from verify.exact.jets import Jet
from verify.exact.rings import Exact
from verify.models.losses.base import Loss
from verify.models.losses.calculus import loss_value
from verify.models.losses.degree import degree_of, refute_degree
from verify.models.losses.grammar import parse_loss
from verify.terms.expr import Expr, const, num, quad

B, W, N = quad("S_B"), quad("S_W"), quad("I")
F = Fraction

DEGREES = {
    "B": 2,
    "m": 1,
    "w7": 1,
    "-B/W": 0,
    "-m^2/W": 0,
    "B/W^2": -2,
    "log(B/W)": 0,
    "log(B) - log(W)": 0,
    "log(B) - 1/2*log(W^2)": 0,
    "exp(B/W)": 0,
    "exp(log(B))": 2,
    "B^(1/2)": 1,
    "(B^2)^(1/2)": 2,
    "B^(1/2)*W^(1/3)": F(5, 3),
    "m^2/(W + 1/10*N)": 0,
    "(B + W)*(B - W) - B^2 + W^2 + m": 1,
    "3": 0,
    "B - B": 0,
    "exp(B - B)*m": 1,
    "(B+W+N+m^2+w1*w2)^64": 128,
    "+".join(f"1/(w{i}+w{i + 1})" for i in range(1, 60)): -1,
    "*".join(["m"] * 999): 999,
    "m*(log(B/W) - log(N/W))": 1,
    "m*(exp(B/W) - exp(N/W))": 1,
}
LARGE = "*".join(
    f"(B+{i}*W+w{i}^2)" for i in range(1, 16)
)  # 3^15 terms, degree 30: never multiplied out
LARGE_DEGREES = {
    LARGE: 30,
    f"({LARGE})^(1/2)": 15,
    f"({LARGE})/B^15": 0,
    f"exp(({LARGE})/B^15)*m": 1,
    f"log(({LARGE})/B^15)": 0,
    f"log({LARGE})": None,
    f"exp({LARGE})": None,
    f"{LARGE} + B^15": 30,
    f"{LARGE} + B^14": None,
    f"B^14 + {LARGE}": None,
    f"{LARGE}*(B+1)": None,
}


@pytest.mark.parametrize("text", DEGREES, ids=lambda t: t[:30])
def test_degree_is_shown(text):
    assert degree_of(parse_loss(text)) == DEGREES[text]


@pytest.mark.parametrize("text", LARGE_DEGREES, ids=lambda t: t.replace(LARGE, "LARGE"))
def test_degree_of_what_is_too_large_to_multiply_out(text):
    assert degree_of(parse_loss(text)) == LARGE_DEGREES[text]


def _loss(expr: Expr, width: int = 7) -> Loss:
    """Data for which B, W, N, m, w1, w2 are independent functions: seven coordinates, S_B of full
    rank.
    """
    eye = tuple(tuple(F(i == j) for j in range(width)) for i in range(width))
    spread = tuple(tuple(F(i + 2) * (i == j) + 1 for j in range(width)) for i in range(width))
    between = tuple(tuple(F(1, i + j + 1) for j in range(width)) for i in range(width))
    mean = tuple(F(1, i + 1) for i in range(width))
    return Loss(
        "t", "t", expr, {"S_B": between, "S_W": spread, "I": eye, "m": mean, "lambda": F(1, 10)}
    )


NOT_OF_DEGREE = [
    ("B", 0),
    ("B", 1),
    ("-B/(W+1)", 0),
    ("log(B)", 0),
    ("log(m)", 0),
    ("exp(B)", 2),
    ("exp(w1)*B/W", 0),
    ("B + m", 2),
    ("B + m", 1),
    ("3", 1),
    ("B^(1/2)", F(9, 10)),
    ("log(1 + exp(-m))", 0),
    ("(B + 1)^(1/3)", F(2, 3)),
]


@pytest.mark.parametrize(("text", "k"), NOT_OF_DEGREE)
def test_wrong_degree_is_refuted_at_a_point(text, k):
    """The point is checked with SymPy's derivative of c -> F(c w) at c = 1, to 60 digits."""
    sympy = pytest.importorskip("sympy")
    expr = parse_loss(text)
    assert degree_of(expr) != k
    point = refute_degree(_loss(expr), F(k))
    assert point is not None and all(type(x) is F for x in point)
    c = sympy.Symbol("c", positive=True)
    value_at = _sympy_value(sympy, text, point, c)
    defect = (sympy.diff(value_at, c) - sympy.Rational(F(k)) * value_at).subs(c, 1)
    assert abs(sympy.N(defect, 60)) > sympy.Rational(1, 10**20)


def _sympy_value(sympy, text, point, c):
    x = sympy.Matrix([c * sympy.Rational(p) for p in point])
    data = _loss(num(0)).data
    matrix = {
        name: sympy.Matrix([[sympy.Rational(a) for a in row] for row in data[name]])
        for name in ("S_B", "S_W")
    }
    mean = sympy.Matrix([sympy.Rational(a) for a in data["m"]])
    names = {
        "B": (x.T * matrix["S_B"] * x)[0],
        "W": (x.T * matrix["S_W"] * x)[0],
        "N": (x.T * x)[0],
        "m": mean.dot(x),
    }
    names |= {"w1": x[0], "log": sympy.log, "exp": sympy.exp, "R": sympy.Rational}
    return eval(
        re.sub(r"(?<![a-z])(\d+)", r"R(\1)", text).replace("^", "**"), {"__builtins__": {}}, names
    )


@pytest.mark.parametrize("text", [t for t in DEGREES if len(t) < 60 and "w7" not in t])
def test_shown_degree_is_never_refuted_and_its_neighbour_is(text):
    """A shown degree has no counterexample; k + 1/10 has one, unless F is zero."""
    expr, k = parse_loss(text), F(DEGREES[text])
    assert refute_degree(_loss(expr), k) is None
    if text != "B - B":
        assert refute_degree(_loss(expr), k + F(1, 10)) is not None


polynomials = st.recursive(
    st.sampled_from(["B", "W", "N", "m", "w1", "w2", "2", "(1/3)"]),
    lambda part: st.one_of(
        st.tuples(part, part).map(lambda p: "({}+{})".format(*p)),
        st.tuples(part, part).map(lambda p: "({}-{})".format(*p)),
        st.tuples(part, part).map(lambda p: "{}*{}".format(*p)),
        st.tuples(part, part).map(lambda p: "{}/({})".format(*p)),
        st.tuples(part, st.sampled_from(["2", "-1", "3"])).map(lambda p: "({})^{}".format(*p)),
    ),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(polynomials, st.sampled_from([F(2), F(1, 3)]))
def test_a_shown_degree_holds_at_exact_points(text, c):
    """F(c w) = c^k F(w) in fractions; and a rational loss without a degree has an exact
    counterexample to 0.
    """
    try:
        expr = parse_loss(text)
        k = degree_of(expr)
    except BadInput:
        return
    loss = _loss(expr)
    if k is None:
        assert refute_degree(loss, F(0)) is not None
        return
    one = lambda x: Jet.constant(Exact(), x, 1)
    point = (F(2), F(-3, 5), F(7), F(1), F(-1), F(4), F(1, 3))
    try:
        here = loss_value(loss, [one(x) for x in point], one).c[0]
        there = loss_value(loss, [one(c * x) for x in point], one).c[0]
    except ZeroDivisionError:
        return
    assert k.denominator == 1 and there == c ** int(k) * here


def test_constants_of_a_loss_have_degree_zero():
    assert degree_of(B / (W + const("lambda") * N)) == 0
    assert degree_of(B / (W + const("lambda"))) is None
    assert refute_degree(_loss(B / (W + const("lambda"))), F(0)) is not None


ZERO = ["B/(W-W)", "log(B-B)", "(w1-w1)^(-1/2)", "1/(w1*w2-w2*w1)", "1/((B+W)^2-B^2-2*B*W-W^2)"]


@pytest.mark.parametrize("text", ZERO)
def test_zero_denominator_is_bad_input(text):
    with pytest.raises(BadInput, match="zero for every w"):
        degree_of(parse_loss(text))


def test_no_degree_found_is_no_refutation():
    """log(B^2) and log(B) count as independent: the degree is not found, and no point refutes it
    either.
    """
    expr = parse_loss("(log(B^2) - 2*log(B) + 1)*m + (log(B^2) - 2*log(B))*B")
    assert degree_of(expr) is None
    assert refute_degree(_loss(expr), F(1)) is None
    assert refute_degree(_loss(expr), F(2)) is not None


def test_coordinate_beyond_the_data_is_bad_input():
    with pytest.raises(BadInput, match=r"w8.*width 7"):
        refute_degree(_loss(parse_loss("B + w8")), F(2))


def test_precision_of_balls_is_restored():
    from flint import ctx

    before = ctx.prec
    try:
        ctx.prec = 77
        assert refute_degree(_loss(parse_loss("exp(B)")), F(1)) is not None
        assert ctx.prec == 77
    finally:
        ctx.prec = before
