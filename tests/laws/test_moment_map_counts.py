"""Counts of quadratic laws, and symmetry algebras found, against a table that was computed by other
means.
"""

from __future__ import annotations

import pytest

from verify.claims.conclusions.of_actions import LawCount
from verify.models.action import DeepLinear, Diagonal, Explicit, Model, Units
from verify.terms.expr import const
from verify.theories.symmetries.actions import build
from verify.theories.symmetries.counts import count_laws, symmetric_rows
from verify.theories.symmetries.linear import bracket, outside, rank
from verify.theories.symmetries.stabiliser import stabiliser


def letters(text: str) -> tuple[tuple[str, ...], list]:
    names = tuple(text.split())
    return names, [const(n) for n in names]


def signed_power(p: int) -> Explicit:
    names, (u1, v1, u2, v2) = letters("u1 v1 u2 v2")
    return Explicit(names, (u1**p - v1**p, u2**p - v2**p))


def monomial() -> Explicit:
    names, (x, y, z) = letters("x y z")
    return Explicit(names, (x**2 * y**3 * z,))


def circular() -> Explicit:
    names, t = letters("a0 a1 a2 b0 b1 b2")
    a, b = t[:3], t[3:]
    return Explicit(
        names, tuple(a[0] * b[j] + a[1] * b[(j - 1) % 3] + a[2] * b[(j - 2) % 3] for j in range(3))
    )


def convolution() -> Explicit:
    names, (a0, a1, a2, b0, b1) = letters("a0 a1 a2 b0 b1")
    return Explicit(names, (a0 * b0, a0 * b1 + a1 * b0, a1 * b1 + a2 * b0, a2 * b1))


def tied_transposed() -> Explicit:
    names, (a, b, c, d) = letters("a b c d")
    return Explicit(names, (a**2 + b**2, a * c + b * d, c**2 + d**2))


def tied() -> Explicit:
    names, (a, b, c, d) = letters("a b c d")
    return Explicit(names, (a * a + b * c, a * b + b * d, c * a + d * c, c * b + d * d))


def tensor() -> Explicit:
    names, t = letters("a1 a2 b1 b2 c1 c2")
    return Explicit(
        names, tuple(t[i] * t[2 + j] * t[4 + k] for i in (0, 1) for j in (0, 1) for k in (0, 1))
    )


#: independent polynomial laws of degree <= 2, by closure of the fields modulo 2^31 - 1 meeting
# explicit laws; the method and most rows: : arXiv:2307.00144 and its public notebooks
TABLE: list[tuple[Model, int]] = [
    (DeepLinear((1, 1, 1)), 1),
    (DeepLinear((1, 2, 1)), 3),
    (DeepLinear((2, 3, 1)), 6),
    (DeepLinear((3, 2, 1)), 3),
    (DeepLinear((2, 2, 2)), 3),
    (DeepLinear((3, 2, 2)), 3),
    (DeepLinear((2, 2, 2, 2)), 6),
    (DeepLinear((1, 2, 2, 1)), 6),
    (Diagonal(2, 3), 3),
    (Diagonal(3, 2), 4),
    (Units(2, 2), 2),
    (signed_power(2), 2),
    (signed_power(3), 0),
    (monomial(), 2),
    (circular(), 2),
    (convolution(), 1),
    (tied_transposed(), 0),
    (tied(), 0),
    (tensor(), 2),
]


@pytest.mark.parametrize(
    ("model", "laws"), TABLE, ids=lambda x: x.title()[:50] if not isinstance(x, int) else ""
)
def test_counts_against_the_table(model: Model, laws: int) -> None:
    """Both sides are computed without the table, and meet."""
    found = count_laws(build(model), 0)
    assert len(found.laws) == found.upper
    assert found.independent == found.independent_upper == laws


@pytest.mark.parametrize("seed", range(12))
def test_the_counts_do_not_depend_on_the_seed(seed: int) -> None:
    """Small random points are often special; one of several is not."""
    for model, laws in ((Units(3, 2), 3), (DeepLinear((1, 2, 1)), 3), (Diagonal(3, 2), 4)):
        found = count_laws(build(model), seed)
        assert (
            len(found.laws) == found.upper and found.independent == found.independent_upper == laws
        )


def test_forms_alone_miss_the_laws_with_linear_parts() -> None:
    """U1 + U2 + U2 U1 has 3 laws of degree 2, none of them a form: the sentence says forms, and no
    more than that.
    """
    names, (a, b, c, d) = letters("a b c d")
    residual = Explicit((*names, "e", "f", "y", "h"), tuple(_residual(a, b, c, d)))
    assert count_laws(build(residual), 0).laws == ()
    assert "quadratic forms" in LawCount((0,), (0,)).render()


def _residual(a, b, c, d):
    first, second = [[a, b], [c, d]], [[const("e"), const("f")], [const("y"), const("h")]]
    for i in (0, 1):
        for j in (0, 1):
            yield (
                first[i][j] + second[i][j] + second[i][0] * first[0][j] + second[i][1] * first[1][j]
            )


@pytest.mark.parametrize("model", [m for m, _ in TABLE], ids=lambda x: x.title()[:50])
def test_the_symmetry_algebra_is_one(model: Model) -> None:
    """Closed under brackets, and it contains what the model gives."""
    case = build(model)
    algebra = stabiliser(case)
    assert outside(algebra, [bracket(a, b) for a in algebra for b in algebra]) is None
    assert outside(algebra, case.matrices()) is None


def test_one_point_bounds_less_than_all() -> None:
    """The bound from above is one: fewer points leave more room, never less."""
    case = build(DeepLinear((2, 2, 2)))
    found = count_laws(case, 0)
    unknown = case.size * (case.size + 1) // 2
    room = [
        unknown - rank([r for p in found.points[:n] for r in symmetric_rows(case, p)], unknown)
        for n in range(len(found.points) + 1)
    ]
    assert (
        room[0] == unknown
        and room == sorted(room, reverse=True)
        and room[-1] == len(found.laws) < room[-2]
    )
