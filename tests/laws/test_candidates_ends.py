"""What ``verify candidates`` says of a loss and at the ends of its sizes, against phi by
hand.

The kind: a number that is right for most models (a law's speed under a loss of degree k, the
exponents that are tried, a coordinate that exists at the usual sizes) and is carried to all.
"""

from __future__ import annotations

import re
from fractions import Fraction as F
from random import Random

import pytest

from tests.laws.models_table import TABLE
from tests.laws.test_candidates import CASES, found_at, rates, velocity
from tests.laws.test_models import row
from verify.exact.errors import BadInput
from verify.judge.found import told
from verify.models.catalogue import model
from verify.models.catalogue.base import LARGEST
from verify.models.derived import motion
from verify.models.entries import entries
from verify.models.objectives import objective
from verify.terms.array_words import LATEX, words

SIGNED = [("signed-power", (D, n)) for D in range(1, 6) for n in (1, 2)]


@pytest.mark.parametrize(("name", "given"), [*CASES, *(c for c in SIGNED if c not in CASES)])
def test_the_speed_of_a_norm_under_a_loss_of_degree_one(name: str, given) -> None:
    """(norm)' = -c J with the c of this phi: for u^D - v^D it is 2 D and not 2."""
    found, draw = found_at(name, given), Random(f"{name}{given}")
    told_ = told(found, [], objective(model(name), "linear"))["loss"]["text"]
    speed = re.search(r"\)' = (-?[\d/]+) J instead of 0", told_)
    assert speed, told_
    theta = row(draw, found.case.size)
    z = TABLE[name].phi(theta, given)
    g = row(draw, len(z))
    J = sum((a * b for a, b in zip(g, z, strict=True)), F(0))
    family = found.scaled[0]
    moved = rates(name, given, family.array, family, theta, velocity(name, given, theta, g))
    assert {F(speed[1]) * J} == set(moved)


@pytest.mark.parametrize("degree", range(1, LARGEST + 1))
def test_signed_powers_of_every_degree(degree: int) -> None:
    """u' = -D u^(D-1) g, v' = D v^(D-1) g: u^(2-D) + v^(2-D) is constant, u v at D = 2; one law for
    each coordinate, and there are no more.
    """
    found = found_at("signed-power", (degree, 1))
    counts = told(found, [], None)["counts"]
    assert counts["independent"] == counts["any_at_most"] == 1
    assert degree == 2 or ((0, 2 - degree, 1), (1, 2 - degree, 1)) in found.powers


def test_a_linear_law_is_written_as_one() -> None:
    found = told(found_at("signed-power", (1, 2)), [], None)
    assert [(p["law"], p["while"]) for p in found["powers"]] == [
        ("u_1 + v_1", []),
        ("u_2 + v_2", []),
    ]


NOWHERE = ("1/(w1-w1)", "log(w1-w1)", "log(0*N)", "log(N/N-2)", "(W-W)^(-1/2)", "(N/N-2)^(1/2)")


@pytest.mark.parametrize("loss", [*NOWHERE, "w1 + 1/(B-B)", "exp(1/(m-m))", "0*log(N-N)"])
def test_a_loss_that_is_defined_nowhere_is_refused(loss: str) -> None:
    """Its gradient came out as 0."""
    with pytest.raises(BadInput, match=r"zero for every|not defined"):
        objective(model("diagonal"), loss)


@pytest.mark.parametrize("loss", ["exp(1)*w1", "log(1+exp(1))*N", "exp(N/N)*m", "(N/N+1)^(1/2)*w2"])
def test_constants_in_a_loss(loss: str) -> None:
    """exp of the number 1, which as a product has no factor, ended in an error about sizes."""
    of, made = motion(model("diagonal")), objective(model("diagonal"), loss)
    assert len(entries(of, model("diagonal").at((2, 2)), made).text()) >= 4
    assert "<1" not in words(made.gradient())


def test_a_number_before_a_power_of_a_number() -> None:
    """Side by side, 2 and 2^(1/2) read as 22^(1/2)."""
    slope = objective(model("diagonal"), "2^(1/2)*N").gradient()
    assert words(slope) == "2*2^(1/2) w"
    assert words(slope, {}, LATEX) == "2 \\cdot 2^{1/2}\\,w"
