"""What is refuted is the sentence: its own equation fails at a state where both sides have a value
and a derivative.

The kind: a refutation that rests on something beside the sentence. The derivative of a rate where
the quantity is 0; the derivative of |x|, max or min at a corner, where there is none; a later
obligation of a proof. In formulas (laws q' = c q, constants, equations, signs at the boundary) and
in the sums of networks (laws, conserved quantities, equations, kept signs).
"""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from verify.claims.claim import Claim, Source
from verify.claims.conclusions import Conserved, Equation, KeepsSign, LinearLaw
from verify.claims.conclusions.constant import Constant
from verify.claims.conclusions.equals import Equals
from verify.claims.conclusions.rate_law import RateLaw
from verify.claims.sentence import Sentence
from verify.claims.verdict import Verdict
from verify.judge.decide import judge
from verify.models import Flow
from verify.models.formulas import Formulas, Letter, Power, Root, letters
from verify.models.losses import family
from verify.models.losses.data import simple
from verify.models.point import Point
from verify.terms.expr import Expr, dot, num, over_layers, q, total, u, w
from verify.theories.states.search import fails_at

X, Y, R, P = letters("x y r p")


def verdict(setting: Formulas, conclusion: object) -> Verdict:
    made = Claim("planted", "planted", setting, (), {"c": conclusion}, Source("2511.01137v2"))  # type: ignore[arg-type]
    return judge(made).outcomes["c"].verdict


def absolute(rate: Expr, power: int = 1) -> Formulas:
    """r = |x|^power, and y moves by itself."""
    rates = {"x": rate, "y": num(1)}
    return Formulas("r", (Letter("x"), Letter("y")), (Root("r", X ** (2 * power)),), rates)


def drawn(rng: Random) -> tuple[Formulas, Expr, Expr]:
    """r = |x|: (r + x) (r - x) = 0, so that q = r + s x with x' = (r - s x) a has q' = 0 and the
    law q' = b (r - s x) q, any a, b.
    """
    s, a = rng.choice((1, -1)), rng.choice((num(1), num(-2), X + 3, R, X**2 + 1, Y))
    b = rng.choice((num(1), num(2), X, R - 1, Y, X * Y + 1))
    return absolute((R - s * X) * a), R + s * X, (R - s * X) * b


@pytest.mark.parametrize("seed", range(24))
def test_a_rate_may_do_what_it_likes_where_the_quantity_is_zero(seed: int) -> None:
    """True for every start: where q is not 0 the rate is 0, and where q is 0 it stays 0."""
    setting, quantity, rate = drawn(Random(seed))
    assert verdict(setting, RateLaw(quantity, rate)) in (Verdict.PROVED, Verdict.UNDECIDED)
    assert verdict(setting, Constant(quantity)) in (Verdict.PROVED, Verdict.UNDECIDED)


def test_most_of_them_are_proved() -> None:
    """That the quantity stays, which is all that the law says: the kernel reads no law with a rate
    that moves, even where only what is 0 has it.
    """
    found = [verdict(s, Constant(q_)) for s, q_, _ in map(drawn, map(Random, range(24)))]
    assert found.count(Verdict.PROVED) >= 20


@pytest.mark.parametrize("seed", range(12))
def test_false_laws_are_refuted_by_their_own_equation(seed: int) -> None:
    """Beside the true ones: a rate that is off by a number, or a quantity that is."""
    setting, quantity, rate = drawn(Random(seed))
    law = RateLaw(quantity, rate + 1) if seed % 2 else RateLaw(quantity + 1, rate)
    made = Claim("planted", "planted", setting, (), {"c": law}, Source("2511.01137v2"))
    outcome = judge(made).outcomes["c"]
    assert outcome.verdict is Verdict.REFUTED and outcome.witness is not None
    there = outcome.witness.letters
    x, y = there["x"], there["y"]
    r = abs(x)
    at = {"x": x, "y": y, "r": r}

    def value(e: Expr) -> Fraction:
        match e:
            case Expr("num", (n,)):
                return n
            case Expr("const", (name,)):
                return at[name]
            case Expr("+", args):
                return sum(map(value, args), Fraction(0))
            case Expr("*", (first, *rest)):
                return value(first) * (value(Expr("*", tuple(rest))) if rest else 1)
            case Expr("^", (base, Expr("num", (n,)))):
                return value(base) ** int(n)
        raise AssertionError(e)

    assert x  # r has no derivative at 0
    speed = value(setting.rates["x"])
    slope = (r / x) * speed + (1 if quantity.args[1] == X else -1) * speed
    assert slope - value(law.rate) * value(law.quantity) != 0


def test_a_rate_that_moves_is_refuted_where_the_law_holds() -> None:
    """p = x^2 > 0 has p' = (2 x'/x) p: with x' = x^2 the rate 2 x moves, and p(t) is not p(0) e^(2
    x t).
    """
    setting = Formulas("p", (Letter("x", ">"),), (Power("p", X, num(2)),), {"x": X**2})
    assert verdict(setting, RateLaw(P, 2 * X)) is Verdict.REFUTED


def test_no_witness_at_a_corner_of_a_formula() -> None:
    """d/dt |x| = |x| d/dt x / x holds for x != 0; at 0 there is no derivative, and nothing is
    refuted there.
    """
    setting = Formulas("r", (Letter("x"),), (Root("r", X**2),), {"x": X + 1})
    assert verdict(setting, Equals(dot(R) * R, X * (X + 1))) is Verdict.PROVED
    assert verdict(setting, Equals(dot(R) * X, R * (X + 1))) is Verdict.PROVED


def point(rows: list[list[int]], loss: str = "linear") -> Point:
    start = tuple(tuple(Fraction(x) for x in row) for row in rows)
    return Point(start, family(loss).build(len(rows[0]), simple()), {})


def fails(conclusion: object, at: Point) -> bool:
    return fails_at(Sentence(Flow(), (), "c", conclusion), at) is not None  # type: ignore[arg-type]


#: |w_1| = q_1 at depth 2: w_1 = 0 and w_1' = -g_1 (u_1^2 + u_2^2) != 0
ZERO = point([[0, 1], [2, 1]])
CORNERS = {
    "abs": abs(w[1]),
    "the root at depth 2": q[1],
    "a sum of roots": total("i", q["i"]),
    "max over layers": over_layers("max", "l", u["l", 1] * u["l", 2]),
    "min over layers": over_layers("min", "l", u["l", 1] * u["l", 2]),
}
TIE = point([[1, 3], [3, 1]])


@pytest.mark.parametrize("name", CORNERS)
def test_no_witness_at_a_corner(name: str) -> None:
    """Whatever the other side: left and right derivative differ, so that no value of D q can be
    compared there.
    """
    quantity, at = CORNERS[name], TIE if "layers" in name else ZERO
    for other in (num(0), num(7), w[2], 3 * quantity):
        assert not fails(Equation(dot(quantity), other), at)
        assert not fails(LinearLaw(quantity, num(7)), at)
    assert not fails(Conserved(dot(quantity)), at) and not fails(
        KeepsSign(quantity - quantity, num(1)), at
    )


def test_away_from_the_corner_they_are_refuted() -> None:
    """The same sentences at a state without one."""
    smooth = point([[1, 1], [2, 3]])
    for quantity in CORNERS.values():
        assert fails(Equation(dot(quantity), num(7)), smooth) and fails(Conserved(quantity), smooth)
        assert fails(LinearLaw(quantity, num(700)), smooth)


def test_an_even_touch_is_no_corner() -> None:
    """|u^2| has the derivative of u^2, also where u = 0."""
    assert fails(Equation(dot(abs(w[1] ** 2)), num(7)), ZERO) and not fails(
        Equation(dot(abs(w[1] ** 2)), num(0)), ZERO
    )
