"""A name that a reader refuses is refused where its author writes it, with what was expected.

The kind: names that read as something else than they name. The readers' half is
tests/meta/test_forged_names.py; here each of them comes in through the constructors and the claim,
so that nothing is PROVED (or enclosed) and then not accepted.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from verify import Claim, Source
from verify.claims.conclusions import Conserved
from verify.claims.conclusions.constant import Constant
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.equation import Equation
from verify.claims.conclusions.matrix_kinds import Identity
from verify.claims.conclusions.of_actions import Preserves
from verify.exact.errors import BadInput
from verify.integrate.enclosable import certifiable
from verify.integrate.system import System
from verify.models.action import Action, Explicit
from verify.models.flow import Flow
from verify.models.formulas import Formulas, Letter
from verify.models.matrices import Matrices
from verify.models.motions import Still
from verify.terms.expr import const, euler, lin, num, quad, total, u
from verify.terms.letters import Letter as MatrixLetter
from verify.terms.matrices import const as scalar
from verify.terms.matrices import letter, norm2

SOURCE = Source.own("draft")


def claim(setting: Any, conclusion: Any) -> Claim:
    return Claim("mine", "t", setting, (), {"c": conclusion}, SOURCE)


def index(name: str) -> Claim:
    return claim(Flow(), Conserved(total(name, u["l", name] ** 2)))


def form(name: str) -> Claim:
    return claim(Flow(), Equation(euler(quad(name) * lin("m")), 3 * quad(name) * lin("m")))


def vector(name: str) -> Claim:
    return claim(Flow(), Equation(euler(quad("S_B") * lin(name)), 3 * quad("S_B") * lin(name)))


def coordinate(name: str) -> Claim:
    model = Explicit((name, "b"), (const(name) + const("b"),), (((1, 0), (-1, 0)),))
    return claim(Action((model,)), Preserves())


def formula(name: str) -> Claim:
    x, y = const(name), const("y1")
    setting = Formulas("f", letters=(Letter(name), Letter("y1")))
    return claim(setting, Equals((x + y) * y, x * y + y**2))


def clock(rate: Any) -> Claim:
    setting = Formulas("f", letters=(Letter("x"), Letter("t")), rates={"x": num(1), "t": rate})
    return claim(setting, Constant(rate * const("x") - const("t")))


def positive(name: str) -> Claim:
    setting = Matrices(
        Still(),
        (MatrixLetter("M", "a", "a"),),
        sequences=("s",),
        positive=(name,),
        layers=False,
    )
    return claim(setting, Identity(norm2(letter("M")), scalar("r")))


def state(name: str) -> None:
    certifiable(System("s", ("x", name), (Fraction(1),) * 2, field=lambda y, m: [-y[0], y[0]]), ())


def title(name: str) -> None:
    quantities = {name: lambda y, m: y[0] + 1}
    system = System("s", ("x",), (Fraction(1),), field=lambda y, m: [-y[0]], quantities=quantities)
    certifiable(system, (name,))


#: how it enters, what is taken, what is refused
NAMES: dict[str, tuple[Callable[[Any], Any], list, list]] = {
    "index": (index, ["i", "j"], ["i-1", "n", "L", "eta", "kappa", "in", "all", "layers", "u1"]),
    "form": (form, ["S_B", "x"], ["u", "w", "t", "e", "n", "L", "eta", "u1", "m", "i-1", "not"]),
    "vector": (vector, ["m", "x"], ["S_B", "S_W", "u", "J", "kappa", "w1", "sum"]),
    "coordinate": (coordinate, ["x", "a_1"], ["g", "phi", "theta", "xi_1", "mu", "sin", "b_"]),
    "formula": (formula, ["x", "y"], ["y_1", "y1_", "e", "d"]),
    "clock": (clock, [num(1)], [num(2), num(-1), num(0), const("x")]),
    "positive": (positive, ["r"], ["s", "M", "a", "foo", "N"]),
    "state": (state, ["y", "W_1[1,2]"], ["x'", "x²", "x_", "_", "e", "d", "sin", "x,y", "½", "μ"]),
    "title": (title, ["q", "||W||^2 - min", "m, m = x"], ["x ", "(x)", "x < q", "x²", " q", "[x]"]),
}


@pytest.mark.parametrize("what", NAMES)
def test_a_name_that_reads_as_something_else(what: str) -> None:
    make, good, bad = NAMES[what]
    for name in good:
        make(name)
    passed = []
    for name in bad:
        try:
            make(name)
        except BadInput as refusal:
            assert "expected" in str(refusal) and len(str(refusal)) < 900
        else:
            passed.append(name)
    assert passed == []
