"""The logarithmic norm and what it is made of: balls on arrays of doubles hold what they say, at
every scale.
"""

from __future__ import annotations

import random
from fractions import Fraction as F

import numpy
import pytest
from flint import arb, arb_mat, ctx, fmpq

from tests.laws.test_enclosures_random import random_flow
from verify.integrate.base import Piece
from verify.integrate.enclosure import NotEnclosed
from verify.integrate.intervals import Balls, exactly
from verify.integrate.logarithmic_norm import (
    _bound,
    clock_on_parts,
    growth,
    largest_eigenvalues,
    states_on_parts,
)
from verify.integrate.system import System
from verify.integrate.taylor import Taylor
from verify.integrate.trace import program

SCALES = [1.0, 1e-8, 1e8, 1e-150, 1e150, 1e-290, 1e290, 5e-324]


def ball_of(mid: float, rad: float) -> arb:
    return arb(fmpq(*F(float(mid)).as_integer_ratio()), fmpq(*F(float(rad)).as_integer_ratio()))


def pick(draw: random.Random, mid: float, rad: float) -> F:
    """A point of a ball, often on its edge."""
    return F(float(mid)) + F(float(rad)) * draw.choice([-1, 1, F(draw.randrange(-100, 101), 100)])


def inside(x: F, mid: float, rad: float) -> bool:
    return (
        not numpy.isfinite(mid)
        or not numpy.isfinite(rad)
        or abs(x - F(float(mid))) <= F(float(rad))
    )


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("other", SCALES)
def test_sums_and_products_of_balls(scale, other):
    draw = random.Random(f"{scale} {other}")
    for _ in range(100):
        a, b = (
            Balls(
                numpy.array([draw.uniform(-1, 1) * s]),
                numpy.array([draw.choice([0.0, 1e-17, 1e-3, 2.0]) * s]),
            )
            for s in (scale, other)
        )
        with numpy.errstate(all="ignore"):
            total, product = a + b, a * b
        x, y = pick(draw, a.mid[0], a.rad[0]), pick(draw, b.mid[0], b.rad[0])
        assert inside(x + y, total.mid[0], total.rad[0])
        assert inside(x * y, product.mid[0], product.rad[0])


def test_numbers_as_balls():
    for x in (
        F(1, 3),
        F(10**30 + 1),
        F(2**53 + 1),
        F(1, 10**400),
        F(7),
        F(-1, 2),
        F(10**300 + 1, 3),
    ):
        mid, rad = exactly(x)
        assert inside(x, mid, rad)
    with pytest.raises(OverflowError):
        exactly(F(10**400))


@pytest.mark.parametrize("seed", range(40))
def test_the_largest_eigenvalue(seed):
    """c I - A is positive definite for a c slightly above the bound, decided by exact minors; and
    the bound is not far off.
    """
    draw = random.Random(seed)
    n, scale = draw.choice([1, 2, 3, 6, 12]), draw.choice([1.0, 1e-9, 1e12, 1e-200, 1e200, 0.0])
    entries = [
        [draw.uniform(-1, 1) * 10 ** draw.uniform(-12, 0) for _ in range(n)] for _ in range(n)
    ]
    a = numpy.array(entries) + draw.choice([0, 0, -5]) * numpy.eye(n)
    a = (a + a.T) / 2 * scale
    if draw.random() < 0.3:
        a = numpy.outer(a[0] / (scale or 1.0), a[0])
    bound = float(_bound(numpy, a))
    largest = float(numpy.linalg.eigvalsh(a)[-1])
    size = float(abs(a).max())
    assert bound >= largest - 1e-12 * size
    assert bound <= largest + (n * 2.0**-10) * max(size, 1e-289)
    shift = F(bound) + F(size) / 10**15
    before, ctx.prec = ctx.prec, 2000
    try:
        rest = arb_mat(
            [
                [
                    arb(fmpq(*((shift if i == j else F(0)) - F(float(a[i, j]))).as_integer_ratio()))
                    for j in range(n)
                ]
                for i in range(n)
            ]
        )
        for k in range(1, n + 1):
            minor = arb_mat([[rest[i, j] for j in range(k)] for i in range(k)]).det()
            assert not minor < 0
    finally:
        ctx.prec = before


def test_matrices_without_a_bound():
    wild = numpy.array([[[numpy.nan, 0.0], [0.0, 1.0]], [[numpy.inf, 0.0], [0.0, 1.0]]])
    found, _ = largest_eigenvalues(Balls(wild, numpy.zeros_like(wild)))
    assert all(not m < numpy.inf for m in found)


@pytest.mark.parametrize("bits", [10, 60, 900, 1000, 1100, 3000, 40_000])
@pytest.mark.parametrize("size", [-2000, -1080, -900, -60, 0, 60, 900, 2000])
def test_polynomials_on_parts(bits, size):
    """Values at the edges of every part lie in its ball, for coefficients of 2^size times bits of
    every length.
    """
    draw = random.Random(f"{bits} {size}")
    p = program(System("two", ("x", "y"), (F(1), F(1)), field=lambda x, m: [x[1], x[0]]))
    rows = [
        [
            draw.randrange(-(2**60), 2**60) << max(0, bits + size)
            for _ in range(draw.choice([2, 9, 80]))
        ]
        for _ in range(2)
    ]
    theta, h = F(draw.randrange(1, 65), 64), F(1, draw.choice([3, 1000]))
    piece = Piece(F(1, 7), F(1, 7) + h * theta, h, bits, 2, rows, 8, F(0), F(0))
    span, parts = float(theta) * (1 + 2.0**-48), draw.choice([4, 64, 256])
    try:
        balls = states_on_parts(p, piece, 0.0, span, parts)
    except OverflowError:
        assert size >= 2000
        return
    clock = clock_on_parts(piece, span, parts)
    for k in (0, 1, parts // 2, parts - 1):
        for edge in (0, F(1, 3), 1):
            tau = theta * (k + edge) / parts
            assert inside(piece.begin + h * tau, clock.mid[k], clock.rad[k])
            for j in range(2):
                assert inside(
                    sum(c * tau**i for i, c in enumerate(rows[j])) / 2**bits,
                    balls.mid[j, k],
                    balls.rad[j, k],
                )


def slopes(p, x: list, t):
    """The field over balls, by python-flint."""
    number = lambda q: arb(fmpq(*F(q).as_integer_ratio()))
    found = []
    for i, node in enumerate(p.nodes):
        match node[0]:
            case "state":
                found.append(x[i])
            case "clock":
                found.append(t)
            case "mul":
                found.append(found[node[1]] * found[node[2]])
            case "lin" | "dot":
                products = (
                    [found[a] * found[b] * number(k) for a, b, k in node[1]]
                    if node[0] == "dot"
                    else []
                )
                found.append(
                    sum([*products, *(found[a] * number(k) for a, k in node[-2])], number(node[-1]))
                )
            case "power":
                e = node[2]
                found.append(
                    found[node[1]] ** int(e) if e.denominator == 1 else found[node[1]] ** number(e)
                )
            case "exp":
                found.append(found[node[1]].exp())
            case "log":
                found.append(found[node[1]].log())
    return [found[d] * number(a) for d, a in p.slopes]


@pytest.mark.parametrize("seed", range(60))
def test_two_solutions_part_no_faster(seed):
    """(f(y) - f(x)).(y - x) <= mu |y - x|^2 for x, y in the tube of a random flow, at times of
    every part.
    """
    draw = random.Random(f"norm {seed}")
    system = random_flow(random.Random(f"flow {seed}"))
    p, radius = program(system), draw.choice([1e-9, 1e-3, 0.05])
    piece = next(Taylor().pieces(system, F(1, 10), 5))
    try:
        mu = growth(p, piece, radius)
    except NotEnclosed:
        return
    before, ctx.prec = ctx.prec, 300
    try:
        for k in draw.sample(range(len(mu)), min(4, len(mu))):
            tau = (piece.end - piece.begin) / piece.h * (k + F(draw.randrange(101), 100)) / len(mu)
            centre = [
                sum(int(c) * tau**i for i, c in enumerate(row)) / 2**piece.bits
                for row in piece.nodes[: p.states]
            ]
            for _ in range(5):
                x, y = (
                    [c + F(radius) * F(draw.randrange(-100, 101), 100 * p.states) for c in centre]
                    for _ in range(2)
                )
                if draw.random() < 0.5:
                    y = [a + (b - a) / 10**30 for a, b in zip(x, y, strict=True)]
                exact = [[arb(fmpq(*c.as_integer_ratio())) for c in z] for z in (x, y)]
                time = piece.begin + piece.h * tau
                fx, fy = (slopes(p, z, arb(fmpq(*time.as_integer_ratio()))) for z in exact)
                along = sum(
                    ((b - a) * (d - c) for a, b, c, d in zip(fx, fy, *exact, strict=True)), arb(0)
                )
                apart = sum(((d - c) ** 2 for c, d in zip(*exact, strict=True)), arb(0))
                assert not along > arb(mu[k]) * apart
    finally:
        ctx.prec = before
