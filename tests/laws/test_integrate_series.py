"""Laws of the Taylor coefficients and of the traced program: they agree with the exact layer."""

from __future__ import annotations

from fractions import Fraction as F

import pytest

from benchmarks.problems import p3, p4
from tests.laws.small_networks import LOG_RATIO, RATIO, SQUARED, U, loss
from verify.exact.rings import Ball, Exact
from verify.integrate.rounding import Tail, rounding_bits
from verify.integrate.series import Expansion
from verify.integrate.system import Moment, System
from verify.integrate.trace import program
from verify.models.diagonal_flow import diagonal_flow
from verify.models.jets import Motion
from verify.models.losses.base import Loss
from verify.models.losses.matrices import DiagonalPlus
from verify.models.point import Point
from verify.terms.expr import Expr, exp, lin, log, num, quad, w

# coefficients against the exact layer


@pytest.mark.parametrize("depth", [1, 2, 3])
@pytest.mark.parametrize(
    "expr",
    [
        RATIO.expr,
        SQUARED.expr,
        w[1] ** 3 / (quad("S_W") + w[2] ** 2) ** 2,
        w[1] / (-3 * w[2]),
        (w[1] - 1) ** 2 + w[1] * w[2],
        lin("long") ** 2,
    ],
)
@pytest.mark.parametrize("decay", [F(0), F(1, 3)])
def test_coefficients_are_those_of_exact_jets(depth: int, expr: Expr, decay: F) -> None:
    _compare_with_jets(
        Point(U[:depth], loss("rational", expr), {"kappa": decay}), Exact(), decay, 9
    )


@pytest.mark.parametrize(
    "expr",
    [
        log(1 + exp(-lin("x"))),
        LOG_RATIO.expr,
        quad("S_W") ** F(-3, 2),
        quad("S_W") ** F(2, 3),
        quad("S_W") ** F(3, 7) * exp(lin("m") / 4),
        (2 + log(quad("S_W"))) ** -3,
        num(2) ** F(1, 2) * quad("S_W") ** F(5, 2) + exp(num(-3)) * w[1],
    ],
)
def test_coefficients_of_powers_exp_and_log_lie_in_balls(expr: Expr) -> None:
    _compare_with_jets(
        Point(U[:2], loss("transcendental", expr), {"kappa": F(1, 3)}), Ball(400), F(1, 3), 9
    )


def _compare_with_jets(point: Point, ring, decay: F, order: int) -> None:
    """Every coefficient differs from the jet's by no more than the rounding estimate; h = 1/64."""
    bits = 160
    traced = program(diagonal_flow(point, decay, share=False))
    series = Expansion(traced, bits)
    series.run([(x.numerator << bits) // x.denominator for x in traced.start], F(0), (1, 6), order)
    limit = F(2) ** (int(rounding_bits(series, -6, order)) + 1 - bits)
    assert limit < F(1, 2**130)
    jets = [jet for row in Motion(point, ring, order, decay="kappa").u for jet in row]
    moved = F(0)
    for c, jet in zip(series.c, jets, strict=False):
        for k in range(order + 1):
            scaled = jet.c[k] * ring.number(F(1, 64**k))
            defect = abs(scaled - ring.number(F(int(c[k]), 1 << bits)))
            assert defect < ring.number(limit)
            moved = max(moved, abs(F(int(c[k]), 1 << bits)) if k else F(0))
    assert moved > 1000 * limit


def test_programs_are_linear_in_width_and_depth() -> None:
    def nodes(width: int, depth: int) -> int:
        v = tuple(F(i % 5 + 1, 3) for i in range(width))
        target = loss(
            "ratio", -(lin("m") ** 2) / quad("S_W"), {"m": v, "S_W": DiagonalPlus(v, (v[::-1],))}
        )
        start = tuple(tuple(x + k for x in v) for k in range(1, depth + 1))
        return len(program(diagonal_flow(Point(start, target))).nodes)

    assert nodes(80, 3) < 2.1 * nodes(40, 3)
    assert nodes(20, 16) < 2.3 * nodes(20, 8)


# orders in doubles, digits that are dropped, sums of products


@pytest.mark.parametrize(
    "target",
    [
        RATIO,
        LOG_RATIO,
        loss("powers", quad("S_W") ** F(3, 7) * exp(lin("m") / 4) + log(1 + exp(-lin("x")))),
    ],
)
@pytest.mark.parametrize(
    ("bits", "order", "tail"), [(84, 21, 8), (201, 62, 45), (201, 62, None), (420, 130, 108)]
)
def test_errors_stay_below_their_estimate(
    target: Loss, bits: int, order: int, tail: int | None
) -> None:
    """Against 200 bits more and no doubles; h = r / 7 with the radius r that the series itself
    shows.
    """
    traced = program(diagonal_flow(Point(U[:2], target), share=False))
    coarse, fine = Expansion(traced, bits), Expansion(traced, bits + 200)
    coarse.run(
        [(x.numerator << bits) // x.denominator for x in traced.start], F(0), (1, 5), order, tail
    )
    fine.run([x[0] << 200 for x in coarse.c[: traced.states]], F(0), (1, 5), order)
    assert coarse.tail == tail
    within = Tail(coarse, 1.0, 2.8) if tail else None
    estimate = rounding_bits(coarse, -5, order, within)
    errors = [
        sum(abs((x << 200) - y) for x, y in zip(a, b, strict=True))
        for a, b in zip(coarse.c, fine.c, strict=True)
    ]
    assert 200 <= max(errors[: traced.states]).bit_length() <= 200 + estimate
    if tail:
        in_integers = Expansion(traced, bits)
        in_integers.run([x[0] for x in coarse.c[: traced.states]], F(0), (1, 5), order)
        assert [c[:tail] for c in in_integers.c] == [c[:tail] for c in coarse.c]
        assert estimate >= rounding_bits(in_integers, -5, order)


def _exactly(traced, x: list[F]) -> list[F]:
    """Slopes of a rational program, node by node."""
    v: list[F] = []
    for node in traced.nodes:
        match node[0]:
            case "state":
                v.append(x[len(v)])
            case "lin":
                v.append(sum((a * v[i] for i, a in node[1]), F(node[2])))
            case "mul":
                v.append(v[node[1]] * v[node[2]])
            case "dot":
                v.append(
                    sum(
                        (k * v[a] * v[b] for a, b, k in node[1]),
                        sum((a * v[i] for i, a in node[2]), F(node[3])),
                    )
                )
            case "power":
                v.append(v[node[1]] ** int(node[2]))
            case _:
                assert node[0] == "clock"
                v.append(F(0))
    return [factor * v[i] for i, factor in traced.slopes]


def _sums(x, flow):
    a, b, c = x
    p, q = a * b, b * c
    return [
        3 * p - 2 * q + a - 5,
        p * (a + 2 * c) - b * b / 3 + 2 * b * c + a * b,
        (a * c * 2 - a * 7 + 1) * F(1, 2) + a * b,
    ]


@pytest.mark.parametrize(
    "system",
    [
        System("sums", ("a", "b", "c"), (F(2, 3), F(-5, 7), F(9, 4)), _sums),
        p4(),
        p3(3, 2),
        p3(2, 3),
    ],
    ids=lambda s: s.title,
)
def test_tidying_a_program_changes_no_value(system: System) -> None:
    """The field itself, on fractions, is the oracle; of a loss, differences that are exact up to
    degree 4 in each entry.
    """
    traced = program(system)
    x = list(system.start)
    here = Moment(F(0), F(1), F)
    want = (
        system.field(x, here)
        if system.field
        else [-_derivative(system.loss, x, j, here) for j in range(len(x))]
    )
    assert _exactly(traced, x) == list(want) and any(want)
    assert any(node[0] == "dot" for node in traced.nodes)
    for node in traced.nodes:
        if node[0] == "dot":
            assert (
                node[1]
                and all(isinstance(k, F) for *_, k in node[1])
                and all(isinstance(a, F) for _, a in node[2])
            )


def _derivative(function, x: list[F], j: int, here: Moment) -> F:
    at = lambda d: function([*x[:j], x[j] + d, *x[j + 1 :]], here)
    return F(8 * (at(1) - at(-1)) - at(2) + at(-2), 12)


def test_products_with_a_common_factor_are_one() -> None:
    """(m'w)^2 is one square, not a product for each term."""
    traced = program(
        System("rank one", ("a", "b", "c"), (F(1), F(2), F(3)), lambda x, flow: _rank_one(x))
    )
    assert sorted(node[0] for node in traced.nodes if node[0] != "state") == ["lin", "mul"]
    assert _exactly(traced, [F(1), F(2), F(3)]) == [196] * 3


def _rank_one(x):
    total = x[0] + 2 * x[1] + 3 * x[2]
    return [x[0] * total + 2 * (x[1] * total) + 3 * (x[2] * total)] * 3
