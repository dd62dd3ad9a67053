"""What is printed of an expression in matrices is read back to the object that it was printed from
(B4, B5).

A parser of the test's own reads the grammar of ``matrix_words.py``: the screen's words, the
reader's words and LaTeX, of generated expressions. Two objects count as one if they differ by
brackets of an associative product or sum, by factors 1 and by where numbers stand. Further members
of the kind: every place that writes a formula, products behind what is open to the right (d/dt,
sums), powers of marks, negative numbers and fractions as factors, norms in norms, names that read
as words of the notation, roles of letters.
"""

from __future__ import annotations

import re
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from verify.check_matrices import MxFrame, mx_words
from verify.claims.claim import Claim, Source
from verify.claims.conclusions.matrix_kinds import Decays, Identity, Unchanged
from verify.claims.hypotheses.matrices import Holds
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.judge.decide import judge
from verify.models.matrices import Example, Matrices
from verify.models.motions import GradientFlow, Prescribed
from verify.terms.affine import Affine, N, k, p
from verify.terms.letters import Letter
from verify.terms.matrices import (
    LOSS,
    A,
    B,
    Family,
    G,
    H,
    Mat,
    Sequence,
    W,
    X,
    after,
    const,
    dot,
    letter,
    norm2,
    num,
    total,
    tr,
    w,
)
from verify.terms.matrix_wire import encode
from verify.terms.matrix_words import latex, words
from verify.terms.relation import Equal

Tree = Any  # ("sum", terms) | ("product", number, factors) | (head, ..)


def canonical(e: Mat) -> Tree:
    """Sums and products flat, numbers of a product in front, no factor 1."""
    match e.head:
        case "num":
            return product(e.args[0], [])
        case "+":
            return summed([canonical(x) for x in e.args])
        case "*":
            return multiplied([canonical(x) for x in e.args])
        case "^":
            return ("^", canonical(e.args[0]), str(e.args[1]))
        case "mark":
            return ("mark", e.args[0], canonical(e.args[1]))
        case "sum":
            return ("over", e.args[0], str(e.args[1]), str(e.args[2]), canonical(e.args[3]))
        case "D" | "next" | "tr":
            return (e.head, canonical(e.args[0]))
    return (e.head, *("" if x is None else str(x) for x in e.args))


def product(number: Fraction, factors: list[Tree]) -> Tree:
    return factors[0] if number == 1 and len(factors) == 1 else ("product", number, tuple(factors))


def multiplied(parts: list[Tree]) -> Tree:
    number, factors = Fraction(1), []
    for x in parts:
        if x[0] == "product":
            number, factors = number * x[1], [*factors, *x[2]]
        else:
            factors.append(x)
    return product(number, factors)


def summed(parts: list[Tree]) -> Tree:
    terms = [y for x in parts for y in (x[1] if x[0] == "sum" else (x,))]
    return terms[0] if len(terms) == 1 else ("sum", tuple(terms))


TOKEN = re.compile(
    r"\s*(d/dt|after a step|Re Tr|E\(X\)|sum_\(\w=-?\d+\.\.[^)]*\)"
    r"|\|\|\^2|\|\||\(w_(?:\w+)\)|\d+/\d+|\d+|[A-Za-z][A-Za-z0-9]*"
    r"|\^conj|\^T|\^\([^()]*\)|\^\w+|_\([^()]*\)|_\w+|[-+*()<>,])"
)


class Words:
    """Reads one line of the screen's grammar by descent."""

    def __init__(self, text: str, sequences: set[str], constants: set[str]) -> None:
        self.tokens, at = [], 0
        while at < len(text):
            found = TOKEN.match(text, at)
            assert found, f"no token at {text[at:]!r} of {text!r}"
            self.tokens.append((found.group(1), found.start(1) > at))
            at = found.end()
        self.at, self.sequences, self.constants = 0, sequences, constants

    @property
    def here(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def take(self, wanted: str = "") -> str:
        token = self.here
        assert not wanted or token == wanted, f"{token!r} where {wanted!r} is expected"
        self.at += 1
        return token

    def sum(self) -> Tree:
        terms = [self.term()]
        while self.here in ("+", "-"):
            sign = self.take()
            x = self.product()
            terms.append(multiplied([product(Fraction(-1), []), x]) if sign == "-" else x)
        return summed(terms)

    def term(self) -> Tree:
        if self.here == "-":
            self.take()
            return multiplied([product(Fraction(-1), []), self.product()])
        return self.product()

    def product(self) -> Tree:
        factors = [self.factor()]
        while self.here and self.here not in (")", ",", ">", "+", "-", "||^2"):
            factors.append(self.factor())
        return multiplied(factors)

    def factor(self) -> Tree:
        if self.here.startswith("sum_("):
            over, first, last = re.fullmatch(r"sum_\((\w)=(-?\d+)\.\.(.*)\)", self.take()).groups()  # type: ignore[union-attr]
            return ("over", over, first, last, self.product())
        if self.here in ("d/dt", "after a step"):
            head = {"d/dt": "D", "after a step": "next"}[self.take()]
            return (head, self.atom())
        found = self.atom()
        if self.here in ("*", "^T", "^conj"):
            return ("mark", {"*": "H", "^T": "T", "^conj": "C"}[self.take()], found)
        if self.here.startswith("^"):
            return ("^", found, self.take()[1:].strip("()"))
        return found

    def index(self) -> str:
        return self.take()[1:].strip("()")

    def atom(self) -> Tree:
        token = self.take()
        if token == "(":
            found = self.sum()
            self.take(")")
            return found
        if token == "||":
            found = self.sum()
            self.take("||^2")
            return ("tr", multiplied([("mark", "H", found), found]))
        if token == "<":
            left = self.sum()
            self.take(",")
            right = self.sum()
            self.take(">")
            return ("tr", multiplied([("mark", "H", left), right]))
        if token == "Re Tr":
            self.take("(")
            found = self.sum()
            self.take(")")
            return ("tr", found)
        if token[0].isdigit():
            return product(Fraction(token), [])
        return self.name(token)

    def name(self, token: str) -> Tree:
        if token == "E(X)":
            return ("loss",)
        if token.startswith("(w_"):
            return ("w", token[3:-1], self.index())
        if not self.here.startswith("_"):
            return ("const", token) if token in self.constants else ("letter", token, "")
        i = self.index()
        if token == "H":
            self.take("(")
            family = self.take()
            self.take(")")
            return ("H", family, i)
        return (
            ("G", i) if token == "G" else ("seq" if token in self.sequences else "letter", token, i)
        )


def read(text: str) -> Tree:
    words_ = Words(text, {"s"}, {"kappa", "gap", "N"})
    found = words_.sum()
    assert words_.at == len(words_.tokens), f"{words_.here!r} is left over of {text!r}"
    return found


SIMPLE = [
    X,
    letter("Y"),
    W[k],
    W[k + 1],
    A[k],
    B[N],
    G(k),
    H("c", k),
    w("c", k + 1),
    Family("c")[k],
    Sequence("s")[k - 1],
]
SIMPLE += [
    const("kappa"),
    const("gap"),
    const("N"),
    num(2),
    num(-3),
    num(Fraction(1, 2)),
    num(Fraction(-2, 3)),
    num(0),
    LOSS,
    W[N - 1],
]


def drawn(rng: Random, depth: int) -> Mat:
    if depth == 0:
        return rng.choice(SIMPLE)
    x, y = (drawn(rng, rng.randint(0, depth - 1)) for _ in range(2))
    make = rng.choice("+ + * * * - negative H T C D next tr inner norm sum sum power index".split())
    built = {
        "+": lambda: x + y,
        "*": lambda: x * y,
        "-": lambda: x - y,
        "negative": lambda: -x,
        "H": lambda: x.H,
        "T": lambda: x.T,
        "C": lambda: Mat("mark", ("C", x)),
        "D": lambda: dot(x),
        "next": lambda: after(x),
        "tr": lambda: tr(x),
        "inner": lambda: tr(x.H * y),
        "norm": lambda: norm2(x),
        "sum": lambda: total(
            x, rng.randint(-1, 2), rng.choice((N, N - 1, N + 1)), over=rng.choice("pij")
        ),
        "power": lambda: x ** rng.choice((2, N, N - 1, Affine(-1), k)),
        "index": lambda: x * W[p],
    }
    return built[make]()


@pytest.mark.parametrize("seed", range(8))
def test_words_are_read_back(seed: int) -> None:
    rng = Random(seed)
    for _ in range(250):
        e = drawn(rng, 4)
        assert read(words(e)) == canonical(e), words(e)


@pytest.mark.parametrize("seed", range(4))
def test_latex_is_read_back(seed: int) -> None:
    rng = Random(f"latex {seed}")
    for _ in range(250):
        e = drawn(rng, 4)
        assert read(plain(latex(e))) == canonical(e), latex(e)


def plain(text: str) -> str:
    """LaTeX in the letters of the screen: one for one, brackets stay where they are."""
    swaps = [
        (r"\\tfrac\{d\}\{dt\}", " d/dt "),
        (r"\\mathrm\{step\}", " after a step "),
        (r"\\tfrac\{(-?\d+)\}\{(\d+)\}", r"\1/\2"),
        (r"\\sum_\{(\w)=(-?\d+)\}\^\{([^}]*)\}", r"sum_(\1=\2..\3)"),
        (r"\^\{\*\}", "*"),
        (r"\^\{\\mathrm\{conj\}\}", "^conj"),
        (r"\^\{T\}", "^T"),
        (r"\\operatorname\{Re Tr\}", "Re Tr"),
        (r"\\langle |\\lVert ", lambda m: "<" if "angle" in m.group() else "||"),
        (r" \\rVert\^2", "||^2"),
        (r" \\rangle", ">"),
        (r"\\mathit\{(\w+)\}", r"\1"),
        (r"\\(kappa)", r"\1"),
        (r"\(w_\{(\w+)\}\)", r"(w_\1)"),
        (r"([_^])\{([^{}]*)\}", r"\1(\2)"),
    ]
    for old, new in swaps:
        text = re.sub(old, new, text)
    return text


class ReaderWords:
    """Reads the reader's words: every sum, power, mark, sum over layers and derivative is closed by
    brackets.
    """

    TOKEN = re.compile(
        r"\s*(d/dt\(|after a step\(|Re Tr\(|E\(X\)|sum\[\w = -?\d+\.\.[^\]]*\]\(|"
        r"\)\^\([^()]*\)|\)\^[*TC]|\d+|"
        r"\((?:-\d+(?:/\d+)?|\d+/\d+)\)|[A-Za-z][A-Za-z0-9]*|_\([^()]*\)|\[\w+\]|[+()])"
    )

    def __init__(self, text: str) -> None:
        self.tokens = self.TOKEN.findall(text)
        assert "".join(self.tokens).replace(" ", "") == text.replace(" ", ""), text
        self.at = 0

    def take(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1]

    def here(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def product(self) -> Tree:
        factors = [self.one()]
        while self.here() and not self.here().startswith((")", "+")):
            factors.append(self.one())
        return multiplied(factors)

    def one(self) -> Tree:
        token = self.take()
        if token[0].isdigit() or re.fullmatch(r"\(-?\d+(/\d+)?\)", token):
            return product(Fraction(token.strip("()")), [])
        if token == "E(X)":
            return ("loss",)
        if token.endswith("(") and token != "(":
            inside = self.inside()
            assert self.take() == ")"
            over = re.fullmatch(r"sum\[(\w) = (-?\d+)\.\.(.*)\]\(", token)
            return (
                ("over", *over.groups(), inside)
                if over
                else ({"d": "D", "a": "next", "R": "tr"}[token[0]], inside)
            )
        if token == "(":
            inside = self.inside()
            close = self.take()
            if close == ")":
                return inside
            mark = {")^*": "H", ")^T": "T", ")^C": "C"}.get(close)
            return ("mark", mark, inside) if mark else ("^", inside, close[3:-1])
        if not self.here().startswith("_("):
            return ("const", token) if token in ("kappa", "gap", "N") else ("letter", token, "")
        i = self.take()[2:-1]
        if token in ("H", "w") and self.here().startswith("["):
            return (token, self.take()[1:-1], i)
        return ("G", i) if token == "G" else ("seq" if token == "s" else "letter", token, i)

    def inside(self) -> Tree:
        terms = [self.product()]
        while self.here() == "+":
            self.take()
            terms.append(self.product())
        return summed(terms)


FRAME = {
    "assuming": [],
    "setting": {
        **Matrices(
            Prescribed(), (Letter("Y", "N", "0"), Letter("c", "k", "k", "inner")), sequences=("s",)
        ).wire(),
        "motion": {"kind": "gradient-flow", "objective": ["num", "0"]},
    },
}


@pytest.mark.parametrize("seed", range(4))
def test_the_readers_words_are_read_back(seed: int) -> None:
    rng, frame = Random(f"reader {seed}"), MxFrame(FRAME)
    for _ in range(250):
        e = drawn(rng, 4)
        if e.has("next") or any(n.head == "sum" and n.args[3].has("sum") for n in e.walk()):
            continue
        text = mx_words(frame.parsed(encode(e), {"k", "p", "i", "j"}, ""))  # whatever its sizes
        reader = ReaderWords(text)
        assert reader.inside() == canonical(e) and reader.at == len(reader.tokens), text


PAIRS = {
    "a sum before a factor": (total(dot(W[p])) * X, total(dot(W[p]) * X)),
    "a sum of a sum": (total(W[p]) + X, total(W[p] + X)),
    "a derivative of a power": (dot(X) ** 2, dot(X**2)),
    "a star of a power": (X.H**2, (X**2).H),
    "a trace of a product": (tr(X) * X, tr(X * X)),
    "a product with a number": (X * (-1) * X, X - num(1) * X),
    "an open factor inside a product": (X.H * total(W[p]) * X, X.H * (total(W[p] * X))),
}


@pytest.mark.parametrize("pair", PAIRS)
def test_two_objects_print_as_two(pair: str) -> None:
    left, right = PAIRS[pair]
    assert words(left) != words(right) and latex(left) != latex(right)


@pytest.mark.parametrize("name", ["after", "step", "is", "for", "e", "min", "over", "conj"])
def test_names_that_read_as_words_of_a_sentence(name: str) -> None:
    with pytest.raises(BadInput, match="expected names of their own"):
        claim(Identity(const(name) * X, X), Matrices())
    with pytest.raises(BadInput, match="a name of its own"):
        claim(Identity(X, X * 1), Matrices(letters=(Letter(name, "n", "n"),)))


def test_a_name_is_not_an_index_elsewhere_in_the_claim() -> None:
    with pytest.raises(BadInput, match="constants"):
        claim(
            Identity(total(W[Affine(0, (("i", 1),))].T * 0, over="i"), X),
            Matrices(square=True),
            (Holds("h", "h", (Equal(const("i") * X, X),)),),
        )


def claim(conclusion: Any, setting: Matrices, assuming: tuple[Holds, ...] = ()) -> Claim:
    return Claim(
        id="printed",
        title="t",
        setting=setting,
        assuming=assuming,
        concluding={"c": conclusion},
        source=Source("2511.01137v2"),
    )


Y, Z, S = letter("Y"), letter("Z"), letter("S")
YZS = (Letter("Y", "n", "n"), Letter("Z", "n", "n"), Letter("S", "n", "n"))
U = Family("U")
ROLES: dict[str, tuple[Matrices, tuple[str, ...]]] = {
    "constant": (Matrices(Prescribed({"Y": Z}), YZS[:2], layers=False), ("Y' = Z", "Z constant")),
    "named": (
        Matrices(Prescribed({"Y": Z}), YZS, {"it": (Equal(Y * Y, S),)}, layers=False),
        ("Z constant", "'it': Y Y = S"),
    ),
    "free": (
        Matrices(
            Prescribed({"Y": Z}),
            YZS[:2],
            {"it": (Equal(Y.H * Y, num(1)),)},
            layers=False,
            examples=(Example(values={"Y": [[1]], "Z": [[(0, 1)]]}, sizes={"n": 1}),),
        ),
        ("Z free", "any path"),
    ),
    "a family": (
        Matrices(Prescribed({"U": U[k]}), (Letter("U", "n", "n", "layers"), YZS[0]), layers=False),
        ("U_k' = U_k for k = 1..N", "Y constant"),
    ),
    "with ends": (
        Matrices(Prescribed({"U": U[k]}), (Letter("U", "n", "n", "inner"), YZS[0]), layers=False),
        ("U_k' = U_k for k = 1..N-1", "U_0 = U_N = 0"),
    ),
    "a loss": (Matrices(GradientFlow(LOSS), YZS[:1]), ("Y constant", "P = E'(X)")),
}


@pytest.mark.parametrize("role", ROLES)
def test_the_role_of_every_letter_is_printed(role: str) -> None:
    """On the screen, and by the reader in its own words."""
    setting, said = ROLES[role]
    own = {
        "free": Unchanged(Y.H * Y),
        "a loss": Unchanged(tr(Y) + tr(G(k))),
        "a family": Identity(dot(U[k] * Y), U[k] * Y),
    }
    own |= {"with ends": Identity(dot(U[k] * Y), U[k] * Y, 1, 1)}
    report = judge(claim(own.get(role, Identity(dot(dot(Y)), num(0))), setting))
    assert report.outcomes["c"].verdict is Verdict.PROVED and report.certificate is not None
    statement = report.certificate.statement
    for text in said:
        assert text in report.setting, report.setting
    for text in (s for s in said if "constant" in s or "free" in s):
        name, what = text.split()
        assert any(
            part.strip().startswith(f"{name} ") and what in part for part in statement.split(";")
        ), statement


@pytest.mark.parametrize(
    "e",
    [
        num(3) * (num(3) * X),
        X * num(3) * num(3),
        num(3) * num(3),
        num(-2) * (3 * X),
        3 * (num(Fraction(1, 2)) * X),
    ],
)
def test_the_readers_numbers_stand_apart(e: Mat) -> None:
    """3 (3 X) was printed 3 3 X."""
    text = mx_words(MxFrame(FRAME).parsed(encode(e), set(), ""))
    reader = ReaderWords(text)
    assert reader.inside() == canonical(e) and not re.search(r"\d +\d", text), text


@pytest.mark.parametrize("number", [2, -2, Fraction(1, 2)])
def test_a_number_at_time_t_is_no_product_with_t(number) -> None:
    """2(t) reads as 2 t."""
    sentence = Decays(num(number), num(3))
    for text in (sentence.render(), sentence.latex(), Unchanged(num(number)).latex()):
        assert text.startswith("(") and ")(t) = (" in text, text
