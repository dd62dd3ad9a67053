"""What is printed of a flow is written from the record of its functions: read back, it is the same
flow; words state nothing.

What belongs to the kind: fields, losses and quantities, in every clock, short and long; screen,
list, LaTeX, JSON, explanation; starts that lead to different flows; builders that answer anew.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from fractions import Fraction as F
from random import Random
from typing import Any

import pytest

from tests.reports import settled_theorem
from verify.claims.claim import Claim, Source
from verify.claims.conclusions import Throughout
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.commands.steps import steps
from verify.exact.errors import BadInput
from verify.integrate.system import LOG, System, retimed
from verify.integrate.written import Written, flow_of, quantity_of
from verify.judge.decide import judge
from verify.models.trajectories import Trajectories
from verify.report.plain import as_data
from verify.report.stated import listed

LIE = "gradient flow of |W_2 W_1 - Y|^2"


def drawn(rng: Random, depth: int) -> Callable:
    """A random formula of (x, y, z), made without the tracer."""
    if depth == 0:
        k = rng.randrange(4)
        c = F(rng.randint(-5, 5), rng.randint(1, 4))
        return (lambda v: v[k]) if k < 3 else (lambda v: v[0] * 0 + c)
    a, b = drawn(rng, depth - 1), drawn(rng, depth - 1)
    return rng.choice(
        [
            lambda v: a(v) + b(v),
            lambda v: a(v) - b(v),
            lambda v: a(v) * b(v),
            lambda v: -a(v) * F(3, 2),
            lambda v: a(v) * a(v) * a(v),
            lambda v: a(v) / (b(v) * b(v) + 1),
            lambda v: 1 / (1 + a(v) * a(v)) / (2 + b(v) * b(v)),
            lambda v: (a(v) * a(v) + 1) ** F(-3),
        ]
    )


def read(written: Written, x: dict[str, F]) -> list[F]:
    """The values of the equations as they are written, parts first; Python's reading of the same
    notation.
    """
    known: dict[str, Any] = dict(x)
    rational = lambda text: re.sub(r"(?<![\w^])(\d+)", r"F(\1)", text).replace("^", "**")
    for line in (*written.parts, *written.equations):
        name, _, text = line.partition(" = ")
        known[name] = eval(rational(text), {"F": F, "exp": math.exp, "log": math.log}, known)
    return [known[e.partition(" = ")[0]] for e in written.equations]


@pytest.mark.parametrize("seed", range(60))
def test_what_is_written_is_what_is_followed(seed: int) -> None:
    rng = Random(f"written {seed}")
    f, g, h = (drawn(rng, rng.randint(1, 4)) for _ in range(3))
    field = lambda x, m: [f(x), g(x), h(x)]
    system = System(
        "a flow",
        ("x", "y", "z"),
        (F(1), F(1), F(1)),
        field,
        quantities={"q": lambda x, m: f(x) * g(x) - h(x)},
    )
    for _ in range(3):
        v = [F(rng.randint(-7, 7), rng.randint(1, 5)) for _ in range(3)]
        named = dict(zip("xyz", v, strict=True))
        assert read(flow_of(system), named) == [f(v), g(v), h(v)], flow_of(system).full()
        assert read(quantity_of(system, "q"), named) == [f(v) * g(v) - h(v)]


def test_gradients_functions_and_clocks() -> None:
    loss = System("a", ("a", "b"), (F(1), F(2)), loss=lambda x, m: (x[0] * x[1] - 1) ** 2 / 2)
    assert flow_of(loss).full() == "a', b' = -grad J; J = 1/2*(a*b - 1)^2"
    one = System("w", ("w",), (F(0),), loss=lambda x, m: (-x[0]).exp(), clock=LOG)
    assert flow_of(one).full() == "w' = -dJ/dw (' = d/dt, clock s = log(1 + t)); J = exp(-w)"
    late = retimed(System("x", ("x",), (F(1),), lambda x, m: [-x[0] * m.time]), LOG)
    assert (
        flow_of(late).equations[-1] == "clock s = log(1 + t)"
        and "exp(s)" in flow_of(late).equations[0]
    )


def logistic(start: F = F(1, 4), rate: int = 1) -> System:
    quantities = {"r": lambda x, m: x[0] * x[0] + 1, "x": lambda x, m: x[0]}
    return System(
        "logistic", ("x",), (start,), lambda x, m: [rate * x[0] * (1 - x[0])], quantities=quantities
    )


def lying(**options: Any) -> Claim:
    setting = Trajectories(LIE, options.pop("starts", {"x = 3": logistic}), F(1))
    conclusion = {"c": Throughout("r", ">", F(1))}
    return Claim(
        "a-claim",
        "a title",
        setting,
        (),
        conclusion,
        Source("0000.00000v1"),
        expected=Verdict.ENCLOSED,
    )


def everywhere() -> dict[str, str]:
    claim = lying()
    report = judge(claim, Request(digits=12))
    assert report.certificate is not None
    return {
        "setting": report.setting,
        "json": json.dumps(as_data(report, None)),
        "list": listed(claim),
        "latex": settled_theorem(claim),
        "explanation": "\n".join(steps(claim)),
        "certificate": report.certificate.statement,
    }


def test_every_place_prints_the_equation_the_start_and_the_quantity() -> None:
    for place, text in everywhere().items():
        plain = (
            text.replace("\\^{}", "^")
            .replace("\\textasciicircum{}", "^")
            .replace("\\,", "*")
            .replace("\\", "")
        )
        assert "x*(1 - x)" in plain or "x*(1 + (-1)*x)" in plain, place
        assert (
            "1/4" in plain or place == "setting" or (place == "latex" and "tfrac{1}{4}" in plain)
        ), place
        assert "x^2" in plain or "x*x" in plain or "x^{2}" in plain, place
        if LIE in text:
            assert text.count(LIE) == text.count(f"author's words: {LIE!r}") + text.count(
                f'"words": "{LIE}"'
            ), place


def test_starts_with_different_flows_are_told_apart() -> None:
    text = lying(starts={"a": logistic, "b": lambda: logistic(F(1, 2), 2)}).setting.title()
    assert text == "from 'a': x' = x*(1 - x); from 'b': x' = 2*x*(1 - x)"


def test_long_equations_are_cut_with_a_hash_and_complete_elsewhere() -> None:
    names = tuple(f"x{j}" for j in range(30))
    system = System(
        "long",
        names,
        (F(1),) * 30,
        lambda x, m: [a * (b + 1) for a, b in zip(x, [*x[1:], x[0]], strict=True)],
    )
    written = flow_of(system)
    assert (
        "30 equations" in written.brief()
        and "sha-256" in written.brief()
        and len(written.brief()) < 320
    )
    assert len(written.lines()) == 30


def _counting() -> Callable:
    calls: list[int] = []
    return lambda: logistic(F(1, 4 + len(calls)) if calls.append(1) is None else F(0))


def _rates() -> Callable:
    calls: list[int] = []
    return lambda: logistic(rate=len(calls)) if calls.append(1) is None else logistic()


@pytest.mark.parametrize("builder", [_counting, _rates])
def test_a_builder_that_answers_anew_is_refused(builder: Callable) -> None:
    with pytest.raises(BadInput, match="when it is asked again"):
        lying(starts={"a": builder()})


def test_a_builder_is_not_asked_again_once_the_claim_is_made() -> None:
    asked: list[int] = []

    def build() -> System:
        asked.append(1)
        return logistic() if len(asked) < 3 else logistic(F(3, 4), 5)

    claim = lying(starts={"a": build})
    report = judge(claim, Request(digits=12))
    assert report.parameters["starts"] == {"a": {"x": "1/4"}} and len(asked) == 2


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: lying(starts={"a": logistic()}), "write lambda: system"),
        (lambda: lying(starts={"a": 3}), "a function without arguments"),
        (lambda: lying(starts={"a": lambda: 3}), "expected a System"),
        (lambda: lying(starts={"a": lambda: 1 / 0}), "ZeroDivisionError"),
        (lambda: lying(starts={"a\nb": logistic}), "one line"),
        (lambda: lying(starts=[logistic]), "dictionary"),
        (lambda: Trajectories(LIE, {"a": logistic}, 0.5), "exact time"),  # type: ignore[arg-type]
        (lambda: Trajectories(LIE, {"a": logistic}, F(1), {"h": logistic}), "pair"),  # type: ignore[dict-item]
        (
            lambda: System("a", ("x",), (F(1),), lambda x, m: [x[0]], quantities={"q": 3}),
            "quantity 'q' is 3, a int",
        ),  # type: ignore[dict-item]
        (lambda: System("a", ("x",), (F(1),), 3), "its field is 3"),  # type: ignore[arg-type]
        (lambda: System("a", "x", (F(1),), lambda x, m: [x[0]]), "names = 'x'"),  # type: ignore[arg-type]
        (lambda: System("a", (1,), (F(1),), lambda x, m: [x[0]]), "called 1"),  # type: ignore[arg-type]
        (lambda: System("a", ("x",), (0.5,), lambda x, m: [x[0]]), "not exact"),  # type: ignore[arg-type]
        (lambda: System("a", ("x",), (F(1),), lambda x, m: [x[0]], quantities=[1]), "dictionary"),  # type: ignore[arg-type]
        (lambda: System("a", ("x",), (F(1),), lambda x: [x[0]]), "TypeError"),  # type: ignore[arg-type]
        (lambda: Throughout(3, ">"), "in quotes"),  # type: ignore[arg-type]
    ],
)
def test_slips_are_refused_where_they_are_written(make: Callable, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        make()


def test_a_formula_of_sympy_is_no_quantity() -> None:
    sympy = pytest.importorskip("sympy")
    x = sympy.Symbol("x")
    with pytest.raises(BadInput, match="quantity 'q'"):
        System("a", ("x",), (F(1),), lambda x, m: [x[0]], quantities={"q": x**2 + 1})
    with pytest.raises(BadInput, match="not exact"):
        System("a", ("x",), (F(1),), lambda s, m: [s[0] * x])
