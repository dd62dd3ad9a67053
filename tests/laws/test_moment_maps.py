"""Moment maps against matrices multiplied out by hand, and counts of laws against a table that was
computed by other means.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from random import Random

import pytest

from verify.claims.claim import Claim, Source
from verify.claims.conclusions.of_actions import (
    AlgebraCount,
    EveryElement,
    Factor,
    FiniteMoment,
    LawCount,
    MomentIs,
    OneOrbit,
    Preserves,
    SkewEmpty,
)
from verify.claims.evidence import Report
from verify.claims.request import Request
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.judge.decide import judge
from verify.library.registry import claims
from verify.models.action import Action, DeepLinear, Diagonal, Explicit, LinearSystem, Model
from verify.terms.expr import const
from verify.terms.polynomials import value
from verify.theories.symmetries.actions import Matrix, build
from verify.theories.symmetries.finding import applied
from verify.theories.symmetries.moment_map import moment

Rows = list[list[Fraction]]
ACTIONS = {name: f.claim for name, f in claims().items() if f.claim.setting.kind == "action"}


def decided(model: Model, found: bool = False, **concluding) -> Report:
    return judge(
        Claim("a-test", "a test", Action((model,), found), (), concluding, Source("0000.00000v1"))
    )


def drawn(m: int, seed: int) -> tuple[Fraction, ...]:
    draw = Random(seed)
    return tuple(Fraction(draw.randint(-9, 9), draw.randint(1, 5)) for _ in range(m))


def times(a: Rows, b: Rows) -> Rows:
    return [
        [
            sum((x * y for x, y in zip(row, column, strict=True)), Fraction(0))
            for column in zip(*b, strict=True)
        ]
        for row in a
    ]


def star(a: Rows) -> Rows:
    return [list(column) for column in zip(*a, strict=True)]


def less(a: Rows, b: Rows) -> Rows:
    return [[x - y for x, y in zip(r, s, strict=True)] for r, s in zip(a, b, strict=True)]


def layers(sizes: tuple[int, ...], theta: tuple[Fraction, ...]) -> list[Rows]:
    """W_1, ..., W_N row by row, one after the other."""
    numbers = iter(theta)
    return [[[next(numbers) for _ in range(n)] for _ in range(m)] for n, m in pairwise(sizes)]


SIZES = [(2, 2, 2), (2, 3, 1), (3, 2, 2), (2, 3, 1, 2), (2, 2, 2, 2)]


@pytest.mark.parametrize("sizes", SIZES)
def test_deep_linear_is_the_product_of_its_layers(sizes: tuple[int, ...]) -> None:
    case = build(DeepLinear(sizes))
    theta = drawn(case.size, 1)
    w = layers(sizes, theta)
    x = w[0]
    for layer in w[1:]:
        x = times(layer, x)
    assert [value(p, theta) for p in case.phi] == [entry for row in x for entry in row]


@pytest.mark.parametrize("sizes", SIZES)
def test_the_moments_are_the_entries_of_g(sizes: tuple[int, ...]) -> None:
    """<theta, xi_a theta> = Tr(G_k a) with a = E_ij picks the entry (j, i) of G_k = W_k W_k* -
    W_{k+1}* W_{k+1}.
    """
    case = build(DeepLinear(sizes))
    theta = drawn(case.size, 2)
    w = layers(sizes, theta)
    for g in case.generators:
        (k,), (i, j) = g.group, g.at
        balance = less(times(w[k - 1], star(w[k - 1])), times(star(w[k]), w[k]))
        assert value(moment(g.xi), theta) == balance[j][i]


@pytest.mark.parametrize("states", [1, 2, 3])
def test_linear_systems(states: int) -> None:
    """phi is C A^k B, and the moments are the entries of A A* - A* A + B B* - C* C."""
    case = build(LinearSystem(states))
    theta = drawn(case.size, 3)
    n = states
    a = [list(theta[i * n : i * n + n]) for i in range(n)]
    b, c = [[x] for x in theta[n * n : n * n + n]], [list(theta[n * n + n :])]
    reached, markov = b, []
    for _ in range(2 * n):
        markov.append(times(c, reached)[0][0])
        reached = times(a, reached)
    assert [value(p, theta) for p in case.phi] == markov
    commutator = less(times(a, star(a)), times(star(a), a))
    mu = less(less(commutator, [[-x for x in row] for row in times(b, star(b))]), times(star(c), c))
    for g in case.generators:
        i, j = g.at
        assert value(moment(g.xi), theta) == mu[j][i]


def exponential(xi: Matrix, theta: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    """exp(xi) theta for nilpotent xi, by its series, which must end."""
    total, term = list(theta), theta
    for n in range(1, 8):
        term = tuple(x / n for x in applied(xi, term))
        total = [x + y for x, y in zip(total, term, strict=True)]
    assert not any(term)
    return tuple(total)


@pytest.mark.parametrize(
    "model", [DeepLinear((2, 3, 2)), DeepLinear((2, 3, 1, 2)), LinearSystem(2), LinearSystem(3)]
)
def test_the_group_itself_leaves_phi_unchanged(model: Model) -> None:
    """Not only to first order: E_ij with i != j generates a one-parameter group that is a
    polynomial in t.
    """
    case = build(model)
    theta = drawn(case.size, 4)
    turned = 0
    for g in case.generators:
        if g.at[0] != g.at[1]:
            moved = exponential(g.xi, theta)
            assert moved != theta
            assert [value(p, moved) for p in case.phi] == [value(p, theta) for p in case.phi]
            turned += 1
    assert turned


@pytest.mark.parametrize("name", ACTIONS)
def test_every_claim_has_the_verdict_that_it_expects(name: str) -> None:
    report = judge(ACTIONS[name])
    assert report.verdict is ACTIONS[name].expected and report.exit == 0
    assert report.certificate is not None and not report.certificate.refusal
    assert judge(ACTIONS[name]).certificate.text == report.certificate.text


BALANCE = (
    (1, (Factor("W", (0,)), Factor("W", (0,), True))),
    (-1, (Factor("W", (1,), True), Factor("W", (1,)))),
)
x, y = const("x"), const("y")
FALSE = {
    "the sign of G_k": (DeepLinear((2, 2, 2)), MomentIs((BALANCE[0], (1, BALANCE[1][1])))),
    "one law too few": (DeepLinear((2, 2, 2)), LawCount((2,), (2,))),
    "one law too many": (DeepLinear((2, 2, 2)), LawCount((4,), (3,))),
    "four independent": (DeepLinear((1, 2, 1)), LawCount((4,), (4,))),
    "gl is symmetric": (DeepLinear((2, 2, 2)), AlgebraCount((4,), (4,))),
    "y is free": (Explicit(("x", "y"), (x + y,), (((0, 0), (1, 0)),)), Preserves()),
    "x y": (Explicit(("x", "y"), (x,), (((0, 0), (1, 0)),)), EveryElement()),
    "one orbit": (LinearSystem(3), OneOrbit()),
}


@pytest.mark.parametrize("name", FALSE)
def test_false_sentences_are_refuted(name: str) -> None:
    model, conclusion = FALSE[name]
    outcome = decided(model, c=conclusion).outcomes["c"]
    assert (
        outcome.verdict is Verdict.REFUTED
        and outcome.witness is not None
        and outcome.witness.text()
    )


def test_witnesses_by_hand() -> None:
    """x' = -1, y' = 0: (x y)' = -y. All weights 1, g = (1, 0, 0):
    2 (w_1' w_2 + w_1 w_2' + a_1' a_2 + a_1 a_2') = 2 (-2 - 2 - 1 - 1)."""
    assert judge(ACTIONS["moment-map-shear"]).outcomes["conserved"].reason == "its derivative is -1"
    assert (
        judge(ACTIONS["moment-map-permutations"]).outcomes["permutation"].reason
        == "its derivative is -12"
    )


def test_nothing_is_said_about_nothing() -> None:
    """A torus has no skew element, and phi = 1 moves nothing."""
    assert decided(Diagonal(2, 2), c=SkewEmpty()).verdict is Verdict.VACUOUS
    still = Explicit(("x", "y"), (x * 0 + 1,), (((0, 0), (1, 0)),))
    assert decided(still, c=Preserves()).verdict is Verdict.VACUOUS


BAD = {
    "sizes": (lambda: DeepLinear((2, 2)), "at least 3 whole numbers"),
    "a float": (lambda: DeepLinear((2, 2.0, 2)), "whole numbers"),  # type: ignore[arg-type]
    "too large": (lambda: build(DeepLinear((5, 5, 5))), "at most 32"),
    "not square": (lambda: Explicit(("x", "y"), (x,), (((0, 0),),)), "2 rows of 2 numbers"),
    "unknown letter": (lambda: build(Explicit(("x",), (y,))), "expected a polynomial in x"),
    "a root": (lambda: build(Explicit(("x",), (x ** Fraction(1, 2),))), "natural powers"),
    "counts": (
        lambda: decided(Diagonal(2, 2), c=LawCount((2, 2), (2, 2))),
        "one number for each of the 1 models",
    ),
    "an option": (
        lambda: judge(ACTIONS["moment-map-torus"], Request(depth=3)),
        "--depth does not apply",
    ),
    "no such block": (
        lambda: decided(Diagonal(2, 2), c=MomentIs(BALANCE)),
        "letters of this model: u",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_names_the_thing(name: str) -> None:
    act, message = BAD[name]
    with pytest.raises(BadInput, match=message):
        act()


@pytest.mark.parametrize("latex", [False, True])
def test_a_finite_moment_speaks_of_the_permutations_of_its_model(latex: bool) -> None:
    """Those that leave phi unchanged are not all looked for: the sentence must not speak of
    them.
    """
    said = FiniteMoment().latex() if latex else FiniteMoment().render()
    assert "of the model" in said and "leave" not in said
