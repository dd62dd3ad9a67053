"""Laws of the Taylor coefficients and of the traced program: they agree with the exact layer."""

from __future__ import annotations

from fractions import Fraction as F

import pytest

from verify.algebra.expr import Expr, exp, lin, log, num, quad, w
from verify.algebra.rings import Ball, Exact
from verify.integrate.rounding import rounding_bits
from verify.integrate.series import Expansion
from verify.integrate.trace import program
from verify.losses.base import Loss
from verify.losses.matrices import DiagonalPlus
from verify.settings.diagonal_flow import diagonal_flow
from verify.settings.point import Motion, Point

S = ((F(2), F(1, 2)), (F(1, 2), F(3)))
M = (F(1), F(-2))
DATA = {"S_W": S, "m": M, "p": (F(1), F(3, 2)), "x": (F(1), F(-1, 3))}
DATA["long"] = (F(10**18 + 9, 10**18 + 7), F(2**61 - 1, 2**61 + 15))
U = ((F(1), F(-1, 2)), (F(2, 3), F(3, 4)), (F(-1), F(5, 4)))


def loss(name: str, expr: Expr, data=None) -> Loss:
    return Loss(name, name, expr, DATA if data is None else data)


RATIO = loss("ratio", -(lin("m") ** 2) / quad("S_W"))
SQUARED = loss("squared", quad("S_W") / 2 - lin("m") + F(1, 2))
LOG_RATIO = loss("log-ratio", -log(lin("m") ** 2 / quad("S_W")))


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
    _compare_with_jets(Point(U[:depth], loss("rational", expr), {"kappa": decay}), Exact(), decay, 9)


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
    _compare_with_jets(Point(U[:2], loss("transcendental", expr), {"kappa": F(1, 3)}), Ball(400), F(1, 3), 9)


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
        target = loss("ratio", -(lin("m") ** 2) / quad("S_W"), {"m": v, "S_W": DiagonalPlus(v, (v[::-1],))})
        start = tuple(tuple(x + k for x in v) for k in range(1, depth + 1))
        return len(program(diagonal_flow(Point(start, target))).nodes)

    assert nodes(80, 3) < 2.1 * nodes(40, 3)
    assert nodes(20, 16) < 2.3 * nodes(20, 8)
