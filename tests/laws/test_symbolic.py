"""The flow that is written for people is the flow that is judged: compared at exact points, never
by SymPy's own zero tests.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import cycle

import pytest
import sympy

from verify.exact.errors import BadInput
from verify.exact.rings import Exact
from verify.models.jets import Motion
from verify.models.losses import family
from verify.models.point import Point
from verify.symbolic import flow, weight, written
from verify.terms.expr import over_layers, q, start, total, u

NUMBERS = [Fraction(x) for x in ("2", "1/3", "-3", "1/2", "5", "-1/4", "3")]


def point(depth: int, width: int, name: str) -> Point:
    values, draws = cycle(NUMBERS), cycle(NUMBERS[::-1])
    rows = tuple(tuple(next(values) for _ in range(width)) for _ in range(depth))
    return Point(rows, family(name).build(width, lambda: next(draws)))


def at(expr, p: Point) -> Fraction:
    numbers = {
        weight(l, i): sympy.Rational(str(x))
        for l, row in enumerate(p.start, 1)
        for i, x in enumerate(row, 1)
    }
    value = sympy.Rational(expr.subs(numbers))
    return Fraction(int(value.p), int(value.q))


@pytest.mark.parametrize(
    "name", ["ratio", "log-ratio", "squared", "difference", "fraction", "ratio-output-regularised"]
)
@pytest.mark.parametrize("depth", [1, 2, 3])
def test_the_written_field_is_the_judged_one(name: str, depth: int) -> None:
    p = point(depth, 2, name)
    motion, field = Motion(p, Exact(), 1), flow(depth, 2, p.loss)
    for l in range(1, depth + 1):
        for i in (1, 2):
            assert at(field[weight(l, i)], p) == motion.u[l - 1][i - 1].c[1]


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_written_quantities_have_the_judged_values(depth: int) -> None:
    p = point(depth, 2, "norm")
    spread = total(
        "i", over_layers("max", "l", u["l", "i"] ** 2) - over_layers("min", "l", u["l", "i"] ** 2)
    )
    equal = Point(p.start[:1] * depth, p.loss)  # so that |w_i|^(2/L) is rational
    for quantity, here in (
        (total("i", u["l", "i"] ** 2), p),
        (spread, p),
        (total("i", q["i"]), equal),
    ):
        expected = Motion(here, Exact(), 0).value(quantity, {"l": 1}).c[0]
        assert at(written(quantity, depth, 2, l=1), here) == expected


def test_what_has_no_entrywise_form_is_refused() -> None:
    with pytest.raises(BadInput, match="start"):
        written(start(u[1, 1]), 2, 2)
    with pytest.raises(BadInput, match="depth 0"):
        flow(0, 1)
