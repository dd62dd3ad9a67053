"""Dimensions of deep linear networks against ranks by another way.

Points W_k = Q_k D Q_(k-1)* with rational rotations, differentials by their formulas, ranks by
python-flint. Expected numbers are closed formulas and a table that was computed elsewhere, not what
the judge prints.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F
from itertools import combinations, product
from random import Random

import pytest
from flint import fmpq, fmpq_mat

from proofs import dimensions as claims
from proofs import dimensions_of_leaves as of_leaves
from verify.claims.claim import Claim
from verify.claims.conclusions.of_dimensions import (
    BalancedDimension,
    CommonTangents,
    LeafDimension,
    OneRotation,
    OrthogonalFoliations,
)
from verify.claims.verdict import Verdict
from verify.judge.decide import judge
from verify.models.action import Action, DeepLinear
from verify.theories.symmetries.actions import build
from verify.theories.symmetries.dimensions import (
    common_tangents,
    diagonal_point,
    leaf,
    rank_of_moments,
    turned,
)
from verify.theories.symmetries.finding import Subject

SIZES = [(1, 2), (1, 3), (2, 2), (2, 3), (3, 2), (3, 3)]
LEAVES = [(3, 3, 2), (3, 3, 1), (4, 2, 1), (2, 2, 1)]


def square(d: int, depth: int) -> DeepLinear:
    return DeepLinear((d,) * (depth + 1))


def subject(d: int, depth: int) -> Subject:
    case = build(square(d, depth))
    return Subject(case, tuple(case.matrices()), 0)


def eye(d: int) -> fmpq_mat:
    return fmpq_mat(d, d, [int(i == j) for i in range(d) for j in range(d)])


def unit(d: int, i: int, j: int) -> fmpq_mat:
    return fmpq_mat(d, d, [int((a, b) == (i, j)) for a in range(d) for b in range(d)])


def skew(draw: Random, d: int) -> fmpq_mat:
    s = fmpq_mat(d, d)
    for i, j in combinations(range(d), 2):
        s[i, j] = fmpq(draw.randint(-4, 4), draw.randint(1, 3))
        s[j, i] = -s[i, j]
    return s


def rotation(s: fmpq_mat) -> fmpq_mat:
    """Cayley."""
    one = eye(s.nrows())
    return (one - s).inv() * (one + s)


def balanced_point(draw: Random, d: int, depth: int, values: list[int]) -> list[fmpq_mat]:
    """W_1, ..., W_N with W_k = Q_k diag(values) Q_(k-1)*."""
    q = [rotation(skew(draw, d)) for _ in range(depth + 1)]
    middle = fmpq_mat(d, d, [values[i] if i == j else 0 for i in range(d) for j in range(d)])
    return [q[k] * middle * q[k - 1].transpose() for k in range(1, depth + 1)]


def invertible(draw: Random, d: int) -> fmpq_mat:
    """Triangular with ones, times triangular with a positive diagonal."""
    low = fmpq_mat(
        d, d, [draw.randint(-9, 9) if i > j else int(i == j) for i in range(d) for j in range(d)]
    )
    return low * fmpq_mat(
        d,
        d,
        [
            draw.randint(-9, 9) if i < j else (i + 1) * int(i == j)
            for i in range(d)
            for j in range(d)
        ],
    )


def directions(d: int, depth: int) -> list[list[fmpq_mat]]:
    zero = fmpq_mat(d, d)
    return [
        [unit(d, i, j) if n == k else zero for n in range(depth)]
        for k, i, j in product(range(depth), range(d), range(d))
    ]


def dg(w: list[fmpq_mat], v: list[fmpq_mat]) -> list:
    """Derivative of W_k W_k* - W_(k+1)* W_(k+1) along V, all entries."""
    found = []
    for k in range(len(w) - 1):
        a, b = v[k] * w[k].transpose(), v[k + 1].transpose() * w[k + 1]
        found += (a + a.transpose() - b - b.transpose()).entries()
    return found


def dx(w: list[fmpq_mat], v: list[fmpq_mat]) -> list:
    """Derivative of W_N ... W_1 along V."""
    total = fmpq_mat(w[0].nrows(), w[0].ncols())
    for k in range(len(w)):
        term = eye(w[0].nrows())
        for n, factor in enumerate(w):
            term = (v[n] if n == k else factor) * term
        total = total + term
    return total.entries()


def rank(rows: list[list]) -> int:
    return fmpq_mat(len(rows), len(rows[0]), [x for row in rows for x in row]).rank()


@pytest.mark.parametrize(("d", "depth"), SIZES)
def test_the_balanced_manifold(d: int, depth: int) -> None:
    """At rotated points too, and the numbers of the claim are those of the formula."""
    formula = d * d + (depth - 1) * d * (d - 1) // 2
    for seed in range(3):
        draw = Random(seed)
        w = balanced_point(draw, d, depth, [draw.randint(1, 9) for _ in range(d)])
        assert all(
            w[k] * w[k].transpose() == w[k + 1].transpose() * w[k + 1] for k in range(depth - 1)
        )
        assert depth * d * d - rank([dg(w, v) for v in directions(d, depth)]) == formula
    at_d = subject(d, depth)
    assert at_d.case.size - rank_of_moments(at_d, diagonal_point(at_d.case, d)) == formula
    assert claims.DLN_DIM.concluding["dimension"].dimensions[SIZES.index((d, depth))] == formula


def velocities(draw: Random, d: int, depth: int, r: int) -> list[list]:
    """Of W along every parameter of (S_0, ..., S_N, l_1, ..., l_r) at a random place; dQ = (I -
    S)^(-1) E (Q + I) for Cayley.
    """
    s = [skew(draw, d) for _ in range(depth + 1)]
    q, one = [rotation(x) for x in s], eye(d)
    middle = fmpq_mat(
        d, d, [2 * i + 3 if i == j and i < r else 0 for i in range(d) for j in range(d)]
    )
    zero, found = fmpq_mat(d, d), []
    for n, (i, j) in product(range(depth + 1), combinations(range(d), 2)):
        e = unit(d, i, j) - unit(d, j, i)
        dq = [(one - s[n]).inv() * e * (q[n] + one) if k == n else zero for k in range(depth + 1)]
        layers = [
            dq[k] * middle * q[k - 1].transpose() + q[k] * middle * dq[k - 1].transpose()
            for k in range(1, depth + 1)
        ]
        found.append([x for layer in layers for x in layer.entries()])
    for i in range(r):
        layers = [q[k] * unit(d, i, i) * q[k - 1].transpose() for k in range(1, depth + 1)]
        found.append([x for layer in layers for x in layer.entries()])
    return found


@pytest.mark.parametrize(("d", "depth", "r"), [*LEAVES, (2, 2, 2), (2, 3, 2), (3, 2, 3), (3, 2, 2)])
def test_the_leaves(d: int, depth: int, r: int) -> None:
    """By Cayley at random places; at full rank the leaf is all of M."""
    formula = r + (depth + 1) * (r * d - r * (r + 1) // 2)
    assert [rank(velocities(Random(seed), d, depth, r)) for seed in range(3)] == [formula] * 3
    found = leaf(build(square(d, depth)), r)
    assert found.lower == found.upper == formula
    if r == d:
        assert formula == d * d + (depth - 1) * d * (d - 1) // 2
    else:
        assert formula < d * d + (depth - 1) * d * (d - 1) // 2
    if (d, depth, r) in LEAVES:
        assert (
            of_leaves.DLN_DIM_LEAF.concluding["dimension"].dimensions[LEAVES.index((d, depth, r))]
            == formula
        )


@pytest.mark.parametrize(
    ("d", "depth", "r", "level", "leaf_of"),
    [(3, 3, 2, 17, 14), (3, 3, 1, 21, 9), (4, 2, 1, 28, 10)],
)
def test_the_rank_of_dg_counts_too_much_at_low_rank(
    d: int, depth: int, r: int, level: int, leaf_of: int
) -> None:
    """The catalogue's table, at D and at a rotated point."""
    one = subject(d, depth)
    assert one.case.size - rank_of_moments(one, diagonal_point(one.case, r)) == level
    w = balanced_point(Random(1), d, depth, [i + 1 if i < r else 0 for i in range(d)])
    assert depth * d * d - rank([dg(w, v) for v in directions(d, depth)]) == level
    assert leaf(one.case, r).lower == leaf_of < level


@pytest.mark.parametrize(("d", "depth"), SIZES)
def test_fibre_and_level_set(d: int, depth: int) -> None:
    """What both differentials send to 0: the same number almost everywhere, more where rows depend,
    never less.
    """
    formula = (depth - 1) * d * (d - 1) // 2
    draw, size = Random(5), depth * d * d
    for _ in range(3):
        w = [invertible(draw, d) for _ in range(depth)]
        assert size - rank([dx(w, v) + dg(w, v) for v in directions(d, depth)]) == formula
    zeros = [fmpq_mat(d, d) for _ in range(depth)]
    assert (
        size - rank([dx(zeros, v) + dg(zeros, v) for v in directions(d, depth)]) == size > formula
    )
    one = subject(d, depth)
    assert len(common_tangents(one, diagonal_point(one.case, d))) == formula


def test_normals_are_the_gradients() -> None:
    """<w_a, V> is half the derivative of Tr(G a) along V for symmetric a, and dX w_a = 0, by the
    formulas.
    """
    draw, d, depth = Random(2), 3, 3
    w, v = (
        [fmpq_mat(d, d, [draw.randint(-9, 9) for _ in range(9)]) for _ in range(depth)]
        for _ in range(2)
    )
    a = [
        fmpq_mat(d, d),
        *(x + x.transpose() for x in (skew(draw, d) + eye(d), unit(d, 0, 1) + unit(d, 1, 1))),
        fmpq_mat(d, d),
    ]
    normal = [a[k + 1] * w[k] - w[k] * a[k] for k in range(depth)]
    inner = sum(
        x * y
        for n, m in zip(normal, v, strict=True)
        for x, y in zip(n.entries(), m.entries(), strict=True)
    )
    slope = dg(w, v)
    paired = sum(
        x * y for k in (1, 2) for x, y in zip(slope[9 * k - 9 : 9 * k], a[k].entries(), strict=True)
    )
    assert 2 * inner == paired != 0 and dx(w, normal) == [0] * 9


def test_rotations_leave_except_where_g_is_0() -> None:
    """At a balanced point every skew element stays on the level set: the sentence is about almost
    every theta, not about all.
    """
    one = subject(2, 3)
    theta = diagonal_point(one.case, 2)
    stays = turned(one, theta)
    tangents = [dict(enumerate(v)) for v in common_tangents(one, theta)]
    rows = [[row.get(i, F(0)) for i in range(one.case.size)] for row in (*stays, *tangents)]
    exact = [[fmpq(x.numerator, x.denominator) for x in row] for row in rows]
    assert rank(exact) == rank(exact[: len(stays)]) == 2


def changed(claim: Claim, conclusion, cases=None) -> Claim:
    setting = claim.setting if cases is None else Action(cases)
    return replace(
        claim,
        id="another",
        setting=setting,
        concluding={"one": conclusion},
        expected=Verdict.REFUTED,
    )


@pytest.mark.parametrize("by", [-1, 1])
@pytest.mark.parametrize("cases", [(square(2, 2),), (square(3, 3),)])
def test_another_number_is_refuted(by: int, cases: tuple) -> None:
    d, depth = cases[0].sizes[0], len(cases[0].sizes) - 1
    shared = (depth - 1) * d * (d - 1) // 2
    false = (
        BalancedDimension((d * d + shared + by,)),
        CommonTangents((shared + by,)),
        LeafDimension((1,), (1 + (depth + 1) * (d - 1) + by,)),
    )
    for conclusion in false:
        report = judge(changed(claims.DLN_DIM, conclusion, cases))
        assert report.verdict is Verdict.REFUTED and report.certificate is not None, conclusion


@pytest.mark.parametrize("conclusion", [OrthogonalFoliations(), OneRotation()])
def test_one_dimension_breaks_neither(conclusion) -> None:
    """d = 1: the misreadings have no counterexample, and are not called proved either."""
    report = judge(changed(claims.DLN_DIM, conclusion, (square(1, 3),)))
    assert report.verdict in (Verdict.UNDECIDED, Verdict.VACUOUS)
