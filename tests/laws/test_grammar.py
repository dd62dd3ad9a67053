"""The language of --loss EXPRESSION: what it means, what it refuses, and where the message
points.
"""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.exact.errors import BadInput
from verify.exact.jets import Jet
from verify.exact.limits import LIMITS, up_to
from verify.exact.rings import Exact
from verify.models.losses.base import Loss
from verify.models.losses.calculus import value
from verify.models.losses.grammar import parse_loss
from verify.terms.expr import Expr, exp, lin, log, num, quad, w

B, W, N, m = quad("S_B"), quad("S_W"), quad("I"), lin("m")
F = Fraction

TREES = {
    "B": B,
    " ( ( m ) ) ": m,
    "-B/W": Expr("*", (num(-1), B, W**-1)),
    "-m^2/W": Expr("*", (num(-1), m**2, W**-1)),  # the shape that the rule TRAP_BY_DESCENT asks for
    "B - 2*N": Expr("+", (B, Expr("*", (num(-2), N)))),
    "w1/(w1+w12)": Expr("*", (w[1], Expr("+", (w[1], w[12])) ** -1)),
    "log(B/W)": log(Expr("*", (B, W**-1))),
    "exp(-m)": exp(Expr("*", (num(-1), m))),
    "B^(3/2)": B ** F(3, 2),
    "B/W^2": Expr("*", (B, W**-2)),
    "1/3": num(F(1, 3)),
    "0.125*N": Expr("*", (num(F(1, 8)), N)),
    ".5": num(F(1, 2)),
    "1e-14*N": Expr("*", (num(F(1, 10**14)), N)),
    "2.5E+3": num(F(2500)),
    "-2^2": num(-4),
    "(-2)^2": num(4),
    "2^-1": num(F(1, 2)),
    "2^(1/2)": num(2) ** F(1, 2),
    "B^(1+1)": B**2,
    "--B": B,
    f"w{LIMITS['size']}": w[LIMITS["size"]],
    "m\n +\tm": Expr("+", (m, m)),
}


@pytest.mark.parametrize("text", TREES)
def test_text_becomes_this_tree(text):
    assert parse_loss(text) == TREES[text]


LEAVES = {"B": F(3, 7), "W": F(-5, 2), "N": F(11), "m": F(2, 3), "w1": F(-1, 4), "w23": F(9, 5)}
VALUES = {
    B: LEAVES["B"],
    W: LEAVES["W"],
    N: LEAVES["N"],
    m: LEAVES["m"],
    w[1]: LEAVES["w1"],
    w[23]: LEAVES["w23"],
}
atoms = st.sampled_from([*LEAVES, "2", "7", "0.25", "1.5", "0"])
exponents = st.sampled_from(["0", "1", "2", "3", "-1", "-2", "(4/2)", "(1-3)"])
texts = st.recursive(
    atoms,
    lambda part: st.one_of(
        st.tuples(part, st.sampled_from("+-*/"), part).map(" ".join),
        part.map("({})".format),
        part.map("-{}".format),
        st.tuples(part, exponents).map(lambda p: "({})^{}".format(*p)),
    ),
    max_leaves=12,
)


@settings(max_examples=400, deadline=None)
@given(texts)
def test_precedence_is_that_of_python(text):
    """The tree, evaluated by the toolkit's own rules, against Python's reading of the same formula
    in fractions.
    """
    python = re.sub(
        r"[0-9.]+|[A-Za-z][0-9]*",
        lambda t: f"F('{t[0]}')" if t[0][0] in "0123456789." else t[0],
        text,
    )
    # exponents go through an integer: 0**F(0) and 2**F(2) would leave the fractions
    python = re.sub(r"\^(-?)(F\('\d+'\))", r"**int(\1\2)", python).replace("^(", "**_int(")
    names = {"F": F, "_int": int} | LEAVES
    try:
        expected = eval(python, {"__builtins__": {"int": int}}, names)
    except ZeroDivisionError:
        expected = None
    try:
        one = lambda x: Jet.constant(Exact(), x, 1)
        found = value(parse_loss(text), {k: one(v) for k, v in VALUES.items()}, one).c[0]
    except (BadInput, ZeroDivisionError):
        found = None
    assert found == expected


REFUSED = {
    "": "is empty",
    "   ": "is empty",
    "B**2": "written with ^",
    "2B": "products need *",
    "B W": "products need *",
    "(B)(W)": "products need *",
    "(B": "')' for the bracket opened at place 1",
    "B)": "no open bracket",
    "B+": "found the end; expected a number, a name",
    "*B": "expected a number, a name",
    "()": "found ')'",
    "B^W": "expected a rational number as exponent",
    "B^log(2)": "expected a rational number as exponent",
    "B^2^3": "write (A^B)^C or A^(B^C)",
    "B^": "found the end",
    "B^65": up_to("power"),
    "B^(-65)": up_to("power"),
    "B^(1/65)": up_to("power"),
    "((B^64)^64)": "more than 1024",
    "(9^64)^64*B": "at most 200 above and below the line",
    "1/0": "division by zero",
    "B/(2-2)": "division by zero",
    "0^-1": "power -1 is not defined",
    "(-2)^(1/2)": "positive base",
    "log(0)": "positive argument",
    "log(-3)": "positive argument",
    "log B": "expected '(' after log",
    "b/W": "did you mean B?",
    "S_W": "did you mean W?",
    "lob(B)": "did you mean log?",
    "sqrt(B)": "A^(1/2)",
    "w": "w1, w2",
    "w_1": "did you mean w1?",
    "zzzz": "known: B, W, N, m, log, exp",
    "w0": up_to("size"),
    "w01": up_to("size"),
    f"w{LIMITS['size'] + 1}": up_to("size"),
    "w" + "9" * 500: up_to("size"),
    "1e*B": "expected an operator",
    "1e999*B": "exponent out of range",
    "1.2.3": "expected an operator",
    "B²": "write ^2",
    "B\u22121": "write -",
    "w'w": "for the forms",
    "__import__('os')": "expected numbers, names",
    "\x1b[31mB": "expected numbers, names",
    "1" * 201: "at most 200",
    "(" * 51 + "B" + ")" * 51: "at most 50 brackets",
    "B+" * 1000 + "B": "at most 2000",
}


@pytest.mark.parametrize("text", REFUSED, ids=lambda t: t[:20])
def test_refused_with_reason(text):
    with pytest.raises(BadInput) as error:
        parse_loss(text)
    message = str(error.value)
    assert REFUSED[text] in message and message.startswith("--loss")
    assert "\x1b" not in message and len(message) < 400


@pytest.mark.parametrize(
    ("text", "place"),
    [("B**2", 2), ("B + w0", 4), ("B\n+\t]", 4), ("B" + "+B" * 500 + "+%", 1002), ("(B", 2)],
)
def test_caret_stands_under_the_place(text, place):
    with pytest.raises(BadInput) as error:
        parse_loss(text)
    first, shown, caret = str(error.value).split("\n")
    assert f"place {place + 1}:" in first and caret.strip() == "^"
    found = shown[caret.index("^")] if caret.index("^") < len(shown) else ""
    assert found == (text[place] if place < len(text) else "")


def test_the_limits_themselves_are_accepted():
    assert parse_loss("(" * 50 + "B" + ")" * 50) == B
    assert parse_loss("B^64") == B**64 and parse_loss("B^(1/64)") == B ** F(1, 64)
    assert len(parse_loss("B" + "+B" * 999).args) == 1000
    deep = parse_loss("log(1+(" * 25 + "B" + "))" * 25)
    assert sum(1 for node in deep.walk() if node.head == "log") == 25
    assert Loss("deep", "", deep).partials[0][0] == B


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet="BWNmw12.+-*/^() logexp", max_size=30) | st.text(max_size=20))
def test_any_text_is_a_tree_or_bad_input(text):
    try:
        assert isinstance(parse_loss(text), Expr)
    except BadInput:
        pass
