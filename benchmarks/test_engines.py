"""The Taylor engine against other integrators, from the same exact point over the same time.

mpmath.odefun has 50 digits as well. SciPy's DOP853 has doubles: it is shown for orientation and is
NOT of the same precision; it is paired with the engine at 50 digits and at 13.
"""

from __future__ import annotations

from fractions import Fraction
from math import prod

import mpmath
import numpy
import pytest
from scipy.integrate import solve_ivp

from benchmarks.flows import unbalanced
from benchmarks.pairs import inside
from verify.integrate.taylor import Taylor
from verify.models.diagonal_flow import diagonal_flow
from verify.models.losses.matrices import dense
from verify.models.point import Point

TIME = Fraction(1, 3)
DIGITS = 50
#: both aim at each step, not at the end: four digits of room for what adds up on the way
ROOM, ROOM_OF_DOUBLES = Fraction(1, 10 ** (DIGITS - 4)), Fraction(1, 10**9)


def taylor(point: Point, digits: int, found: dict):
    def run() -> None:
        end = (
            Taylor()
            .run(diagonal_flow(point, share=False), TIME, digits, samples=1)
            .states[-1]
            .exact()
        )
        found[f"taylor {digits}"] = [x for row in end for x in row]

    return run


def odefun(point: Point, found: dict, end: Fraction = TIME):
    """The gradient flow written out for mpmath; its matrices are the same exact data."""
    n, depth = point.width, point.depth

    def run() -> None:
        with mpmath.workdps(DIGITS):
            to = lambda x: mpmath.mpf(x.numerator) / x.denominator
            b, w = (
                [[to(x) for x in row] for row in dense(point.loss.data[name])]
                for name in ("S_B", "S_W")
            )

            def field(_, flat):
                rows = [flat[l * n : (l + 1) * n] for l in range(depth)]
                g = gradient(b, w, [mpmath.fprod(column) for column in zip(*rows, strict=True)])
                others = lambda l, i: mpmath.fprod(rows[m][i] for m in range(depth) if m != l)
                return [-others(l, i) * g[i] for l in range(depth) for i in range(n)]

            start = [to(x) for row in point.start for x in row]
            found["odefun"] = [exact(x) for x in mpmath.odefun(field, 0, start)(to(end))]

    return run


def gradient(b, w, x):
    """grad of -(x'bx)/(x'wx)."""
    n = range(len(x))
    bx, wx = ([mpmath.fdot(row, x) for row in m] for m in (b, w))
    top, bottom = mpmath.fdot(x, bx), mpmath.fdot(x, wx)
    return [-2 * (bx[i] * bottom - wx[i] * top) / bottom**2 for i in n]


def exact(x: mpmath.mpf) -> Fraction:
    sign, mantissa, exponent, _ = x._mpf_
    return Fraction(int(mantissa) * (-1) ** sign) * Fraction(2) ** exponent


def dop853(point: Point, found: dict):
    n, depth = point.width, point.depth
    b, w = (numpy.array(dense(point.loss.data[name]), dtype=float) for name in ("S_B", "S_W"))
    start = numpy.array([x for row in point.start for x in row], dtype=float)

    def field(_, flat):
        rows = flat.reshape(depth, n)
        x = rows.prod(axis=0)
        bx, wx = b @ x, w @ x
        g = -2 * (bx * (x @ wx) - wx * (x @ bx)) / (x @ wx) ** 2
        return numpy.concatenate(
            [
                -prod((rows[m] for m in range(depth) if m != l), start=numpy.ones(n)) * g
                for l in range(depth)
            ]
        )

    def run() -> None:
        done = solve_ivp(field, (0, float(TIME)), start, method="DOP853", rtol=3e-14, atol=1e-14)
        assert done.success, done.message
        found["dop853"] = [Fraction(float(x)) for x in done.y[:, -1]]

    return run


def gap(found: dict, a: str, b: str) -> Fraction:
    return max(abs(x - y) for x, y in zip(found[a], found[b], strict=True))


@pytest.mark.parametrize("size", [(3, 2), (3, 8)], ids=lambda s: f"{s[0]}x{s[1]}")
def test_against_odefun(versus, size: tuple[int, int]) -> None:
    point = unbalanced(*size)
    found: dict[str, list[Fraction]] = {}
    ours, peer = taylor(point, DIGITS, found), odefun(point, found)
    versus(
        f"{DIGITS} digits, L x n",
        inside(f"Taylor, {size[0]} x {size[1]}", ours),
        inside("mpmath.odefun", peer),
        pairs=3,
    )
    assert gap(found, "taylor 50", "odefun") < ROOM


@pytest.mark.parametrize("digits", [50, 13])
@pytest.mark.parametrize("size", [(3, 2), (3, 64)], ids=lambda s: f"{s[0]}x{s[1]}")
def test_against_dop853(versus, size: tuple[int, int], digits: int) -> None:
    point = unbalanced(*size)
    found: dict[str, list[Fraction]] = {}
    ours = inside(f"Taylor at {digits} digits, {size[0]} x {size[1]}", taylor(point, digits, found))
    peer = inside("DOP853 in doubles", dop853(point, found))
    versus("against doubles: NOT the same precision", ours, peer, pairs=3)
    assert gap(found, f"taylor {digits}", "dop853") < ROOM_OF_DOUBLES
