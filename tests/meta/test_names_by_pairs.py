"""Names of two places of one sentence: the same, or the same but for a line below, is refused where
it is written.

The kind: a name with two roles. Pairs of places are generated, language by language. What else
belongs to it: a quantity that is called like the time or like a number, and a vector of the loss
that is called like the degree of its homogeneity (its reader refused that after the proof).
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import pytest

from tests.meta.enclosures import fact, restated, written
from verify import Claim, Source
from verify.check_enclosure import Refused, check
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.equation import Equation
from verify.claims.hypotheses import Homogeneous
from verify.exact.errors import BadInput
from verify.integrate.enclosable import certifiable
from verify.integrate.system import System
from verify.models.flow import Flow
from verify.models.formulas import Exp, Formulas, Let, Letter, Power, Root
from verify.terms.expr import const, euler, lin, quad

NETWORK = {"constant": "alpha", "vector": "m", "degree": "r"}
FORMULA = {"letter": "x", "other": "y", "root": "r", "power": "p", "exp": "f", "let": "h"}
FLOW = {"state": "x", "other": "y", "quantity": "q", "second": "v"}


def network(**names: str) -> None:
    n = NETWORK | names
    e, c = quad("S_B") * lin(n["vector"]), const(n["constant"])
    conclusion = {"c": Equation(euler(e) * c, 3 * c * e)}
    assuming = (Homogeneous(degree=const(n["degree"])),)
    Claim("mine", "t", Flow(), assuming, conclusion, Source.own("draft"))


def formula(**names: str) -> None:
    n = FORMULA | names
    x, y = const(n["letter"]), const(n["other"])
    atoms = (Root(n["root"], x), Power(n["power"], x, y), Exp(n["exp"], x), Let(n["let"], x + y))
    letters = (Letter(n["letter"], ">"), Letter(n["other"], ">"))
    conclusion = {"c": Equals(x * y + const(n["let"]), x * y + x + y)}
    Claim("mine", "t", Formulas("f", letters, atoms), (), conclusion, Source.own("draft"))


def flow(**names: str) -> None:
    n = FLOW | names
    quantities = {n["quantity"]: lambda y, m: y[0] + 1, n["second"]: lambda y, m: 2 * y[1]}
    states, start = (n["state"], n["other"]), (Fraction(1),) * 2
    system = System("s", states, start, field=lambda y, m: [-y[0], y[0]], quantities=quantities)
    certifiable(system, (n["quantity"], n["second"]))


SAME = {("constant", "degree"), ("quantity", "second")}  # one constant; a dict has one of a name
PAIRS = [
    (make, a, b, x, y)
    for make, places in ((network, NETWORK), (formula, FORMULA), (flow, FLOW))
    for a, b in combinations(places, 2)
    for x, y in (("v1", "v1"), ("v1", "v_1"), ("v_1", "v1"), ("vv", "vv"))
    if x != y or (a, b) not in SAME
]


@pytest.mark.parametrize(("make", "a", "b", "x", "y"), PAIRS)
def test_no_two_places_of_a_sentence_have_one_name(make, a: str, b: str, x: str, y: str) -> None:
    make()
    with pytest.raises(BadInput):
        make(**{a: x, b: y})


@pytest.mark.parametrize("name", ["t", "s", "e", "pi", "d", "(t)", "e ", "inf"])
def test_a_quantity_is_not_called_like_the_time_or_a_number(name: str) -> None:
    with pytest.raises(BadInput):
        flow(quantity=name)


@pytest.mark.parametrize("name", ["t", "e", "pi", "( t )"])
def test_the_reader_of_enclosures_refuses_the_name_of_the_time(name: str) -> None:
    body = written("logistic")
    body["parts"][0]["facts"] = [fact([], "1 0", ">", "0") | {"name": "q"}]
    assert check(restated(body))
    body["parts"][0]["facts"][0]["name"] = name
    with pytest.raises(Refused, match="the time or of a number"):
        check(restated(body))
