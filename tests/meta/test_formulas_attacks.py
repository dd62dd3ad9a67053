"""Attacks on the exact layer for formulas: false sentences, empty ones, forged certificates, bad
input.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from proofs import CLAIMS
from proofs.kirwan_ness_scalar import CLOSED, FLOW
from tests.answers import answer
from tests.meta.planted_formulas import claim
from verify.claims.claim import Claim
from verify.claims.conclusions import Equation
from verify.claims.conclusions.constant import Constant
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.exponential_decay import ExponentialDecay
from verify.claims.conclusions.rate_law import RateLaw
from verify.claims.conclusions.sign import Sign
from verify.claims.hypotheses import NonZero
from verify.claims.hypotheses.formulas import Given
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.judge.decide import judge
from verify.models.formulas import (
    Exp,
    Formulas,
    Let,
    Letter,
    Power,
    Root,
    Solution,
    letters,
    partial,
)
from verify.terms.expr import const, dot, exp, num

ROOT = Path(__file__).parents[2]
X, Y, N, R, P, E, T = letters("x y N r p E t")
PLANE = Formulas(
    "x and y", (Letter("x"), Letter("y")), (Root("r", X**2), Exp("E", X)), {"x": Y, "y": -X}
)
POWERS = Formulas("x > 0", (Letter("x", ">"), Letter("N", ">")), (Power("p", X, 1 / N),))


def verdict(*args: object, **more: object) -> Verdict:
    return judge(claim(*args, **more)).outcomes["c"].verdict  # type: ignore[arg-type]


FALSE: dict[str, tuple] = {
    "a root is not its argument": (PLANE, Equals(R, X)),
    "nor its negative": (PLANE, Equals(R, -X)),
    "the product of both": (PLANE, Equals((R - X) * (R + X), num(1))),
    "a rotation does not keep x": (PLANE, Constant(X)),
    "nor x^2 - y^2": (PLANE, Constant(X**2 - Y**2)),
    "nor grows": (PLANE, RateLaw.of(X**2 + Y**2, 1)),
    "a rate that moves": (PLANE, RateLaw(E, Y)),
    "wrong power rule": (POWERS, Equals(partial("x", P), P / (N * X**2))),
    "power with N and N + 1": (POWERS, Equals(P**2, X)),
    "a square is not positive at 0": (PLANE, Sign(X**2, ">")),
    "a sum of squares vanishes at 0": (PLANE, Sign(X**2 + Y**2, "!=")),
    "a root vanishes": (PLANE, Sign(R, ">")),
    "N - 2 has no sign": (POWERS, Sign(N - 2, "!=")),
    "x - 1 has no sign though x > 0": (POWERS, Sign(X - 1, ">")),
    "N > 2 does not give N > 3": (POWERS, Sign(N - 3, "!="), (Given("g", N - 2, ">"),)),
    "two bounds do not add up": (
        POWERS,
        Sign(N - 3, "!="),
        (Given("g", N - 2, ">"), Given("h", N - 1, ">")),
    ),
    "x != 0 is not x > 0": (PLANE, Sign(X, ">"), (Given("g", X),)),
    "a cube is not above 0": (PLANE, Sign(X**3, ">=")),
    "nor a square below": (PLANE, Sign(-(X**2), ">=")),
    "a product of two that do not vanish": (
        PLANE,
        Sign(X * Y, ">"),
        (Given("g", X), Given("h", Y)),
    ),
}


@pytest.mark.parametrize("name", FALSE)
def test_false_sentences_are_refuted(name: str) -> None:
    assert verdict(*FALSE[name]) is Verdict.REFUTED


def test_true_counterparts_are_proved() -> None:
    """The same machinery says yes where it should: otherwise the test above would say nothing."""
    assert verdict(PLANE, Equals(R**2, X**2)) is Verdict.PROVED
    assert verdict(PLANE, Equals((R - X) * (R + X) + Y, Y)) is Verdict.PROVED
    assert verdict(PLANE, Constant(X**2 + Y**2)) is Verdict.PROVED
    assert verdict(PLANE, Equals(dot(E), Y * E)) is Verdict.PROVED
    assert verdict(POWERS, Equals(partial("x", P), P / (N * X))) is Verdict.PROVED
    assert verdict(POWERS, Sign(N - 1, ">"), (Given("g", N - 2, ">"),)) is Verdict.PROVED
    assert verdict(POWERS, Sign((N - 3) ** 2, ">"), (Given("g", N - 3),)) is Verdict.PROVED
    assert verdict(PLANE, Sign(X**2 + Y**2, ">"), (Given("g", Y),)) is Verdict.PROVED
    assert verdict(PLANE, Sign(X**2 * E, ">=")) is Verdict.PROVED


EMPTY: dict[str, tuple] = {
    "0 = 0": (PLANE, Equals(num(0), num(0))),
    "x - x = 0": (PLANE, Equals((X - X) * Y, num(0))),
    "a number is constant": (PLANE, Constant(num(3))),
    "the rate of nothing": (PLANE, RateLaw(num(0), num(2))),
}


@pytest.mark.parametrize("name", EMPTY)
def test_empty_sentences_are_vacuous(name: str) -> None:
    assert verdict(*EMPTY[name]) is Verdict.VACUOUS


def test_a_sum_of_exponentials_is_left_open() -> None:
    """e = e^2 is false, but a place where it fails has no rational value: neither proved nor
    refuted.
    """
    assert verdict(PLANE, Equals(E, E**2)) is Verdict.UNDECIDED


def test_what_nothing_satisfies_is_not_proved() -> None:
    contrary = (Given("g", X, ">"), Given("h", -X, ">"))
    assert verdict(PLANE, Equals(R**2, X**2), contrary) is Verdict.UNDECIDED
    assert verdict(PLANE, Sign(X * X, ">"), contrary) is Verdict.UNDECIDED
    imaginary = Formulas("no root", (Letter("x"),), (Root("r", -(X**2) - 1),))
    assert verdict(imaginary, Equals(R**2 + X, X - X**2 - 1)) is Verdict.UNDECIDED


def test_a_zero_divisor_proves_only_where_it_is_defined() -> None:
    """(r + x)(r - x)/(r - x) = 0 holds for x < 0 only, where it is defined; with x > 0 nothing is
    left.
    """
    e = (R + X) * (R - X) / (R - X) + Y
    left = judge(claim(PLANE, Equals(e, Y))).outcomes["c"]
    assert left.verdict is Verdict.PROVED and left.instance.letters["x"] < 0  # type: ignore[union-attr]
    right = Formulas("x > 0", (Letter("x", ">"), Letter("y")), (Root("r", X**2),))
    assert verdict(right, Equals(e, Y)) is Verdict.UNDECIDED


DECAY = ExponentialDecay(const("G"))
CLOCK = CLOSED.clock
EXPONENTIAL = Formulas("t > 0", (Letter("t", ">"),), (Exp("s", -T),), {"t": num(1)})
SOLUTIONS: dict[str, Solution] = {
    "another speed": Solution(
        Formulas("t", (Letter("t", ">"),), (Root("s", 1 + 5 * T),), {"t": num(1)}), CLOSED.values
    ),
    "another time": Solution(
        Formulas("t", (Letter("t", ">"),), (Root("s", 1 + 8 * T),), {"t": num(1)}), CLOSED.values
    ),
    "another start": Solution(CLOCK, {"w1": num(1), "w2": 1 / const("s")}),
    "a solution with G = 0": Solution(CLOCK, {"w1": num(1), "w2": num(1)}),
    "no letter left out": Solution(CLOCK, {"w2": 1 / const("s")}),
    "an exponential": Solution(EXPONENTIAL, {"w1": num(0), "w2": const("s")}),
    "a solution that ends": Solution(
        Formulas("t", (Letter("t", ">"),), (Root("s", 9 - 4 * T),), {"t": num(1)}),
        {"w1": num(0), "w2": 1 / const("s")},
    ),
}


def test_a_derivative_is_not_put_into_a_solution() -> None:
    """A derivative by a letter of the flow would become one along the clock; no letter of the flow
    is called like the clock.
    """
    flow = Formulas("x and w", (Letter("x"), Letter("w")), (), {"x": num(1), "w": num(0)})
    given = Solution(Formulas("t", (Letter("t", ">"),), (), {"t": num(1)}), {"x": T, "w": num(1)})
    for quantity in (
        partial("x", X**2) - 2 * X + const("w"),
        dot(X) / X,
        partial("w", X * const("w")),
    ):
        assert verdict(flow, ExponentialDecay(quantity), hints={"c": given}) is Verdict.UNDECIDED
    assert verdict(flow, ExponentialDecay(X), hints={"c": given}) is Verdict.REFUTED
    clock = Formulas("t and w", (Letter("t"), Letter("w")), (), {"t": num(1), "w": num(0)})
    with pytest.raises(BadInput, match="written with t"):
        judge(claim(clock, ExponentialDecay(T), hints={"c": given}))


@pytest.mark.parametrize("name", SOLUTIONS)
def test_what_solves_nothing_refutes_nothing(name: str) -> None:
    assert verdict(FLOW, DECAY, hints={"c": SOLUTIONS[name]}) is Verdict.UNDECIDED


def test_an_exponential_decay_is_never_refuted() -> None:
    decaying = Formulas("x' = -x", (Letter("x"),), (), {"x": -X})
    solution = Solution(EXPONENTIAL, {"x": const("s")})
    assert verdict(decaying, ExponentialDecay(X), hints={"c": solution}) is Verdict.UNDECIDED
    assert verdict(FLOW, DECAY) is Verdict.UNDECIDED  # without a solution
    assert verdict(FLOW, DECAY, hints={"c": CLOSED}) is Verdict.REFUTED


def setting(*letters_: Letter, **more: object) -> Callable[[], Claim]:
    return lambda: claim(Formulas("bad", letters_ or (Letter("x"),), **more), Equals(X, X + 1))  # type: ignore[arg-type]


BAD: dict[str, tuple[Callable[[], object], str]] = {
    "undeclared": (lambda: claim(PLANE, Equals(const("z"), X)), "mentions 'z'"),
    "twice": (setting(Letter("x"), Letter("x")), "'x' is declared twice"),
    "no name": (lambda: Letter("x y"), "name 'x y'"),
    "reserved": (setting(Letter("D")), "name 'D'"),
    "sign": (lambda: Letter("x", "<"), "sign '<'"),
    "degree": (lambda: Root("r", X, 1), "degree 1"),
    "degree of another type": (lambda: Root("r", X, Fraction(1, 2)), "degree Fraction(1, 2)"),  # type: ignore[arg-type]
    "order of atoms": (setting(atoms=(Let("a", const("b")), Let("b", X))), "mentions 'b'"),
    "an atom of itself": (setting(atoms=(Root("r", R),)), "mentions 'r'"),
    "rate of no letter": (setting(rates={"y": X}), "a rate for 'y'"),
    "no motion": (setting(rates={"x": num(0)}), "all rates are 0"),
    "float point": (setting(points=({"x": 0.5},)), "point {'x': 0.5}"),
    "point without a letter": (setting(points=({},)), "point {}"),
    "D without a flow": (lambda: claim(POWERS, Equals(dot(X), X)), "contains D"),
    "constant without a flow": (lambda: claim(POWERS, Constant(X)), "speaks of a flow"),
    "a root as an exponent": (
        lambda: claim(PLANE, Equals(X ** Fraction(1, 2), Y)),
        "the exponent 1/2; expected a whole number",
    ),
    "half, as people write it": (
        lambda: claim(PLANE, Equals(X ** (num(1) / 2), Y)),
        "the exponent 1/2; expected a whole number",
    ),
    "exp in a formula": (lambda: claim(PLANE, Equals(exp(X), Y)), "'exp'"),
    "d/d of an atom": (lambda: claim(PLANE, Equals(partial("r", X), Y)), "'d/dr'"),
    "kind": (lambda: claim(PLANE, Equation(X, Y)), "type Equation"),
    "hypothesis": (lambda: claim(PLANE, Equals(X, Y), (NonZero("n"),)), "type NonZero"),
    "hint": (lambda: claim(PLANE, Equals(X, Y), hints={"c": X}), "type Expr"),
    "relation": (lambda: Sign(X, "<"), "relation '<'"),
    "given": (lambda: Given("g", X, "<"), "sign '<'"),
    "a divisor that is zero": (
        lambda: judge(claim(PLANE, Equals(X / (Y - Y), X))),
        "zero everywhere",
    ),
    "an exponent that moves": (
        lambda: judge(claim(POWERS, Equals(partial("N", P), P))),
        "its exponent moves under d/dN",
    ),
    "a radicand with a divisor": (
        lambda: judge(claim(Formulas("bad", (Letter("x"),), (Root("r", 1 / X),)), Equals(R, X))),
        "radicand has a denominator",
    ),
    "an option of networks": (
        lambda: judge(claim(PLANE, Equals(R, X)), Request(depth=3)),
        "--depth does not apply",
    ),
    "no hypothesis": (
        lambda: judge(claim(PLANE, Equals(R, X)), Request(without=("g",))),
        "it assumes nothing, so there is no g",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_named(name: str) -> None:
    build, words = BAD[name]
    with pytest.raises(BadInput) as said:
        build()
    assert words in str(said.value)


STEPS = sorted(
    p.stem for c in CLAIMS if c.setting.kind == "formulas"
    for p in (ROOT / "proofs" / "steps").glob(f"{c.id}.*.json")
    if c.id not in ("dln-volume-n4", "dln-volume-n5")  # as n2, n3
)  # fmt: skip


def body(name: str) -> dict:
    return json.loads((ROOT / "proofs" / "steps" / f"{name}.json").read_text())


def accepted(data: object) -> bool:
    return answer(data)[0] == 0


def numbers(data: object, path: tuple = ()) -> list[tuple]:
    """Paths to the numbers of a term, but for those of a use."""
    if isinstance(data, str) and data.lstrip("-").replace("/", "").isdigit():
        return [path]
    pairs: Iterable = ()
    if isinstance(data, dict):
        pairs = ((k, x) for k, x in data.items() if k != "by")
    elif isinstance(data, list):
        pairs = enumerate(data)
    return [p for k, x in pairs for p in numbers(x, (*path, k))]


def at(data: Any, path: Sequence) -> Any:
    for k in path:
        data = data[k]
    return data


#: changed equations that are true as well: a number under a derivative, and 0^2, which is 0^5
TRUE_TOO = {"depth-infinity-potential.log": 1, "kn-exponential.decay": 2}
#: numbers stand beside derivatives that are 0
VANISHING = {"commuting-parametrisation", "sgd-drift"}


@pytest.mark.parametrize("name", [n for n in STEPS if "instance" in body(n)])
def test_a_changed_number_in_a_proved_sentence_is_refused(name: str) -> None:
    """Every number of every equation matters; the unchanged certificate is accepted. An inequality
    may become weaker, so that it stays true, by one change, and not by all.
    """
    assert accepted(body(name))
    weaker = any(c["kind"] == "inequality" for c in body(name)["conclude"].values())
    said = []
    for path in numbers(body(name)["conclude"]):
        for more in (3, -3)[: 1 + weaker]:
            forged = body(name)
            place = at(forged["conclude"], path[:-1])
            place[path[-1]] = str(Fraction(place[path[-1]]) + more)
            said.append(accepted(forged))
    if weaker or name.split(".")[0] in VANISHING:
        assert not all(said)
    else:
        assert said.count(True) == TRUE_TOO.get(name, 0)


W1, W2 = ["at", "w1"], ["at", "w2"]
LETTERS = "setting.letters."
#: what a certificate is changed in: None leaves a field out
FORGERIES: dict[str, tuple[str, str, object]] = {
    "no conclusions": ("kn-scalar.product", "conclude", {}),
    "an instance at rest": ("kn-scalar.product", "instance.values", {"w1": "1", "w2": "1"}),
    "an instance where all is zero": (
        "kn-scalar.moment",
        "instance.values",
        {"w1": "0", "w2": "0"},
    ),
    "a letter too many": ("kn-scalar.product", "instance.values.z", "1"),
    "a letter too few": ("kn-scalar.product", "instance.values.w2", None),
    "a number that is none": ("kn-scalar.product", "instance.values.w2", 2),
    "an instance against a sign": ("ou-density.stationary", "instance.values.beta", "-1"),
    "an instance whose root is another": ("coarea-weight.fibre", "instance.values.J", "6"),
    "an instance where a divisor is zero": ("ach-curl.curl", "instance.values.w", ["0", "0"]),
    "an instance against a hypothesis": ("ach-no-potential.curl", "instance.values.N", "2"),
    "without the hypothesis N > 2": ("ach-no-potential.curl", LETTERS + "d1.sign", None),
    "a sign that is not supposed": ("ach-no-potential.curl", LETTERS + "N.sign", None),
    "another radicand": ("coarea-weight.law", LETTERS + "J.is", ["^", ["at", "w", 1], "2"]),
    "another degree": ("coarea-weight.law", LETTERS + "J.degree", "3"),
    "another role": ("coarea-weight.law", LETTERS + "J.role", "log"),
    "another rate": ("kn-scalar.product", "setting.motion.rates.w2", W2),
    "a rate by itself": ("kn-scalar.product", "setting.motion.rates.w2", ["D", W2]),
    "a rate left out": ("kn-scalar.product", "setting.motion.rates.w2", None),
    "an unknown head": ("kn-scalar.product", "conclude.product.what", ["log", W1]),
    "an unknown kind": ("kn-scalar.product", "conclude.product.kind", "holds"),
    "a field too many": ("kn-scalar.product", "conclude.product.also", "1"),
    "a law of another quantity": ("kn-scalar.product", "conclude.product.what", ["+", W1, W2]),
    "another version": ("kn-scalar.product", "version", 1),
    "a version that is true": ("kn-scalar.product", "version", True),
    "another format": ("kn-scalar.product", "format", "flowlaw-formulas"),
    "a proof called a refutation": ("kn-scalar.product", "instance", None),
    "a huge power": ("kn-scalar.product", "conclude.product.what", ["^", ["^", W1, "64"], "64"]),
    "a float": ("kn-scalar.product", "conclude.product.what", 0.5),
    "a witness where it holds": ("coarea-printed.law", "witness.values.w", ["1", "1"]),
    "a witness against a sign": ("coarea-printed.law", "witness.values.w", ["-3", "4"]),
    "another flow of a solution": ("kn-exponential.decay", "setting.motion.rates.t", "2"),
    "another radicand of a solution": (
        "kn-exponential.decay",
        LETTERS + "s.is",
        ["+", "1", ["at", "t"]],
    ),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_forgeries_are_refused(name: str) -> None:
    which, path, value = FORGERIES[name]
    data = body(which)
    *way, last = path.split(".")
    place = at(data, way)
    if value is None:
        del place[last]
    else:
        place[last] = value
    assert accepted(body(which)) and data != body(which) and not accepted(data)


@pytest.mark.parametrize("value", [None, True, 7, "-1", [], {}, ["at", "q"]], ids=str)
@pytest.mark.parametrize("which", ["ach-curl.curl", "coarea-weight.law", "kn-exponential.decay"])
def test_nothing_but_refusals_leaves_the_reader(which: str, value: object) -> None:
    """Every leaf and branch of a certificate replaced by something foreign: refused, or another
    sentence, or the same proved by other uses or at another point.
    """
    _, before = answer(body(which))
    for path in places(body(which)):
        data = body(which)
        at(data, path[:-1])[path[-1]] = value
        code, said = answer(data)
        free = path[0] == "instance" or "by" in path or data == body(which)
        assert code or free or said != before, (which, path, value)


def places(data: object, path: tuple = ()) -> list[tuple]:
    pairs = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    found = list(pairs)
    return [(*path, k) for k, _ in found] + [p for k, x in found for p in places(x, (*path, k))]
