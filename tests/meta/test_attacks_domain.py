"""Zeros that a derivation excludes are conditions of the sentence, printed, and more is not
supposed.

The kind: every divisor of every rule of derivation. Roots of each degree, roots inside roots,
powers with symbolic exponents of either sign, exponentials of quotients, abbreviations with
divisors, divisors in the rates, in hypotheses; divisors that cancel; declared
signs and hypotheses that the flow does not keep. In each case below the quantity is constant until
x reaches 0 in finite time, and not after that; the sentence has to say "while".
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import product
from math import exp, prod
from random import Random

import pytest

from tests.meta.planted_formulas import claim
from verify.claims.claim import Break, Claim, Source
from verify.claims.conclusions import Equation
from verify.claims.conclusions.constant import Constant
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.rate_law import RateLaw
from verify.claims.conclusions.sign import Sign
from verify.claims.evidence import Report
from verify.claims.hypotheses import NonZero
from verify.claims.hypotheses.formulas import Given
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.judge.decide import judge
from verify.judge.stepped import stepped
from verify.models import Flow
from verify.models.formulas import Atom, Exp, Formulas, Let, Letter, Power, Root, letters, partial
from verify.terms.expr import Expr, L, const, dot, euler, log, num, q, quad, w
from verify.theories.steps import lasting
from verify.theories.towers.domain import Condition, domain
from verify.theories.towers.quotients import TooLarge
from verify.theories.towers.sentence import FormulaSentence

X, Y, Z, T, N, F, R, S = letters("x y z t N f r s")


def descending(
    sign: str,
    atoms: tuple[Atom, ...],
    speed: Expr,
    conclusion: object,
    assuming: tuple = (),
    more: dict | None = None,
) -> Claim:
    """x' = -speed, which takes x to 0; t' = 1; N and y stand still."""
    found = (Letter("x", sign), Letter("t"), Letter("N", ">"), Letter("y", ">"))
    return claim(
        Formulas("x goes to 0", found, atoms, {"x": -speed, "t": num(1)} | (more or {})),
        conclusion,
        assuming,
    )


ENDS: dict[str, Claim] = {
    f"root of degree {n}": descending("", (Root("f", X, n),), n * F ** (n - 1), Constant(F + T))
    for n in (2, 3, 5)
}
ENDS |= {
    "a root inside a root": descending(
        "", (Root("r", X), Root("f", R)), 4 * R * F, Constant(F + T)
    ),
    "a root of a product": descending("", (Root("f", X * Y),), 2 * F / Y, Constant(F + T)),
    "a root of a sum": descending("", (Root("f", X + Y),), 2 * F, Constant(F + T)),
    "a power": descending(">", (Power("f", X, 1 / N),), N * X / F, Constant(F + T)),
    "a power of a letter without sign": descending(
        "", (Power("f", X, N),), X / (N * F), Constant(F + T)
    ),
    "a negative power": descending(">", (Power("f", X, -1 / N),), N * X * F, Constant(1 / F + T)),
    "a fractional exponent": descending(
        "", (Power("f", X, num(Fraction(2, 3))),), num(Fraction(3, 2)) * X / F, Constant(F + T)
    ),
    "an exponential of a quotient": descending(
        "", (Exp("f", Y / X),), X**2 / (Y * F), Constant(F - T)
    ),
    "an abbreviation": descending("", (Let("f", 1 / X),), num(1), Constant(1 / F + T)),
    "an abbreviation of a root": descending(
        "", (Root("r", X), Let("f", R**3 / X)), 2 * R, Constant(F + T)
    ),
    "a divisor that cancels": descending("", (), num(1), Constant(X**2 / X + T)),
    "a divisor of the rate": descending("", (), 1 / X, Constant(X**2 + 2 * T)),
    "a declared sign": descending(">", (), num(1), Constant(X + T)),
    "a declared sign, not 0": descending("!=", (), num(1), Constant(X + T)),
    "a hypothesis": descending("", (), num(1), Constant(X + T), (Given("g", X, ">"),)),
    "a hypothesis about an expression": descending(
        "", (), num(1), Constant(X + T), (Given("g", X * Y),)
    ),
    "a hypothesis about a quotient": descending(
        "", (), num(1), Constant(X + T), (Given("g", Y / X, ">"),)
    ),
    "a hypothesis about a quotient above": descending(
        "", (), num(1), Constant(X + T), (Given("g", X / (Y + 1), ">"),)
    ),
    "a hypothesis about a quotient, not 0": descending(
        "", (), num(1), Constant(X + T), (Given("g", X - Y / X),)
    ),
    "a sign that falls with another": descending(
        ">", (), X / X, Constant(X + T), (), {"y": -Y / X}
    ),
}
STATE = {"x": Fraction(0), "t": Fraction(1), "N": Fraction(2), "y": Fraction(1)}


@cache
def judged(name: str) -> Report:
    return judge(ENDS[name])


def at(e: Expr, state: dict[str, Fraction]) -> Fraction:
    """Of an expression in letters alone."""
    match e:
        case Expr("num", (n,)):
            return n
        case Expr("const", (name,)):
            return state[name]
        case Expr("+", args):
            return sum((at(a, state) for a in args), Fraction(0))
        case Expr("*", (first, *rest)):
            return (
                at(first, state) * at(Expr("*", tuple(rest)), state) if rest else at(first, state)
            )
        case Expr("^", (base, Expr("num", (n,)))):
            return at(base, state) ** int(n)
    raise AssertionError(e)


def holds(value: Fraction, relation: str) -> bool:
    return value > 0 if relation == ">" else value >= 0 if relation == ">=" else value != 0


@pytest.mark.parametrize("name", ENDS)
def test_a_zero_that_is_divided_by_ends_the_sentence(name: str) -> None:
    """PROVED says while, in the scope; the kernel says up to when; and the condition fails where
    x = 0.
    """
    outcome = judged(name).outcomes["c"]
    assert outcome.verdict is Verdict.PROVED, outcome.reason
    found = domain(outcome.sentence)  # type: ignore[arg-type]
    moved = (
        dict(STATE, y=Fraction(0))
        if "another" in name
        else STATE | {"y": Fraction(0 if "sum" in name else 1)}
    )
    assert any(not holds(at(c.expr, moved), c.relation) for c in found), [c.text() for c in found]
    said = "while " + " and ".join(c.text() for c in found)
    assert said in outcome.scope and outcome.steps is not None
    assert "up to the first time at which a sign that is stated fails" in outcome.steps.statement


@pytest.mark.parametrize("name", ENDS)
def test_a_condition_that_is_left_out_is_missed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The scope that is printed lacks one: the kernel's certificate supposes more than is said, or
    ends before; no verdict then.
    """
    outcome = judged(name).outcomes["c"]
    found = domain(outcome.sentence)  # type: ignore[arg-type]
    for left_out in range(len(found)):
        less = (*found[:left_out], *found[left_out + 1 :])
        with monkeypatch.context() as patched:
            patched.setattr(lasting, "domain", lambda sentence, less=less: less)
            again = stepped("c", replace(outcome, steps=None))
        assert again.verdict is Verdict.UNDECIDED, (found[left_out].text(), again.steps)


@pytest.mark.parametrize("weaker", [None, (T, ">"), (X, "!="), (Y, ">")], ids=str)
def test_no_weaker_condition_is_enough(weaker, monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = judged("root of degree 2").outcomes["c"]
    less = () if weaker is None else (Condition(*weaker),)
    monkeypatch.setattr(lasting, "domain", lambda sentence: less)
    assert stepped("c", replace(outcome, steps=None)).verdict is Verdict.UNDECIDED


def test_a_rate_that_is_written_with_what_moves_is_not_read() -> None:
    """x / x - 2 is -1 where x != 0; the kernel wants constants."""
    setting = Formulas("z", (Letter("x"), Letter("z")), (), {"x": num(-1), "z": -Z})
    outcome = judge(claim(setting, RateLaw(Z, X / X - 2))).outcomes["c"]
    assert outcome.verdict is Verdict.UNDECIDED and "made of constants" in outcome.reason


KEPT: dict[str, tuple[Formulas, object]] = {
    "x' = -x": (
        Formulas("a", (Letter("x", ">"), Letter("y")), (), {"x": -X, "y": X}),
        Constant(X + Y),
    ),
    "x' = -y x": (
        Formulas("a", (Letter("x", "!="), Letter("y")), (), {"x": -Y * X, "y": Y * X}),
        Constant(X + Y),
    ),
    "x' = x^2": (
        Formulas("a", (Letter("x", ">"), Letter("y")), (), {"x": X**2, "y": -(X**2)}),
        Constant(X + Y),
    ),
    "x' = 1": (
        Formulas("a", (Letter("x", ">"), Letter("y")), (), {"x": num(1), "y": num(-1)}),
        Constant(X + Y),
    ),
    "x' = r x, r = sqrt(y)": (
        Formulas(
            "a",
            (Letter("x", ">"), Letter("y", ">"), Letter("z")),
            (Root("r", Y),),
            {"x": R * X, "y": -Y, "z": -R * X},
        ),
        Constant(X + Z),
    ),
    "x' = -x/(1 + y^2)": (
        Formulas(
            "a", (Letter("x", "!="), Letter("y")), (), {"x": -X / (1 + Y**2), "y": X / (1 + Y**2)}
        ),
        Constant(X + Y),
    ),
}


@pytest.mark.parametrize("name", KEPT)
def test_signs_that_the_flow_keeps_need_no_word(name: str) -> None:
    """As weak as is correct: x' = h x with a continuous h keeps x > 0, and so does x' >= 0."""
    outcome = judge(claim(*KEPT[name])).outcomes["c"]
    assert outcome.verdict is Verdict.PROVED and "while" not in outcome.scope, outcome.scope


NOT_KEPT = {
    "x' = -sqrt(x)": (
        Formulas("a", (Letter("x", ">"), Letter("z")), (Root("r", X),), {"x": -R, "z": R}),
        Constant(X + Z),
    ),
    "x' = -x/r": (
        Formulas("a", (Letter("x", ">"), Letter("z")), (Root("r", X),), {"x": -X / R, "z": X / R}),
        Constant(X + Z),
    ),
    "x' = -x p with p = x^(-1/2)": (
        Formulas(
            "a",
            (Letter("x", ">"), Letter("z")),
            (Power("f", X, num(Fraction(-1, 2))),),
            {"x": -X * F, "z": X * F},
        ),
        Constant(X + Z),
    ),
    "x' = -x/y and y' = -y/x": (
        Formulas(
            "a",
            (Letter("x", ">"), Letter("y", ">"), Letter("z")),
            (),
            {"x": -X / Y, "y": -Y / X, "z": X / Y},
        ),
        Constant(X + Z),
    ),
}


@pytest.mark.parametrize("name", NOT_KEPT)
def test_signs_that_look_kept(name: str) -> None:
    """In each of them x, or x and y together, reach 0 in finite time."""
    outcome = judge(claim(*NOT_KEPT[name])).outcomes["c"]
    assert (
        outcome.verdict is Verdict.PROVED and "while" in outcome.scope and "x > 0" in outcome.scope
    ), outcome.scope


def test_sentences_about_single_states_say_where() -> None:
    setting = Formulas("r", (Letter("x"), Letter("t")), (Root("r", X),), {"x": -2 * R, "t": num(1)})
    scopes = {
        "while x > 0": Equals(dot(R), num(-1)),
        "where x > 0": Equals(partial("x", R) * 2 * R, num(1)),
        "where x >= 0": Equals(R**2, X),
        "where x >= 0 and t != 0": Sign((R + 1) / T**2, ">"),
    }
    for said, conclusion in scopes.items():
        outcome = judge(claim(setting, conclusion)).outcomes["c"]
        assert outcome.verdict is Verdict.PROVED and outcome.scope.endswith(said), (said, outcome)


class Undefined(Exception):
    """Something has no value, or no derivative."""


class State:
    """Values and derivatives along the flow by the rules of a textbook, in floats: do they exist at
    all?
    """

    def __init__(self, setting: Formulas, letters_: dict[str, float]) -> None:
        self.rates, self.letters = setting.rates, letters_
        self.atoms = {a.name: a for a in setting.atoms}

    def value(self, e: Expr) -> float:
        match e:
            case Expr("num", (n,)):
                return float(n)
            case Expr("const", (name,)):
                return self.letters[name] if name in self.letters else self.atom(self.atoms[name])
            case Expr("+", args):
                return sum(self.value(a) for a in args)
            case Expr("*", args):
                return prod(self.value(a) for a in args)
            case Expr("^", (base, Expr("num", (n,)))):
                v = self.value(base)
                if n < 0 and abs(v) < 1e-9:
                    raise Undefined
                return v ** int(n)
        raise AssertionError(e)

    def atom(self, a: Atom) -> float:
        v = self.value(a.of)
        if isinstance(a, Root):
            if v < -1e-9:
                raise Undefined
            return max(v, 0.0) ** (1 / a.degree)
        if isinstance(a, Power):
            if v < 1e-9:
                raise Undefined
            return v ** self.value(a.exponent)
        return exp(v) if isinstance(a, Exp) else v

    def slope(self, e: Expr) -> float:
        match e:
            case Expr("num"):
                return 0.0
            case Expr("const", (name,)):
                return self.rate(name)
            case Expr("+", args):
                return sum(self.slope(a) for a in args)
            case Expr("*", args):
                return sum(
                    self.slope(a) * prod(self.value(b) for b in args[:k] + args[k + 1 :])
                    for k, a in enumerate(args)
                )
            case Expr("^", (base, Expr("num", (n,)))):
                return n * self.value(base ** (n - 1)) * self.slope(base)
        raise AssertionError(e)

    def rate(self, name: str) -> float:
        if name in self.letters:
            return self.value(self.rates[name]) if name in self.rates else 0.0
        a = self.atoms[name]
        inner, own = self.slope(a.of), self.atom(a)
        if isinstance(a, Let) or isinstance(a, Exp):
            return inner * own if isinstance(a, Exp) else inner
        below = self.value(a.of)
        if abs(below) < 1e-9:
            if inner:
                raise Undefined
            return 0.0
        return (
            own * inner / below * (self.value(a.exponent) if isinstance(a, Power) else 1 / a.degree)
        )


def drawn(rng: Random) -> Formulas:
    """Atoms of every kind on top of each other, rates with divisors."""
    known, found = [X, Y, N], []
    for name in ("a", "b", "f"):
        of = expression(rng, known, 2)
        kind = rng.randrange(4)
        polynomial = expression(rng, known, 2, False)
        found.append(
            Root(name, polynomial, rng.choice((2, 3)))
            if kind == 0
            else Power(name, of, rng.choice((1 / N, -N, 2 - N)))
            if kind == 1
            else Exp(name, of)
            if kind == 2
            else Let(name, of)
        )
        if kind != 3 or not any(x.head == "^" and x.args[1].args[0] < 0 for x in of.walk()):
            known.append(const(name))
    rates = {"x": expression(rng, known, 1), "y": expression(rng, known, 1)}
    return Formulas(
        "drawn",
        (Letter("x"), Letter("y", rng.choice(("", ">", "!="))), Letter("N", ">")),
        tuple(found),
        rates,
    )


def expression(rng: Random, known: list[Expr], depth: int, divide: bool = True) -> Expr:
    if not depth:
        return rng.choice([*known, num(rng.choice((1, 2, -1)))])
    a, b = expression(rng, known, depth - 1, divide), expression(rng, known, depth - 1, divide)
    kinds = [lambda: a + b, lambda: a * b, lambda: a - b, lambda: a**2] + [lambda: a / b] * divide
    return rng.choice(kinds)()


@pytest.mark.parametrize("seed", range(40))
def test_where_the_conditions_hold_everything_is_defined(seed: int) -> None:
    """Drawn towers; at every state of a grid with zeros, the conditions hold only where values and
    derivatives exist.
    """
    rng = Random(f"domain/{seed}")
    setting = drawn(rng)
    quantity = expression(rng, [X, Y, *(const(a.name) for a in setting.atoms)], 2)
    sentence = FormulaSentence(setting, (), "c", Constant(quantity))
    try:
        found = domain(sentence)
    except (BadInput, TooLarge):
        return
    grid, tried = (-1.0, 0.0, 0.5, 1.0, 2.0), 0
    for x, y, n in product(grid, grid, (1.0, 2.0)):
        if (setting.letters[1].sign == ">" and y <= 0) or (
            setting.letters[1].sign == "!=" and y == 0
        ):
            continue
        state = State(setting, {"x": x, "y": y, "N": n})
        try:
            met = all(comfortably(state.value(c.expr), c.relation) for c in found)
        except (Undefined, OverflowError):
            continue  # a condition without a value does not hold
        if met:
            tried += 1
            with suppress(OverflowError):
                state.slope(quantity)
                [state.value(e) for e in setting.rates.values()]


def comfortably(value: float, relation: str) -> bool:
    """Floats near 0 are left out."""
    return (
        value > 1e-6 if relation == ">" else value >= 0 if relation == ">=" else abs(value) > 1e-6
    )


SUMS: dict[str, tuple[object, tuple, str]] = {
    "a quotient of forms": (
        Equation(euler(quad("S_B") / quad("S_W")), num(0)),
        (),
        "where w'S_W w != 0",
    ),
    "a log": (Equation(euler(log(quad("S_W"))), num(2)), (), "where w'S_W w > 0"),
    "a root": (
        Equation(euler(quad("S_W") ** Fraction(1, 2)), quad("S_W") ** Fraction(1, 2)),
        (),
        "where w'S_W w > 0",
    ),
    "powers of the root q": (
        Equation(dot(q["i"]), 2 / L * q["i"] / w["i"] * dot(w["i"])),
        (NonZero(),),
        "while w_i != 0 for each i",
    ),
}


@pytest.mark.parametrize("name", SUMS)
def test_divisors_of_sums_are_said(name: str) -> None:
    """In the scope, in the certificate and by the reader, which finds them by itself."""
    conclusion, assuming, said = SUMS[name]
    breaks = tuple(Break(h.id, not_needed="a test") for h in assuming)
    made = Claim(
        "planted",
        "planted",
        Flow(),
        assuming,
        {"c": conclusion},
        Source("2603.02622v1"),
        breaks=breaks,
    )  # type: ignore[arg-type]
    report = judge(made)
    outcome = report.outcomes["c"]
    assert outcome.verdict is Verdict.PROVED and outcome.scope.endswith(said), outcome
    assert report.certificate is not None and report.certificate.body["statement"].endswith(said)
    assert report.certificate.statement.replace("(w'S_W w)", "w'S_W w").endswith(said)
