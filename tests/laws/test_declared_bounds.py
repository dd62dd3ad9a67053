"""Inequalities in declared letters: proved where they are a sum of hypotheses times what is visibly
>= 0, of squares, and of what is visibly >= 0; refuted where they fail at a state; else left open.

The kind: a bound that holds at every state that was drawn, and not everywhere; a hypothesis used
with a factor that may be negative; one that was dropped; a bound that says nothing. Goals are made
from random parts, true by construction; the same less a positive number is false at a state.
"""

from __future__ import annotations

from fractions import Fraction as F
from random import Random

import pytest

from verify.claims.claim import Claim, Source
from verify.claims.conclusions.at_most import AtMost
from verify.claims.hypotheses.related import Related
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.judge.decide import judge
from verify.models.declared import Declared, Letter, constant, parameter
from verify.terms.expr import Expr, dot, num
from verify.terms.indices import Index, Sum
from verify.theories.declared.theory import Declaring

i = Index("i", "coordinates")
x, y = constant("x", i), constant("y", i)
a, b = constant("a"), constant("b")
c, k = constant("c", sign=">"), constant("k", sign=">=")
LETTERS = (x, y, a, b, c, k)


def verdict(
    left: Expr,
    right: Expr,
    *assuming: Related,
    letters: tuple[Letter, ...] = LETTERS,
    flow: Expr | None = None,
) -> Verdict:
    """Of left <= right."""
    setting = Declared(letters, flow=flow)
    stated = {"bound": AtMost(left, right)}
    claim = Claim("bound", "a bound", setting, assuming, stated, Source.own("t"))
    return judge(claim, Request(numeric=False)).verdict


def parts(source: Random) -> tuple[Expr, tuple[Related, ...]]:
    """A sum that is >= 0 by construction, under hypotheses; two of its parts are drawn."""
    n = [F(source.randint(1, 5), source.randint(1, 3)) for _ in range(4)]
    given = (
        Related.of("first", a.here, Sum(i, x[i] ** 2), ">="),
        Related.of("second", k.here * b.here, a.here, ">="),
    )
    of = [
        n[0] * Sum(i, (x[i] - n[1] * y[i]) ** 2),
        n[0] * (a.here - n[1] * b.here) ** 2,
        n[2] * c.here * (a.here - Sum(i, x[i] ** 2)),
        n[3] * c.here**2 * (k.here * b.here - a.here),
        n[2] * k.here * c.here + n[3] * Sum(i, y[i] ** 2),
    ]
    squares, rest = source.choice(of[:2]), source.sample(of[2:], 2)
    return squares + rest[0] + rest[1], given


@pytest.mark.parametrize("seed", range(8))
def test_sums_of_what_is_not_negative(seed: int) -> None:
    source = Random(seed)
    goal, given = parts(source)
    shift = a.here * source.choice((-2, 1, 3)) - b.here
    assert verdict(shift, goal + shift, *given) is Verdict.PROVED
    assert verdict(goal + shift, shift, *given) is Verdict.REFUTED
    assert verdict(shift + 1, goal + shift, *given) is not Verdict.PROVED


def least(x: Letter, value: int) -> Related:
    """x >= value."""
    return Related.of(f"least{x.name}", x.here, value, ">=")


TRUE_ONLY_SOMEWHERE = {
    "a factor of unknown sign": (num(0), a.here * (b.here - 1), (least(b, 1),)),
    "a square less a part": (a.here * b.here * 3, a.here**2 + b.here**2, ()),
    "a product of two bounds": (num(0), a.here * b.here, (least(a, 0), least(b, -1))),
    "a difference that is not 0": (num(0), k.here - c.here, ()),
    "odd": (num(0), a.here**3, ()),
    "an equation in one direction": (a.here, b.here, (Related.of("h", a.here, b.here, "!="),)),
}  # fmt: skip


@pytest.mark.parametrize("name", TRUE_ONLY_SOMEWHERE)
def test_false_bounds_are_refuted(name: str) -> None:
    left, right, given = TRUE_ONLY_SOMEWHERE[name]
    assert verdict(left, right, *given) is Verdict.REFUTED


def test_a_search_without_end_leaves_the_question_open() -> None:
    """Equations that can be used for ever: the search ends of itself, and a false bound is still
    refuted.
    """
    turn = Related.of("turn", a.here, b.here - k.here)
    assert verdict(a.here**2 * b.here, k.here**2, turn) is Verdict.REFUTED


def test_nothing_satisfies_the_hypotheses() -> None:
    """From a >= 1 and -a >= 0 everything follows, and nothing is proved."""
    given = least(a, 1), Related.of("below", -a.here, 0, ">=")
    assert verdict(num(1), num(0), *given) not in (Verdict.PROVED, Verdict.REFUTED)
    assert verdict(b.here, num(0), *given) not in (Verdict.PROVED, Verdict.REFUTED)


def test_cauchy_and_schwarz() -> None:
    """The sum over pairs of (x_i y_j - x_j y_i)^2, halved; with any larger factor it is false."""
    inside = Sum(i, x[i] * y[i])
    both = Sum(i, x[i] ** 2) * Sum(i, y[i] ** 2)
    assert verdict(inside**2, both) is Verdict.PROVED
    assert verdict(-(inside**2), both) is Verdict.PROVED
    assert verdict(F(101, 100) * inside**2, both) is Verdict.REFUTED


def test_a_product_of_two_hypotheses_is_left_open() -> None:
    """It is true; no factor of it is visibly >= 0, and nothing is proved by drawing states."""
    assert verdict(num(0), a.here * b.here, least(a, 0), least(b, 0)) is Verdict.UNDECIDED


def test_a_bound_of_a_rate() -> None:
    w = parameter("w", i)
    half = Sum(i, w[i] ** 2) / 2
    assert verdict(dot(half), num(0), letters=(w,), flow=half) is Verdict.PROVED
    assert verdict(num(0), dot(half), letters=(w,), flow=half) is Verdict.REFUTED


@pytest.mark.parametrize("pair", [(a.here, a.here), (a.here + 1, 1 + a.here)])
def test_a_bound_that_says_nothing(pair: tuple[Expr, Expr]) -> None:
    assert verdict(*pair) is Verdict.VACUOUS


def test_an_order_between_matrices_is_refused() -> None:
    m = constant("M", size=("rows", "rows"))
    with pytest.raises(BadInput, match="between numbers"):
        verdict(m.here, m.here * m.here, letters=(m,))


def test_squares_are_told() -> None:
    """Factor and square as the kernel reads them, in a proof that a reader can follow."""
    stated = {"bound": AtMost(2 * a.here * c.here, a.here**2 + c.here**2 + k.here * c.here)}
    claim = Claim("bound", "a bound", Declared((a, c, k)), (), stated, Source.own("t"))
    told = Declaring.told(claim, "bound")
    assert told is not None and "and (a - c)^2 >= 0" in told and "and c k >= 0" in told


def test_two_sums_of_squares_in_one_claim() -> None:
    """Each has a name of its own in the certificate."""
    stated = {
        "first": AtMost(2 * a.here * c.here, a.here**2 + c.here**2),
        "second": AtMost(2 * a.here * b.here, a.here**2 + b.here**2),
        "third": AtMost(-2 * b.here * c.here, b.here**2 + c.here**2),
    }
    claim = Claim("bounds", "bounds", Declared((a, b, c)), (), stated, Source.own("t"))
    report = judge(claim)
    assert [o.verdict for o in report.outcomes.values()] == [Verdict.PROVED] * 3
