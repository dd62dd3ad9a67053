"""Every printed formula is read back to the object that it was printed from, in every language in
which it is written.

The kind: two objects with one printed form. Rates that are sums, negative and fractional exponents,
unary minus, products of sums, powers of powers, quotients, derivatives and values at a time of
sums, absolute values inside each other, sums whose index occurs nowhere; names that collide: a
constant named like an index, the time, e, a letter with a number, a word of the sentence.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from itertools import product
from random import Random

import pytest

from tests.meta.blackboard import SIZES, Reader, Unreadable, hidden, number, power
from verify import check, check_matrices
from verify.claims.claim import Claim, Source
from verify.claims.conclusions import Conserved, KeepsSign, LinearLaw
from verify.claims.conclusions.constant import Constant
from verify.claims.conclusions.exponential_decay import ExponentialDecay
from verify.claims.conclusions.matrix_kinds import Identity
from verify.claims.conclusions.rate_law import RateLaw
from verify.claims.hypotheses import Homogeneous
from verify.exact.errors import BadInput
from verify.judge.decide import judge
from verify.models import Flow
from verify.models.formulas import Exp, Formulas, Let, Letter, Power, Root, partial
from verify.models.matrices import Matrices
from verify.terms import letters as star_theory
from verify.terms import matrices as star
from verify.terms.expr import (
    Expr,
    J,
    L,
    P,
    R,
    after,
    const,
    dot,
    eta,
    euler,
    g,
    lin,
    num,
    over_layers,
    q,
    quad,
    start,
    total,
    u,
    w,
)
from verify.terms.expr import exp as exp_of
from verify.terms.expr import log as log_of
from verify.terms.wire import encode
from verify.terms.words import latex, words


def letter(name: str, indices: tuple) -> Fraction:
    if not indices:
        return Fraction(SIZES.get(name, 0)) or number(name)
    return number(name.replace("q", "Q") + repr(indices))


def value(e: Expr, scope: dict[str, int]) -> Fraction:
    """The object itself, with the same numbers."""
    match e:
        case Expr("num", (n,)):
            return n
        case Expr("const", (name,)):
            return letter(name, ())
        case Expr("loss"):
            return number("J")
        case Expr("form", ("quad", name)):
            return number(f"w'{name} w")
        case Expr("form", (_, name)):
            return number(f"{name}'w")
        case Expr("at", ("q", *indices)):
            return power(
                hidden("abs", letter("w", tuple(scope.get(x, x) for x in indices))),
                Fraction(2, SIZES["L"]),
            )
        case Expr("at", (name, *indices)):
            return letter(name, tuple(scope.get(x, x) for x in indices))
        case Expr("+", args):
            return sum((value(a, scope) for a in args), Fraction(0))
        case Expr("*", args):
            found = Fraction(1)
            for a in args:
                found *= value(a, scope)
            return found
        case Expr("^", (Expr("at", ("q", *indices)), exponent)):
            return power(
                hidden("abs", letter("w", tuple(scope.get(x, x) for x in indices))),
                value(exponent, scope) * Fraction(2, SIZES["L"]),
            )
        case Expr("^", (base, exponent)):
            return power(value(base, scope), value(exponent, scope))
        case Expr("sum" | "prod" | "max" | "min" as head, (index, kind, body)):
            size = SIZES["n" if kind == "coordinates" else "L"]
            values = [value(body, scope | {index: k}) for k in range(1, size + 1)]
            found = Fraction(1)
            for v in values:
                found *= v
            return {
                "sum": sum(values, Fraction(0)),
                "prod": found,
                "max": max(values),
                "min": min(values),
            }[head]
        case Expr(head, (body,)):
            return hidden(head, value(body, scope))
    raise AssertionError(e)


Build = Callable[[Random, int], Expr]
kappa, alpha = const("kappa"), const("alpha")


def leaf(rng: Random, bound: str = "") -> Expr:
    i = rng.choice([bound, "i", 1]) if bound in ("j",) else rng.choice(["i", 2])
    l = bound if bound == "m" and rng.random() < 0.6 else rng.choice(["l", 1])
    numbers = [num(x) for x in (2, 3, 10, -1, -2, Fraction(1, 2), Fraction(-3, 4))]
    return rng.choice(
        [
            *numbers,
            kappa,
            alpha,
            L,
            eta,
            J,
            u[l, i],
            w[i],
            g[i],
            q[i],
            P[l, i],
            R["l", "m", i],
            quad("S_W"),
            lin("m"),
        ]
    )


def drawn(rng: Random, depth: int, bound: str = "") -> Expr:
    """Any head over any other."""
    if not depth:
        return leaf(rng, bound)
    a, b = drawn(rng, depth - 1, bound), drawn(rng, depth - 1, bound)
    kinds: list[Callable[[], Expr]] = [
        lambda: a + b,
        lambda: a - b,
        lambda: a * b,
        lambda: a * b,
        lambda: -a,
        lambda: a / b,
    ]
    kinds += [
        lambda: a**2,
        lambda: a**-1,
        lambda: a**-3,
        lambda: b**L,
        lambda: q["i"] ** (L - Fraction(1, 4)),
    ]
    kinds += [
        lambda: (
            q["i"] ** rng.choice([num(-1), 2 * L, num(Fraction(-1, 3)), L / 2 + 1, 1 - L, L - 1])
        )
    ]
    kinds += [
        lambda: dot(a),
        lambda: dot(dot(a)),
        lambda: start(a),
        lambda: abs(a),
        lambda: exp_of(a),
        lambda: log_of(a),
        lambda: after(a),
    ]
    if not bound:
        c, d = drawn(rng, depth - 1, "j"), drawn(rng, depth - 1, "m")
        kinds += [
            lambda: total("j", c),
            lambda: total("m", d, "layers"),
            lambda: over_layers("prod", "m", d),
        ]
        kinds += [lambda: over_layers("max", "m", d), lambda: over_layers("min", "m", d)]
    return rng.choice(kinds)()


FREE = {"i": "i", "l": "l"}


def readback(text: str) -> Fraction:
    return Reader(text, letter).whole()


def agrees(e: Expr, text: str) -> None:
    try:
        wanted = value(e, {})
    except ZeroDivisionError:
        return
    try:
        assert readback(text) == wanted, (text, e)
    except (Unreadable, ZeroDivisionError) as why:
        raise AssertionError(f"{text!r} of {e}: {why!r}") from None


@pytest.mark.parametrize("seed", range(60))
def test_words_and_latex_are_read_back(seed: int) -> None:
    for k in range(25):
        e = drawn(Random(f"{seed}/{k}"), 1 + k % 3)
        agrees(e, words(e))
        agrees(e, latex(e))


HEADS: dict[str, Callable[[Expr], Expr]] = {
    "sum left": lambda x: x + kappa,
    "sum right": lambda x: kappa + x,
    "difference": lambda x: kappa - x,
    "minus": lambda x: -x,
    "product left": lambda x: x * w[1],
    "product right": lambda x: w[1] * x,
    "times a number": lambda x: 3 * x,
    "number after": lambda x: x * 3,
    "over": lambda x: kappa / x,
    "under": lambda x: x / kappa,
    "square": lambda x: x**2,
    "inverse": lambda x: x**-1,
    "inverse square": lambda x: kappa * x**-2,
    "D": dot,
    "D twice": lambda x: dot(dot(x)),
    "start": start,
    "next": after,
    "abs": abs,
    "exp": exp_of,
    "sum over i": lambda x: total("j", x * w["j"]),
    "sum over nothing": lambda x: total("j", x),
    "layers of nothing": lambda x: total("j", x, "layers"),
    "product of layers": lambda x: over_layers("prod", "m", x * u["m", 1]),
    "Euler": lambda x: euler(quad("S_W") * x) if not x.has("at") else x,
}
LEAVES = [
    kappa,
    num(2),
    num(-2),
    num(Fraction(1, 2)),
    num(Fraction(-1, 2)),
    w["i"],
    q["i"],
    J,
    q["i"] ** (L - Fraction(1, 4)),
]


@pytest.mark.parametrize(("outer", "inner"), list(product(HEADS, HEADS)))
def test_every_pair_of_heads(outer: str, inner: str) -> None:
    if "over nothing" in inner + outer and outer == inner:
        return
    for x in LEAVES:
        if outer.split()[0] == inner.split()[0] == "sum" and (
            "over i" in inner and outer in ("sum over i", "sum over nothing")
        ):
            continue  # the same index twice is refused
        e = HEADS[outer](HEADS[inner](x))
        bound = [n.args[0] for n in e.walk() if n.head in ("sum", "prod")]
        if len(bound) == len(set(bound)):
            agrees(e, words(e))
            agrees(e, latex(e))


@pytest.mark.parametrize("seed", range(30))
def test_the_readers_words_are_read_back(seed: int) -> None:
    """check.py says what it read in its own words."""
    for k in range(20):
        e = drawn(Random(f"reader {seed}/{k}"), 1 + k % 3)
        kind = "step" if e.has("next") else "flow"
        reader = check.Reader(frozenset({"kappa", "alpha", "L", "n", "eta"}), kind)
        try:
            tree = reader.read(encode(e))
        except check.Refused:
            continue
        agrees(as_atoms(e), check.words(tree))


def as_atoms(e: Expr) -> Expr:
    """The reader writes q_i where people read |w_i|^(2/L)."""
    from verify.terms.expr import substitute

    return substitute(
        e, lambda x: Expr("at", ("Q", *x.args[1:])) if x.head == "at" and x.args[0] == "q" else x
    )


def formula(rng: Random, depth: int, names: list[str]) -> Expr:
    if not depth:
        return rng.choice(
            [
                *map(const, names),
                *(num(x) for x in (2, 12, -1, -3, Fraction(1, 2), Fraction(-3, 4))),
            ]
        )
    a, b = formula(rng, depth - 1, names), formula(rng, depth - 1, names)
    kinds: list[Callable[[], Expr]] = [
        lambda: a + b,
        lambda: a - b,
        lambda: a * b,
        lambda: -a,
        lambda: a / b,
        lambda: a**2,
        lambda: a**-2,
    ]
    return rng.choice([*kinds, lambda: dot(a), lambda: partial(names[0], a)])()


NAMES = ["x", "X", "w1", "w12", "beta", "ab", "i", "l", "m", "k", "N", "J", "sigma2"]


@pytest.mark.parametrize("seed", range(30))
def test_formulas_in_words_and_in_latex(seed: int) -> None:
    for k in range(20):
        rng = Random(f"formula {seed}/{k}")
        e = formula(rng, 1 + k % 3, rng.sample(NAMES, 3))
        agrees(e, words(e))
        agrees(e, latex(e))


GAP = u["l", "i"] ** 2 - u["m", "i"] ** 2
RATES = [
    -kappa - kappa,
    -2 * kappa,
    num(3),
    num(Fraction(-1, 2)),
    kappa - 1,
    kappa**2,
    (kappa + 1) * (kappa - 2),
    kappa / 2,
]


@pytest.mark.parametrize("rate", RATES, ids=words)
@pytest.mark.parametrize(
    "quantity", [GAP, w["i"], J, q["i"], -w["i"], w["i"] * g["i"], total("i", q["i"])], ids=words
)
def test_laws(quantity: Expr, rate: Expr) -> None:
    """The rate times t is in the exponent, all of it; the quantity is taken at time t, all of
    it.
    """
    for law in (LinearLaw(quantity, rate), RateLaw(quantity, rate)):
        left, _, rest = law.render().partition(" at time t is e^")
        at_t, _, rest_tex = law.latex().partition("(t) = e^")
        end = next(
            k
            for k in range(1, len(rest_tex) + 1)
            if rest_tex[:k].count("{") == rest_tex[:k].count("}")
        )
        exponent, at_0 = rest_tex[1 : end - 1], rest_tex[end:].removeprefix("\\,")
        assert readback(rest.removesuffix(" times its value at time 0")) == value(
            rate * const("t"), {}
        )
        assert (
            readback(exponent) == value(rate * const("t"), {}) and at_0.removesuffix("(0)") == at_t
        )
        for text in (
            left,
            at_t,
        ):  # what stands before "at time t" is one bracket, letter or product: it can be a factor
            assert readback(text) == value(quantity, {})
            assert readback(f"{text} kappa") == value(quantity * kappa, {}) or text.startswith(
                "sum"
            )
        assert not left.startswith("-")
    conserved = Conserved(quantity).latex()
    before, _, after_ = conserved.partition(" = ")
    assert before.removesuffix("(t)") == after_.removesuffix("(0)") and readback(
        before.removesuffix("(t)")
    ) == value(quantity, {})
    assert readback(before.removesuffix("(t)") + "^{2}") == value(quantity**2, {})
    assert "for ever" not in KeepsSign(quantity, kappa).render()


def network(conclusion: object, assuming: tuple = ()) -> Claim:
    return Claim("planted", "planted", Flow(), assuming, {"c": conclusion}, Source("2603.02622v1"))  # type: ignore[arg-type]


def formulas(name: str, conclusion: Callable[[Expr], object], kind: str = "letter") -> Claim:
    x = const(name)
    atoms = {
        "root": (Root(name, const("x")),),
        "power": (Power(name, const("x"), num(2)),),
        "exp": (Exp(name, const("x")),),
    }
    atoms |= {"let": (Let(name, const("x")),), "letter": ()}
    letters = (Letter("x", ">"), *([Letter(name)] if kind == "letter" else []))
    setting = Formulas("planted", letters, atoms[kind], {"x": -const("x")})
    return Claim("planted", "planted", setting, (), {"c": conclusion(x)}, Source("2603.02622v1"))  # type: ignore[arg-type]


SUMS = [
    "i",
    "l",
    "t",
    "e",
    "d",
    "pi",
    "exp",
    "log",
    "sum",
    "J",
    "w1",
    "u2",
    "q1",
    "u",
    "w",
    "q",
    "max",
    "abs",
    "next",
    "start",
    "at",
]


SPOKEN = [
    "sin",
    "ln",
    "tanh",
    "oo",
    "inf",
    "is",
    "times",
    "if",
    "not",
    "for",
    "lim",
    "det",
    "while",
    "at",
    "constant",
    "value",
]


@pytest.mark.parametrize("name", SUMS + SPOKEN)
def test_names_that_collide_in_sums(name: str) -> None:
    for conclusion in (
        Conserved(total("i", const(name) * u["l", "i"] ** 2)),
        LinearLaw(u["l", "i"] ** 2, const(name)),
    ):
        with pytest.raises(BadInput) as said:
            network(conclusion)
        assert repr(name) in str(said.value) and "expected" in str(said.value)
    with pytest.raises(BadInput):
        network(Conserved(u["l", "i"] ** 2), (Homogeneous.of(const(name)),))


@pytest.mark.parametrize("index", ["t", "e", "d", "u", "w", "sum", "J", "L" if False else "pi"])
def test_indices_that_collide(index: str) -> None:
    with pytest.raises(BadInput):
        network(Conserved(total(index, u["l", index] ** 2)))


def test_an_index_has_one_meaning() -> None:
    for e in (total("i", w["i"] * total("i", w["i"])), u["i", "i"], total("i", w["i"]) + u["i", 1]):
        if e.free_indices().get("i") == "layers" and e.head == "+":
            network(
                Conserved(e)
            )  # bound in one place, free in another: sum_i w_i + u_(i,1) is read in one way
            continue
        with pytest.raises(BadInput):
            network(Conserved(e))


@pytest.mark.parametrize(
    "name",
    [
        "e",
        "d",
        "pi",
        "exp",
        "log",
        "sum",
        "D",
        "max",
        "next",
        "while",
        "and",
        "sum_i",
        "max_l",
        "d_x",
        *SPOKEN,
    ],
)
@pytest.mark.parametrize("kind", ["letter", "root", "power", "exp", "let"])
def test_names_that_collide_in_formulas(name: str, kind: str) -> None:
    with pytest.raises(BadInput) as said:
        formulas(name, Constant, kind)
    assert repr(name) in str(said.value)


@pytest.mark.parametrize("name", ["pi", "exp", "log", "I", *SPOKEN])
def test_names_that_collide_in_matrices(name: str) -> None:
    y = star.letter("Y")
    letters = Matrices(
        letters=(star_theory.Letter(name, "n", "n"), star_theory.Letter("Y", "n", "n")),
        layers=False,
    )
    numbers = Matrices(letters=(star_theory.Letter("Y", "n", "n"),), layers=False)
    for setting, x in ((letters, star.letter(name)), (numbers, star.const(name))):
        with pytest.raises(BadInput) as said:
            Claim(
                "planted",
                "planted",
                setting,
                (),
                {"c": Identity(x * y, y * x)},
                Source("2603.02622v1"),
            )
        assert repr(name) in str(said.value)


def _renamed() -> dict[str, tuple]:
    """A true claim in each language, in which zz is a number."""
    y, zz = star.letter("Y"), star.const("zz")
    at_rest = Matrices(letters=(star_theory.Letter("Y", "n", "n"),), layers=False)
    words_ = Claim(
        "planted",
        "planted",
        at_rest,
        (),
        {"c": Identity(zz * (y + y * y), zz * y + y * y * zz)},
        Source("2603.02622v1"),
    )
    sums = network(Conserved(const("zz") * (u["l", "i"] ** 2 - u["m", "i"] ** 2)))
    return {
        "sums": (sums, check),
        "words": (words_, check_matrices),
    }


@pytest.mark.parametrize("name", ["sin", "is", "oo", "times"])
@pytest.mark.parametrize("language", ["sums", "words"])
def test_the_readers_refuse_such_names(language: str, name: str) -> None:
    """A certificate whose letter is renamed throughout: it proves the same, and reads as something
    else.
    """
    claim, reader = _renamed()[language]
    text = json.dumps(judge(claim).certificate.body)  # type: ignore[union-attr]
    reader.check(json.loads(text.replace('"zz"', '"yy"')))
    with pytest.raises(check.Refused):
        reader.check(json.loads(text.replace('"zz"', f'"{name}"')))


@pytest.mark.parametrize(
    "whole",
    [u["l", "i"] * u["m", "i"], u["l", "i"] + u["m", "i"], -u["l", "i"], u["l", "i"] ** 2],
    ids=words,
)
def test_of_what_the_value_at_the_start_is_taken(whole: Expr) -> None:
    """x y at t=0 reads as the product at t=0 as well; a bar behind a product likewise."""
    v = w["i"]
    for e in (
        v * start(whole),
        v + start(whole),
        v - start(whole),
        total("i", start(whole)),
        2 * start(whole),
        v / start(whole),
    ):
        for text, end in ((words(e), " at t=0"), (latex(e), "\\big|_{t=0}")):
            at = text.index(end) + len(end)
            assert text[at : at + 1] == ")", text


def test_a_value_after_a_step_takes_an_exponent() -> None:
    """TeX stops at x^{+}^{2}."""
    for e in (after(w["i"]) ** 2, after(w["i"] * eta) ** 3, after(w["i"]) ** L):
        assert "^{+}^" not in latex(e)


def test_letters_of_the_sentence_itself() -> None:
    for name, conclusion in (
        ("t", lambda x: RateLaw(x, num(1))),
        ("c", ExponentialDecay),
        ("C", ExponentialDecay),
        ("t", ExponentialDecay),
    ):
        with pytest.raises(BadInput):
            formulas(name, conclusion)
    with pytest.raises(BadInput, match="t is the time"):  # there t moves with another speed
        formulas("t", Constant)


def test_names_that_differ_a_little_stay_apart() -> None:
    pairs = [("x", "X"), ("w1", "w12"), ("beta", "Beta"), ("a_b", "ab"), ("x1", "x")]
    for a, b in pairs:
        assert words(const(a)) != words(const(b)) and latex(const(a)) != latex(const(b))
        assert latex(const(a) * const(b)) != latex(const(b) * const(a))


def test_degrees_that_are_no_single_number() -> None:
    for degree, said in (
        (Fraction(1, 2), "c^(1/2) J(w)"),
        (Fraction(-1), "c^(-1) J(w)"),
        (2, "c^2 J(w)"),
    ):
        assert said in Homogeneous.of(degree).prose()


@pytest.mark.parametrize("first", ["2", "2^2", "2^(1/2)"])
@pytest.mark.parametrize("second", ["3", "3^2", "3^(1/2)"])
def test_numbers_do_not_stand_side_by_side(first: str, second: str) -> None:
    """Powers of numbers are numbers as well: 2^2 3 reads as 2^23. Found by the campaign."""
    number = {"2": num(2), "3": num(3)}
    power = {"": 1, "2": 2, "(1/2)": Fraction(1, 2)}

    def made(text: str) -> Expr:
        base, _, exponent = text.partition("^")
        return Expr("^", (number[base], num(power[exponent]))) if exponent else number[base]

    said = words(Expr("*", (made(first), made(second))))
    assert said == f"{first} ({second})"
