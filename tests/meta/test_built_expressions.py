"""An expression that no builder made, or that is larger than it looks, is refused where it is
stated; exact numbers of other libraries are numbers.

The kind (E7, E1, F12): an author's slip that surfaces late or raw. Nodes with arguments of other
types or in other numbers, unknown heads, numbers beyond the readers' limits, trees that share their
branches (a loop of e = e + e ran until the limit of time); and ``x * np.int64(2)``, which was
called inexact. All builders, one level down as well.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
import pytest
import sympy

from verify.claims.conclusions import Conserved
from verify.exact.errors import BadInput
from verify.exact.limits import digits
from verify.exact.numbers import exactly
from verify.terms import expr, matrices
from verify.terms.expr import Expr, after, dot, euler, log, num, q, quad, start, total, u, w
from verify.terms.expr_grammar import fault

A = u["l", "i"]
BUILT = [
    A,
    w["i"] ** 2 / 3 - q["i"],
    dot(A) * expr.P["l", "i"],
    after(A),
    start(A),
    total("i", A**2),
    expr.over_layers("max", "l", A),
    euler(log(quad("S_B"))),
    abs(A) + expr.J,
    expr.lin("m") * expr.const("kappa"),
    expr.exp(num(Fraction(-1, 2))) ** expr.L,
]
NODES = [x for e in BUILT for x in e.walk()]
ALIEN: list[Any] = [None, 3, 2.5, "x", (), Fraction(1, 2), True, A, [A], Conserved]


def test_what_builders_make_is_fine() -> None:
    assert [fault(e) for e in NODES] == [""] * len(NODES)


@pytest.mark.parametrize("seed", range(40))
def test_what_no_builder_makes(seed: int) -> None:
    """One argument more or of another type, none at all, a head of another kind; at the root, and
    inside a sum.
    """
    r = Random(seed)
    node = r.choice(NODES)
    alien = r.choice([x for x in ALIEN if type(x) not in {type(y) for y in node.args}])
    bad = [
        Expr(node.head, (alien, *node.args)),
        Expr(node.head, (*node.args[:-1], alien) if node.head != "at" else (alien,)),
        Expr(r.choice(["boom", "d/d", "d/d1", "", "NUM", "+ "]), node.args),
        Expr(node.head, list(node.args)),  # type: ignore[arg-type]
    ]
    bad += [Expr(node.head, ())] if node.args else []
    for e in bad:
        if node.head == "at" and alien in (3, "x"):
            continue  # an index more is one of the model's own slips
        for stated in (e, A + 2 * e):
            with pytest.raises(BadInput, match="expected what the builders"):
                Conserved(stated)


@pytest.mark.parametrize("step", [lambda e: e + e, lambda e: e * e, lambda e: dot(e) - e])
def test_shared_branches_are_counted_as_written_out(step: Any) -> None:
    e = A
    for _ in range(100):
        e = step(e)
    with pytest.raises(BadInput, match=r"too long an expression|nested"):
        Conserved(e)


@pytest.mark.parametrize(
    "x", [10**200, Fraction(1, 10**200), 10**5000, -(10**300)], ids=lambda x: str(digits(x))
)
def test_a_number_beyond_the_limit_is_counted_and_not_shown(x: Any) -> None:
    with pytest.raises(BadInput, match="digits; a rational number has at most 200"):
        Conserved(A * x)


EXACT = [np.int64(3), np.int8(-2), np.uint64(7), sympy.Rational(2, 3), sympy.Integer(5), 4]
INEXACT = [np.float64(2), np.float32(1), Decimal(1), 1j, float("nan"), "2", True, np.bool_(1), None]


@pytest.mark.parametrize("x", [*EXACT, Fraction(3, 7)], ids=repr)
def test_exact_numbers_of_other_libraries(x: Any) -> None:
    """On both sides of every operation, in both languages; what is kept is Python's own."""
    value = Fraction(int(x.numerator), int(x.denominator))
    assert exactly(x) == value and type(exactly(x).numerator) is int
    assert A * x == A * value and A + x == A + value and A / x == A / value and A**x == A**value
    assert matrices.W[1] * x == matrices.W[1] * value and matrices.num(x) == matrices.num(value)
    assert matrices.W[1] / x == matrices.num(1 / value) * matrices.W[1]
    assert x * A in (value * A, A * value) and x - A == value - A


@pytest.mark.parametrize("x", [*INEXACT, [1], np.array([1]), sympy.Symbol("x"), sympy.pi], ids=repr)
def test_other_numbers_are_refused_alike(x: Any) -> None:
    for build in (
        expr.lift,
        num,
        matrices.lift,
        matrices.num,
        lambda x: A * x,
        lambda x: A**x,
        lambda x: matrices.W[1] / x,
    ):
        with pytest.raises(BadInput, match="exact numbers only"):
            build(x)


@pytest.mark.parametrize("zero", [0, Fraction(0), np.int64(0), sympy.Integer(0)], ids=repr)
def test_nothing_is_divided_by_zero(zero: Any) -> None:
    for e in (A, matrices.W[1]):
        with pytest.raises(BadInput, match="divisor"):
            e / zero
