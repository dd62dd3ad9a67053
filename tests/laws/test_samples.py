"""Samples against computations that share no code with them: other formulas, other libraries, by
hand.
"""

from __future__ import annotations

from fractions import Fraction as F
from itertools import pairwise
from random import Random

import pytest
from flint import ctx
from mpmath import mp, mpf

from proofs.samples import FAMILIES, depth, entropy, fibre, integral, schatten
from proofs.samples.balls import power, singular_values, van
from proofs.samples.drawing import (
    diagonal,
    exact,
    fraction,
    matrix,
    near_identity,
    orthogonal,
)
from verify.claims.request import Request
from verify.exact.errors import BadInput
from verify.exact.rings import ball
from verify.judge.decide import judge
from verify.library.registry import claims
from verify.theories.samples.differences import hidden, radius, rational, sign

SIZES = {
    "integral": (2, 3),
    "entropy": (3, 3),
    "depth": (),
    "reciprocal": (),
    "equal": (),
    "schatten": (2, 3, F(3, 2)),
    "largest": (3,),
    "fibre": (2, 3, 4, 2),
}
SAMPLED = [name for name, found in claims().items() if found.claim.setting.kind == "samples"]


def rows_of(m) -> list[list[F]]:
    return [[fraction(m[i, j]) for j in range(m.ncols())] for i in range(m.nrows())]


def to_mp(m):
    return mp.matrix([[mpf(x.numerator) / x.denominator for x in row] for row in rows_of(m)])


def close(x, expected, digits: int = 12) -> bool:
    """A ball that contains a floating number, up to the rounding of the latter."""
    middle = rational(x)
    return abs(mpf(middle.numerator) / middle.denominator - expected) < mpf(10) ** -digits * (
        1 + abs(expected)
    )


@pytest.mark.parametrize("name", FAMILIES)
def test_a_family_has_the_quantities_that_it_names(name: str) -> None:
    assert FAMILIES.keys() == SIZES.keys()
    family = FAMILIES[name]
    assert {*family.draw(SIZES[name], Random("a")).values} == {*family.quantities}


@pytest.mark.parametrize("name", FAMILIES)
def test_drawing_is_a_function_of_the_seed(name: str) -> None:
    texts = [FAMILIES[name].draw(SIZES[name], Random(seed)).text for seed in ("a", "a", "b")]
    assert texts[0] == texts[1] != texts[2]


def test_the_integral_against_quadrature() -> None:
    """mpmath's quadrature of the resolvents as they stand, for one X, Y, Z."""
    x, y, z = (
        exact([[F(2), F(1)], [F(0), F(1)]]),
        exact([[F(1), F(0)], [F(2), F(1)]]),
        exact([[F(1), F(3)], [F(0), F(1)]]),
    )
    found = integral.integral(integral.rational_function(x, y, z), 3, 3)
    with mp.workdps(20):
        a, b, c = to_mp(x), to_mp(y), to_mp(z)
        one = mp.eye(2)

        def inner(t):
            m = mp.inverse(a * a.T + t * one) * c * mp.inverse(a.T * a + t * one)
            return sum(b[i, j] * m[i, j] for i in range(2) for j in range(2)) * t ** (mpf(1) / 3)

        expected = mp.sin(mp.pi / 3) / mp.pi * mp.quad(inner, [0, 1, 10, 1000, mp.inf])
        assert close(found, expected, 10), (found, expected)


def test_the_inverse_by_hand_for_numbers() -> None:
    """d = 1: A(P) = N sigma^(2 - 2/N) P."""
    one = exact([[F(1)]])
    for n in (2, 3, 5):
        found = integral.inverse(one, one, [F(8)], n, exact([[F(3)]]), exact([[F(5)]]))
        assert sign(found - 15 / (n * power(8, 2 - F(2, n))), F(0)) == 0 and radius(found) < F(
            1, 10**10
        )


def test_adjugates_are_exact() -> None:
    m = exact([[F(1), F(2), F(0)], [F(0), F(1), F(1, 3)], [F(2), F(0), F(5)]])
    parts, char = integral.adjugate(m)
    t = F(7, 3)
    shifted = m + diagonal([t] * 3)
    whole = sum((p * exact([[t**k]])[0, 0] for k, p in enumerate(parts)), m * 0)
    assert fraction(sum(c * exact([[t**k]])[0, 0] for k, c in enumerate(char))) == fraction(
        shifted.det()
    )
    assert rows_of(whole * shifted) == rows_of(diagonal([fraction(shifted.det())] * 3))


def test_the_entropy_of_two_layers_of_size_two_by_hand() -> None:
    """|w_a|^2 = 2 (sigma_1 + sigma_2) for a = E_12 - E_21: the one vector of the basis."""
    draw = Random("by hand")
    r, s = orthogonal(draw, 2), orthogonal(draw, 2)
    found = entropy.volume(r, s, [F(3), F(1, 2)], 2)
    assert sign(found**2, F(7)) == 0 and radius(found**2) < F(1, 10**10)
    assert sign(entropy.formula([F(3), F(1, 2)], 2, F(1)) ** 2, F(7)) == 0


def test_the_sum_of_n_terms_against_the_geometric_series() -> None:
    big, small = F(5, 3), F(2)
    for n in (2, 7, 64):
        closed = (ball(big**2) - ball(small**2)) / (power(big, F(2, n)) - power(small, F(2, n))) / n
        assert sign(depth.added(big, small, n), closed) == 0 and hidden(
            depth.added(big, small, n), closed
        ) < F(1, 10**9)


def test_singular_values_and_norms_against_another_library() -> None:
    draw = Random("svd")
    for size in (2, 3):
        m = matrix(draw, size, size)
        with mp.workdps(30):
            expected = sorted(mp.svd_r(to_mp(m), compute_uv=False))
            found = sorted(singular_values(m), key=rational)
            assert all(close(x, e) for x, e in zip(found, expected, strict=True))
        frobenius = schatten.added([m], F(2)) ** 2
        assert sign(frobenius, fraction(sum(x * x for x in m.entries()))) == 0


def test_balanced_lifts_are_balanced_and_frames_keep_the_product() -> None:
    draw = Random("lift")
    roots, layers = fibre.lift(2, [3, 4, 3, 5], draw)
    for a, b in pairwise(layers):
        assert rows_of(a * a.transpose() - b.transpose() * b) == [[F(0)] * a.nrows()] * a.nrows()
    moved = fibre.moved_by_frames(layers, draw)
    assert rows_of(fibre.product(moved)) == rows_of(fibre.product(layers)) and moved != layers
    with mp.workdps(30):
        x = to_mp(fibre.product(layers))
        singular = sorted(mp.svd_r(x.T * x, compute_uv=False))[-2:]
        assert all(
            abs(s - mpf(r.numerator) ** 6 / r.denominator**6) < 1e-15 * s
            for s, r in zip(singular, sorted(roots), strict=True)
        )


def test_what_is_drawn_is_orthogonal_or_invertible() -> None:
    draw = Random("frames")
    for size in (1, 2, 4):
        q = orthogonal(draw, size)
        assert rows_of(q * q.transpose()) == rows_of(diagonal([F(1)] * size))
        assert near_identity(draw, size).det() != 0


def test_unbalanced_tuples_attain_the_value_at_infinity() -> None:
    found = schatten.draw_largest((3,), Random("x")).values
    assert found[schatten.OPERATOR_NORMS]() == found[schatten.ATTAINED]()
    assert found[schatten.MOMENT]() > 0


def test_van_and_powers() -> None:
    assert sign(van([ball(F(x)) for x in (1, 3, 7)]), F(2 * 6 * 4)) == 0
    assert sign(power(F(8), F(1, 3)), F(2)) == 0 and radius(power(F(8), F(1, 3))) < F(1, 10**10)


@pytest.mark.parametrize(
    ("name", "size", "word"),
    [
        ("integral", (2, 1), "N >= 2"),
        ("integral", (F(2), 2), "whole numbers"),
        ("entropy", (1, 2), ">= 2"),
        ("schatten", (2, 1, F(2)), "N >= 2"),
        ("schatten", (2, 2, F(0)), "p = "),
        ("schatten", (2, 2, 0.5), "p = 0.5"),
        ("largest", (1,), "N >= 2"),
        ("depth", (3,), r"expected \(\)"),
        ("fibre", (2, 3, 1, 3), "the fibre is empty"),
        ("fibre", (3, 2, 4, 3), "the fibre is empty"),
        ("fibre", (1, 3, 3), "N >= 2"),
    ],
)
def test_sizes_outside_the_domain_are_named(name: str, size: tuple, word: str) -> None:
    with pytest.raises(BadInput, match=word):
        FAMILIES[name].draw(size, Random(0))


@pytest.mark.parametrize("name", SAMPLED)
def test_shipped_claims_come_out_as_expected_at_two_seeds_and_precisions(name: str) -> None:
    claim = claims()[name].claim
    digits = None if claim.setting.family.exact else 20  # type: ignore[attr-defined]
    for request in (Request(), Request(seed=11, digits=digits)):
        report = judge(claim, request)
        assert report.verdict is claim.expected and report.exit == 0, report.outcomes
    assert len(SAMPLED) >= 9


def test_the_working_precision_is_given_back_and_the_limit_follows_the_digits() -> None:
    before, claim = ctx.prec, claims()["dln-entropy"].claim
    reasons = [judge(claim, Request(digits=d)).outcomes["volume"].reason for d in (20, 100)]
    assert ctx.prec == before and "e-1" in reasons[1] and reasons[0] != reasons[1]
