"""The parts of an enclosure, each against what it bounds: errors of nodes, sizes from below, sums
of a step.
"""

from __future__ import annotations

import random
from fractions import Fraction as F

import mpmath
import pytest
from flint import fmpz_poly
from mpmath import mpf

from verify.integrate.base import Piece
from verify.integrate.defect import defect
from verify.integrate.enclosure import NotEnclosed
from verify.integrate.gronwall import exp_up, gronwall, root_up
from verify.integrate.guesses import FINE, least_size
from verify.integrate.system import System
from verify.integrate.trace import measured

ONE = System("one state", ("x",), (F(1),), field=lambda x, m: [x[0]])
NODES = {
    "lin": lambda x, m: x[0] * F(3, 7) + F(1, 3),
    "square": lambda x, m: x[0] * x[0],
    "dot": lambda x, m: x[0] * x[0] * F(2, 3) - x[0] * F(1, 7) + 2 + x[0] * m.time,
    "1/x": lambda x, m: 1 / x[0],
    "1/2": lambda x, m: x[0].power(F(1, 2)),
    "5/2": lambda x, m: x[0].power(F(5, 2)),
    "-3/2": lambda x, m: x[0].power(F(-3, 2)),
    "65": lambda x, m: x[0].power(F(65)),
    "-65": lambda x, m: x[0].power(F(-65)),
    "exp": lambda x, m: x[0].exp(),
    "log": lambda x, m: x[0].log(),
    "together": lambda x, m: (x[0].log() * m.time).exp() * x[0].power(F(7, 2)) / (1 + x[0]),
}
NEGATIVE = ["lin", "square", "dot", "1/x", "65", "-65", "exp"]


def values(program, x, t):
    """The nodes' true values at a state, by mpmath."""
    found = []
    number = lambda q: mpf(F(q).numerator) / F(q).denominator
    for node in program.nodes:
        match node[0]:
            case "state":
                found.append(x)
            case "clock":
                found.append(t)
            case "mul":
                found.append(found[node[1]] * found[node[2]])
            case "lin" | "dot":
                products = (
                    sum(found[a] * found[b] * number(k) for a, b, k in node[1])
                    if node[0] == "dot"
                    else 0
                )
                found.append(
                    products + sum(found[a] * number(k) for a, k in node[-2]) + number(node[-1])
                )
            case "power":
                e = node[2]
                found.append(
                    found[node[1]] ** int(e) if e.denominator == 1 else found[node[1]] ** number(e)
                )
            case "exp":
                found.append(mpmath.exp(found[node[1]]))
            case "log":
                found.append(mpmath.log(found[node[1]]))
    return found


def guess(
    program, start: F, slope: F, begin: F, h: F, bits: int, noise: int, draw: random.Random
) -> list[list[int]]:
    """Series of all nodes along x = start + slope tau, found by mpmath.taylor, each term off by up
    to ``noise`` units.
    """
    number = lambda q: mpf(q.numerator) / q.denominator
    length, found = 9, []
    for i in range(len(program.nodes)):
        along = lambda tau, i=i: values(
            program, number(start) + number(slope) * tau, number(begin) + number(h) * tau
        )[i]
        terms = mpmath.taylor(along, 0, length - 1)
        found.append(
            [int(mpmath.floor(c * 2**bits)) + draw.randrange(-noise, noise + 1) for c in terms]
        )
    return found


@pytest.mark.parametrize("name, sign", [(n, 1) for n in NODES] + [(n, -1) for n in NEGATIVE])
@pytest.mark.parametrize("wide", [F(0), F(1, 10**6), F(1, 10), F(2, 5)])
def test_errors_of_nodes(name, sign, wide):
    """Random polynomials near the true ones, states astray to the edge of what is allowed: every
    node is within its bound.
    """
    draw = random.Random(f"{name} {sign} {wide}")
    program, held = measured(ONE, [NODES[name]]), 0
    with mpmath.workdps(60):
        for _ in range(4):
            bits = draw.choice([20, 60, 120])
            start, slope = sign * F(draw.randrange(80, 130), 100), F(draw.randrange(-20, 20), 100)
            begin, h, part = (
                F(draw.randrange(0, 5), 3),
                F(draw.randrange(1, 9), 16),
                F(draw.randrange(1, 17), 17),
            )
            nodes = guess(program, start, slope, begin, h, bits, draw.choice([0, 3, 1000]), draw)
            piece = Piece(begin, begin + h * part, h, bits, 1, nodes, 8, F(0), F(0))
            astray = int(wide * 2**bits)
            try:
                bounds = defect(program, piece, astray)
            except NotEnclosed:
                continue
            held += 1
            for tau in (0, part / 3, part):
                tau = mpf(tau.numerator) / tau.denominator if tau else mpf(0)
                guessed = [sum(c * tau**k for k, c in enumerate(row)) for row in nodes]
                time = (
                    mpf(begin.numerator) / begin.denominator
                    + tau * mpf(h.numerator) / h.denominator
                )
                for edge in (-1, 0, 1):
                    true = values(program, (guessed[0] + edge * astray) / 2**bits, time)
                    for c, y, error in zip(guessed, true, bounds.errors, strict=True):
                        assert abs(c - y * 2**bits) <= error * (1 + mpf(10) ** -40)
    assert held or wide > F(1, 10)


def test_an_exponential_out_of_range_is_refused_at_once():
    program = measured(ONE, [NODES["exp"]])
    for start, turn in ((F(1), 10**12), (F(10**15), 0), (F(1), 10**40)):
        rows = [[int(start * 2**60), turn * 2**60], [2**60, 2**60]]
        rows = [[*row, *[0] * 3] for row in rows]
        with pytest.raises(NotEnclosed):
            defect(program, Piece(F(0), F(1), F(1), 60, 1, rows, 4, F(0), F(0)))


def test_an_exponential_that_vanishes_is_enclosed():
    program = measured(ONE, [NODES["exp"]])
    rows = [[-(10**9) * 2**60, 0], [0, 0]]
    assert defect(program, Piece(F(0), F(1), F(1), 60, 1, rows, 1, F(0), F(0))).errors[1] <= 1


@pytest.mark.parametrize("seed", range(60))
def test_sizes_from_below(seed):
    draw = random.Random(seed)
    roots = [
        F(draw.choice([-7, -3, 15, 17, 33, 80]), 10) * draw.choice([1, -1])
        for _ in range(draw.randrange(1, 6))
    ]
    p = fmpz_poly([10**12 * draw.choice([1, -1])])
    for r in roots:
        p *= fmpz_poly([-r.numerator, r.denominator])
    top = draw.randrange(1, FINE + 1)
    low = least_size(p, top, FINE)
    points = [F(k * top, 200 * FINE) for k in range(201)]
    if any(0 <= r <= F(top, FINE) for r in roots):
        assert low <= 0
    true = min(abs(sum(int(c) * x**k for k, c in enumerate(p.coeffs()))) for x in points)
    assert low <= true
    if all(not -F(1, 5) <= r <= F(top, FINE) + F(1, 5) for r in roots):
        assert low * 30 >= true


def test_the_sum_of_a_step():
    """r' = mu r + D on each part, by its closed form, lies below ``gronwall``; and not far
    below.
    """
    draw = random.Random(5)
    with mpmath.workdps(40):
        for _ in range(200):
            h, part = (
                F(draw.randrange(1, 100), draw.choice([1, 10, 1000])),
                F(draw.randrange(1, 65), 64),
            )
            piece = Piece(F(1, 3), F(1, 3) + h * part, h, 60, 1, [[1]], 1, F(0), F(0))
            mu = tuple(
                F(draw.randrange(-2000, 300), draw.choice([10, 100, 1000]))
                for _ in range(draw.choice([1, 4, 8]))
            )
            before, slope = draw.randrange(10**9), draw.randrange(10**9)
            try:
                within, after = gronwall(before, slope, piece, mu)
            except NotEnclosed:
                continue
            r, highest, dt = (
                mpf(before),
                mpf(before),
                mpf(part.numerator) / part.denominator / len(mu),
            )
            for m in mu:
                rate = mpf(m.numerator) / m.denominator * h.numerator / h.denominator
                for s in (dt / 2, dt):
                    end = r * mpmath.exp(rate * s) + (
                        slope * mpmath.expm1(rate * s) / rate if rate else slope * s
                    )
                    highest = max(highest, end)
                r = end
            assert r <= after and highest <= within


def test_roundings_go_up():
    for x in (F(0), F(1), F(2), F(1, 3), F(10**40, 7)):
        root = F(root_up(x, 50), 1 << 50)
        assert root * root >= x and (root == 0 or (root - F(1, 1 << 50)) ** 2 < x)
    with mpmath.workdps(60):
        for x in (F(0), F(-(10**30)), F(-1, 3), F(1, 10**9), F(100)):
            assert mpf(exp_up(x)) >= mpmath.exp(mpf(x.numerator) / x.denominator) * 2**40
    for x in (F(10**6), F(10**40)):
        with pytest.raises(NotEnclosed):
            exp_up(x)
