"""What the reader of sums would refuse is refused where the claim is written: the prover never says
PROVED to be contradicted.

The kind: a form that the algebra can compute with, and that means nothing in the sentence.
Derivatives and starts in a descent step, values after a step along a flow, an index called like a
size, R with one layer twice.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from verify.claims.claim import Break, Claim, Source
from verify.claims.conclusions import Conserved, Equation, KeepsSign
from verify.claims.conclusions.base import Conclusion
from verify.claims.hypotheses import (
    Balanced,
    DepthAtLeast,
    Homogeneous,
    Hypothesis,
    NonZero,
    Product,
)
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.judge.decide import judge
from verify.models.flow import Flow, Step
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
    exp,
    g,
    lin,
    log,
    num,
    q,
    quad,
    start,
    total,
    u,
    w,
)

A = u["l", "i"]
REFUSED = {
    "a derivative in a step": (Step(), Equation(dot(A), -P["l", "i"] * g["i"])),
    "a derivative of a product in a step": (
        Step(),
        Equation(after(A) * dot(A) - dot(A) * after(A), num(0) * A),
    ),
    "a start in a step": (Step(), Equation(after(A) - start(A), after(A) - A)),
    "a step along a flow": (Flow(), Equation(after(A), A - eta * P["l", "i"] * g["i"])),
    "an index called n": (Flow(), Conserved(u["l", "n"] ** 2 - u["m", "n"] ** 2)),
    "a layer left out twice": (Flow(), Equation(A**2 * R["l", "l", "i"], w["i"])),
    "and by number": (Flow(), Equation(u[2, "i"] ** 2 * R[2, 2, "i"], w["i"])),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_where_it_is_written(name: str) -> None:
    setting, conclusion = REFUSED[name]
    with pytest.raises(BadInput, match="expected"):
        Claim("planted", "planted", setting, (), {"c": conclusion}, Source("2603.02622v1"))


@pytest.mark.parametrize("body", [dot(A), after(A), start(A)], ids=lambda e: e.head)
def test_each_has_its_setting(body: Expr) -> None:
    setting = Step() if body.head == "next" else Flow()
    assert Claim(
        "planted", "planted", setting, (), {"c": Equation(body, body + A)}, Source("2603.02622v1")
    )


W1, FORM, OTHER, LINE = w[1], quad("S_B"), quad("S_W"), lin("m")
STRANGE = {
    "a letter": w["i"],
    "a root": q[1],
    "a layer": u[1, 1] ** 2,
    "a gradient": g[1],
    "the loss": J,
    "a sum": total("j", w["j"] ** 2),
    "a symbolic power": FORM ** const("k"),
    "a power with L": W1**L,
    "bars": abs(LINE),
}


@pytest.mark.parametrize("head", [log, exp, euler], ids=lambda f: f.__name__)
@pytest.mark.parametrize("name", STRANGE)
def test_logs_and_slopes_are_of_formulas_of_w(name: str, head: Callable[[Expr], Expr]) -> None:
    for e in (
        head(STRANGE[name]),
        head(head(STRANGE[name]) * FORM),
        1 + head(FORM / STRANGE[name]),
    ):
        for conclusion in (Conserved(e), Equation(e, num(2)), Equation(u["l", "i"], e)):
            with pytest.raises(BadInput, match=r"inside (log|exp|euler)"):
                Claim("p", "p", Flow(), (), {"c": conclusion}, Source("2603.02622v1"))


NOWHERE = {
    "a log of minus a square": (log(-(FORM**2)), 4),
    "a log of a log of 1": (log(log(FORM / FORM)), 0),
    "a root of minus a square": ((-(W1**2)) ** Fraction(2, 3), None),
}


@pytest.mark.parametrize("name", NOWHERE)
def test_what_is_defined_nowhere_is_not_proved(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor by the reader, with the hole put back into the prover."""
    e, slope = NOWHERE[name]
    right = num(slope) if slope is not None else e * Fraction(4, 3)
    made = Claim("p", "p", Flow(), (), {"c": Equation(euler(e), right)}, Source("2603.02622v1"))
    assert judge(made).verdict is not Verdict.PROVED
    monkeypatch.setattr("verify.models.losses.calculus.loss_value", lambda *args: None)
    monkeypatch.setattr("verify.theories.states.search.defined", lambda *args: True)
    found = judge(made).outcomes["c"]
    assert found.verdict is Verdict.UNDECIDED and "does not accept" in found.reason


def test_what_is_defined_somewhere_is_proved() -> None:
    for e, slope in ((log(FORM), 2), (log(FORM / OTHER), 0), (log(log(1 + FORM / OTHER)), 0)):
        made = Claim(
            "p", "p", Flow(), (), {"c": Equation(euler(e), num(slope))}, Source("2603.02622v1")
        )
        assert judge(made).verdict is Verdict.PROVED


@pytest.mark.parametrize("twice", [Homogeneous, Balanced, NonZero, DepthAtLeast, Product])
def test_one_hypothesis_is_assumed_once(twice: Callable[..., Hypothesis]) -> None:
    assumed = (twice(), twice(id="again"))
    with pytest.raises(BadInput, match="2 times; expected it once"):
        Claim("p", "p", Flow(), assumed, {"c": Conserved(A**2)}, Source("2603.02622v1"))


AGREED: dict[str, tuple[Flow, tuple[Hypothesis, ...], Conclusion]] = {
    "R of numbered layers": (Flow(), (), Equation(u[1, "i"] * u[2, "i"] * R[1, 2, "i"], w["i"])),
    "R of a third layer": (
        Flow(least_depth=2),
        (),
        Equation(u["l", "i"] * u[3, "i"] * R["l", 3, "i"], w["i"]),
    ),
    "the rate of a sign": (
        Flow(),
        (Balanced(), NonZero()),
        KeepsSign(w["i"], L**2 * g["i"] ** 2 * q["i"] ** (2 * L - 2) * w["i"] ** -2),
    ),
    "the rate of a sign, of a root": (
        Flow(),
        (Balanced(), NonZero()),
        KeepsSign(u["l", "i"], g["i"] ** 2 * q["i"] ** (L - 2)),
    ),
}


@pytest.mark.parametrize("name", AGREED)
def test_the_prover_proves_nothing_that_its_reader_refuses(name: str) -> None:
    setting, assumed, conclusion = AGREED[name]
    breaks = tuple(Break(h.id, not_needed="a test") for h in assumed)
    found = judge(
        Claim("p", "p", setting, assumed, {"c": conclusion}, Source("2603.02622v1"), breaks=breaks)
    ).outcomes["c"]
    assert found.verdict is not Verdict.PROVED and "does not accept" not in found.reason
