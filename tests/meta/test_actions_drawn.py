"""Small and degenerate models with an action, every count and dimension against ranks of the test's
own.

The kind: sentences at the edge of what they speak of: phi constant or repeated, no generator,
generators that depend on each other, an algebra of one kind only, a sum of words of another size, a
point set on which everything is zero. ``truth`` uses nothing of the judge.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random

import pytest

from attack.actions import Statement, holds, nullspace, symmetric_elements
from attack.scalars import name
from attack.trees import prod
from verify import Claim, Source
from verify.claims.conclusions import of_actions as of
from verify.claims.conclusions.of_dimensions import CommonTangents, NormalsInFibre
from verify.claims.verdict import Verdict
from verify.exact.errors import BadInput
from verify.judge.decide import judge
from verify.models.action import Action, DeepLinear, Explicit, Units
from verify.terms.expr import const, num

x, y = const("x"), const("y")
R, D, S, T, P = (
    ((0, 1), (-1, 0)),
    ((1, 0), (0, -1)),
    ((0, 0), (1, 0)),
    ((0, 1), (0, 0)),
    ((1, 0), (0, 0)),
)
GENERATORS = [
    (),
    (R,),
    (D,),
    (D, D),
    (S,),
    (T,),
    (P,),
    (R, R),
    (D, ((2, 0), (0, -2))),
    (S, T, D),
    (((0, 1), (1, 0)),),
    (P, ((0, 0), (0, 1))),
]
#: phi for the judge, and each polynomial for the test: exponents -> coefficient
PHI: list[tuple[tuple, list[dict[tuple[int, int], int]]]] = [
    ((x,), [{(1, 0): 1}]),
    ((x * y,), [{(1, 1): 1}]),
    ((x**2 + y**2,), [{(2, 0): 1, (0, 2): 1}]),
    ((x**2,), [{(2, 0): 1}]),
    ((x, y), [{(1, 0): 1}, {(0, 1): 1}]),
    ((x * y, x * y), [{(1, 1): 1}, {(1, 1): 1}]),
    ((x**2 * y,), [{(2, 1): 1}]),
    ((num(0) * x,), [{}]),
    ((num(3) + 0 * x,), [{(0, 0): 3}]),
]
POINTS = [
    (Fraction(101), Fraction(307)),
    (Fraction(211), Fraction(-53, 7)),
    (Fraction(-17, 3), Fraction(89)),
]


def rank(rows: list[list[Fraction]], width: int) -> int:
    return width - len(nullspace([[Fraction(v) for v in r] for r in rows], width)) if rows else 0


def slopes(
    phi: list[dict[tuple[int, int], int]], at: tuple[Fraction, Fraction]
) -> list[list[Fraction]]:
    a, b = at
    found = []
    for p in phi:
        dx = sum((c * m * a ** (m - 1) * b**n for (m, n), c in p.items() if m), Fraction(0))
        dy = sum((c * n * a**m * b ** (n - 1) for (m, n), c in p.items() if n), Fraction(0))
        found.append([dx, dy])
    return found


def symmetric(gens: tuple) -> list:
    rows = tuple(tuple(tuple(map(Fraction, r)) for r in g) for g in gens)
    return symmetric_elements(Statement(("x", "y"), (), rows, "skew-empty"))


def moved(xi, at: tuple[Fraction, Fraction]) -> list[Fraction]:
    return [sum((xi[i][j] * at[j] for j in range(2)), Fraction(0)) for i in range(2)]


def truth(c: object, phi: list, gens: tuple) -> bool:
    """At three points too odd to be special."""
    flat = [[v for r in g for v in r] for g in gens]
    basis = symmetric(gens)
    own = rank([[v for r in b for v in r] for b in basis], 4)
    if isinstance(c, of.AlgebraCount):
        return (rank(flat, 4), own) == (c.algebra[0], c.symmetric[0])
    if isinstance(c, NormalsInFibre):
        return not any(
            sum(s * v for s, v in zip(row, moved(b, at), strict=True))
            for at in POINTS
            for row in slopes(phi, at)
            for b in basis
        )
    assert isinstance(c, CommonTangents)
    shared = {2 - rank([*slopes(phi, at), *(moved(b, at) for b in basis)], 2) for at in POINTS}
    return shared == {c.dimensions[0]}


def decided(c: object, *models, found: bool = False):
    claim = Claim("mine", "a claim", Action(models, found), (), {"c": c}, Source("2511.01137v2"))  # type: ignore[dict-item]
    report = judge(claim)
    assert "does not accept" not in report.outcomes["c"].reason, "prover and reader disagree"
    return report.outcomes["c"]


SENTENCES = [of.AlgebraCount((a,), (b,)) for a in range(4) for b in range(a + 1)]
SENTENCES += [NormalsInFibre(), *(CommonTangents((n,)) for n in range(3))]


@pytest.mark.parametrize("number", range(len(PHI) * len(GENERATORS)))
def test_counts_and_dimensions(number: int) -> None:
    (judged, phi), gens = PHI[number // len(GENERATORS)], GENERATORS[number % len(GENERATORS)]
    for c in Random(number).sample(SENTENCES, 6):
        verdict = decided(c, Explicit(("x", "y"), judged, gens)).verdict
        if verdict in (Verdict.PROVED, Verdict.REFUTED):
            assert truth(c, phi, gens) == (verdict is Verdict.PROVED), c


def test_nothing_given_is_everything_where_nothing_is() -> None:
    """The span of no matrix is 0: the reader said that there is none, the prover that it is
    proved.
    """
    assert decided(of.Stabiliser(), Explicit(("x", "y"), (x, y))).verdict is Verdict.PROVED
    assert decided(of.Stabiliser(), Explicit(("x", "y"), (x * y,))).verdict is Verdict.REFUTED


@pytest.mark.parametrize(
    "model", [Explicit(("x", "y"), (x + y,)), Units(1, 2), DeepLinear((1, 2, 1))]
)
def test_permutations_that_no_model_lists(model) -> None:
    """x + y is unchanged by the swap, and 2 x y is not conserved: nothing shows that there are no
    such permutations.
    """
    assert decided(of.FiniteMoment(), model).verdict is Verdict.UNDECIDED


def test_what_moves_at_no_small_integer_is_not_vacuous() -> None:
    """The slope is 0 at each integer from -5 to 5, where points are drawn; x = 1/2 moves."""
    phi = num(1)
    for n in range(-5, 6):
        phi = phi * (x - n) ** 2
    assert (
        decided(of.Preserves(), Explicit(("x", "y"), (phi,), (((0, 0), (0, 1)),))).verdict
        is Verdict.PROVED
    )
    assert (
        decided(of.Preserves(), Explicit(("x", "y"), (phi,), (((1, 0), (0, 0)),))).verdict
        is Verdict.REFUTED
    )


def word(*factors) -> tuple:
    return ((1, tuple(of.Factor(*f) for f in factors)),)


WRONG_SIZES: dict[str, Callable[[], object]] = {
    "too small": lambda: decided(
        of.MomentIs(word(("W", (0,), True), ("W", (0,)))), DeepLinear((1, 2, 1))
    ),
    "too large": lambda: decided(
        of.FirstVariation(word(("W", (0,), True), ("W", (0,)))), DeepLinear((2, 1, 2))
    ),
    "not square": lambda: decided(
        of.MomentIs(
            word(
                ("W", (0,)),
            )
        ),
        DeepLinear((1, 2, 1)),
    ),
    "of inputs": lambda: decided(of.MomentIs(word(("w", (0,), True), ("w", (0,)))), Units(1, 2)),
}


@pytest.mark.parametrize("what", WRONG_SIZES)
def test_mu_has_the_size_of_the_group(what: str) -> None:
    with pytest.raises(BadInput, match=r"expected \d x \d, as the matrices a"):
        WRONG_SIZES[what]()


def test_the_oracle_agrees_with_the_campaign() -> None:
    """Two routes to one sentence: normals of symmetric elements, and the moments that they
    conserve.
    """
    for gens in GENERATORS:
        rows = tuple(tuple(tuple(map(Fraction, r)) for r in g) for g in gens)
        assert truth(NormalsInFibre(), PHI[1][1], gens) == holds(
            Statement(("x", "y"), (prod(name("x"), name("y")),), rows, "moment-conserved")
        )
