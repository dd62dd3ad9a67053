"""Laws of the field in doubles, for many points at once and for one: it is the program."""

from __future__ import annotations

from fractions import Fraction as F

import numpy as np
import pytest

from benchmarks.problems import p1, p2, p3, p4
from tests.laws.small_systems import system
from verify.integrate import batch, double
from verify.integrate.system import System
from verify.integrate.trace import Program, program

UNIT = 2.0**-53


def every_kind() -> System:
    """Every kind of node: clock, roots, exp, log, constants, sums with and without products."""

    def field(x, m):
        a, b, c = x
        long = a * F(1, 3) + b * F(-2, 7) + c + F(5, 11)
        return [
            (a * a + b * b).power(F(1, 2)) / c + m.time * long,
            (a * F(1, 2)).exp() - (b + 3).log() * c.power(F(-3, 2)) + a * F(-5, 3) - b - c,
            a * b - b * c + c * c * F(3, 4) - a + F(1, 9),
        ]

    return system(F(1, 2), F(2, 3), F(5, 4), field=field)


def exactly(p, x: list[F], clock: F) -> list[F]:
    """The program on fractions, one node after the other."""
    values: list[F] = []
    for i, node in enumerate(p.nodes):
        match node:
            case ("state",):
                values.append(x[i])
            case ("clock",):
                values.append(clock)
            case ("mul", a, b):
                values.append(values[a] * values[b])
            case ("lin", terms, constant):
                values.append(sum((c * values[j] for j, c in terms), F(constant)))
            case ("dot", products, terms, constant):
                total = sum((c * values[a] * values[b] for a, b, c in products), F(constant))
                values.append(total + sum(c * values[j] for j, c in terms))
            case ("power", a, e):
                values.append(values[a] ** int(e))
    return [a * values[d] for d, a in p.slopes]


@pytest.mark.parametrize("problem", [p1, p2, p3, p4])
def test_the_field_is_the_program(problem) -> None:
    """Both doubles' fields against fractions, at points that are doubles; the room is one unit of
    the largest slope for each node.
    """
    p = program(problem())
    points = [[F(float(x)) + F(k * (-1) ** j, 64) for j, x in enumerate(p.start)] for k in range(3)]
    wanted = [exactly(p, x, F(0)) for x in points]
    columns = np.array(points, dtype=float).T
    together, out = batch.field(p)(0.0, columns), np.empty_like(columns)
    assert batch.field(p)(0.0, columns, out) is out and (out == together).all()
    for k, slopes in enumerate(wanted):
        alone = double.field(p)(0.0, [float(x) for x in points[k]])
        room = F(len(p.nodes)) * F(UNIT) * max(map(abs, slopes))
        assert (
            max(abs(F(float(a)) - b) for a, b in zip(together[:, k], slopes, strict=True)) <= room
        )
        assert max(abs(F(a) - b) for a, b in zip(alone, slopes, strict=True)) <= room


def test_every_kind_of_node() -> None:
    """Against the field itself on floats, in NumPy's own functions; a clock for each trajectory."""
    p = program(every_kind())
    assert {node[0] for node in p.nodes} >= {"state", "clock", "power", "exp", "log", "dot"}
    x = np.array([[0.5, 0.7, 1.5], [0.6, 0.2, 0.1], [1.25, 0.75, 2.0]])
    clock = np.array([0.0, 0.5, 2.0])
    a, b, c = x
    wanted = [
        np.hypot(a, b) / c + clock * (a / 3 - b * 2 / 7 + c + 5 / 11),
        np.exp(a / 2) - np.log(b + 3) / c**1.5 - a * 5 / 3 - b - c,
        a * b - b * c + c * c * 0.75 - a + 1 / 9,
    ]
    assert np.abs(batch.field(p)(clock, x) - wanted).max() <= 40 * UNIT
    for k in range(3):
        alone = double.field(p)(clock[k], x[:, k])
        assert np.abs(np.array(alone) - np.array(wanted)[:, k]).max() <= 40 * UNIT


def test_long_sums_and_repeated_terms() -> None:
    """A sum of more parts than a line of source holds, and children out of order or far apart."""
    count = 170
    start = [F(j % 7 - 3, 8) for j in range(count)]
    weights = [F((5 * j) % 11 - 5, 3) for j in range(count)]
    total = lambda x: sum((x[j] * weights[j] for j in range(1, count)), x[0] * weights[0])
    p = program(
        system(
            *start,
            field=lambda x, m: [
                total(x) + x[(3 * j) % count] * x[(7 * j) % count] for j in range(count)
            ],
        )
    )
    wanted = exactly(p, start, F(0))
    assert (
        wanted[1] == sum(a * x for a, x in zip(weights, start, strict=True)) + start[3] * start[7]
    )
    found = batch.field(p)(0.0, np.array(start, dtype=float)[:, None])[:, 0]
    room = F(UNIT) * 2 * count * sum(abs(a * x) for a, x in zip(weights, start, strict=True))
    for values in (found, double.field(p)(0.0, [float(x) for x in start])):
        assert max(abs(F(float(a)) - b) for a, b in zip(values, wanted, strict=True)) <= room


def test_a_term_that_occurs_more_than_once() -> None:
    terms = tuple((0, F(k)) for k in (1, 2, 4)), ((0, F(1)), (0, F(2)), (1, F(4)), (2, F(8)))
    p = Program(
        (("state",),) * 3 + tuple(("lin", part, F(0)) for part in terms),
        (F(1),) * 3,
        ((3, F(1)), (4, F(1)), (4, F(-1))),
    )
    assert batch.field(p)(0.0, np.array([[1.0], [10.0], [100.0]]))[:, 0].tolist() == [7, 843, -843]
    assert double.field(p)(0.0, [1.0, 10.0, 100.0]) == [7, 843, -843]
