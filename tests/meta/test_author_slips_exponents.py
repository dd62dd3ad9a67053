"""Exponents in sentences about networks: a number, or a + b L. Whatever else stands there is
refused where the claim is written, wherever the power stands; before, the search for witnesses
ended in a raw NotGeneric.
"""

from __future__ import annotations

import pytest

from verify.claims.claim import Claim, Source
from verify.claims.conclusions import Conserved, Equation, KeepsSign
from verify.exact.errors import BadInput
from verify.judge.decide import judge
from verify.models import Flow
from verify.terms.expr import J, const, dot, q, start, total, u, w

L, k = const("L"), const("k")
EXPONENTS = {
    "L^2": L**2,
    "L L": L * L,
    "L^L": L**L,
    "1/L": 1 / L,
    "2^L": (0 * L + 2) ** L,
    "constant": k,
    "weight": u["l", "i"],
    "sum": total("j", w["j"]),
    "loss": J,
    "rate": dot(w["i"]),
}
BASES = {"w": w["i"], "q": q["i"], "sum": total("j", w["j"] ** 2), "start": start(w["i"])}
PLACES = {
    "conserved": lambda x: Conserved(x),
    "inside": lambda x: Conserved(w["i"] + 2 * x * q["i"]),
    "left": lambda x: Equation(x, w["i"]),
    "right": lambda x: Equation(w["i"], x),
    "rate": lambda x: KeepsSign(w["i"], x),
    "derivative": lambda x: Equation(dot(x), w["i"]),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("exponent", EXPONENTS)
def test_an_exponent_that_is_not_affine_is_refused(exponent: str, base: str, place: str) -> None:
    with pytest.raises(BadInput, match="exponent"):
        judge(
            Claim(
                id="my-power",
                title="a power",
                setting=Flow(),
                assuming=(),
                concluding={"power": PLACES[place](BASES[base] ** EXPONENTS[exponent])},
                source=Source.own("draft"),
            )
        )


@pytest.mark.parametrize("exponent", [2, L, 2 * L - 1, L * 2 + L, 1 + L])
def test_an_affine_exponent_is_decided(exponent: object) -> None:
    found = judge(
        Claim(
            id="my-power",
            title="a power",
            setting=Flow(),
            assuming=(),
            concluding={"power": Conserved(q["i"] ** exponent)},
            source=Source.own("draft"),
        )
    )
    assert found.outcomes["power"].verdict.name == "REFUTED"
