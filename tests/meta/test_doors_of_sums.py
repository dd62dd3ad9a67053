"""What the reader of sums would refuse is refused where the claim is written: the prover never says
PROVED to be contradicted.

The kind: a form that the algebra can compute with, and that means nothing in the sentence.
Derivatives and starts in a descent step, values after a step along a flow, an index called like a
size, R with one layer twice.
"""

from __future__ import annotations

import pytest

from verify.claims.claim import Claim, Source
from verify.claims.conclusions import Conserved, Equation
from verify.exact.errors import BadInput
from verify.models.flow import Flow, Step
from verify.terms.expr import Expr, P, R, after, dot, eta, g, num, start, u, w

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
