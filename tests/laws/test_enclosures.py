"""Enclosures against closed forms: the true value is inside at the samples and between them, and
the radius is narrow.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction as F
from functools import cache
from typing import Any

import mpmath
import pytest
from mpmath import exp, expm, log, matrix, mpf, sqrt

from verify.integrate.enclosure import Enclosure
from verify.integrate.gronwall import exact_value
from verify.integrate.system import LOG, System, retimed
from verify.integrate.validated import Validated

DIGITS = [15, 30, 60, 100]


def flow(title: str, start: tuple, field: Callable, clock=None) -> System:
    system = System(
        title, tuple(f"x{j}" for j in range(len(start))), tuple(map(F, start)), field=field
    )
    return system if clock is None else retimed(system, clock)


def spiral(t: Any) -> list:
    return list(expm(matrix([[-1, 3], [F(-1, 2) + 0 * t, mpf(1) / 3]]) * t) * matrix([1, -2]))


TURN = flow("oscillator", (1, F(1, 2)), lambda x, m: [x[1], -x[0]])
SPIRAL = flow("matrix", (1, -2), lambda x, m: [-x[0] + 3 * x[1], x[0] * F(-1, 2) + x[1] * F(1, 3)])
#: system, horizon, solution in the system's clock
FORMS: list[tuple[System, F, Callable[[Any], list]]] = [
    (
        flow("linear", (2,), lambda x, m: [1 - 2 * x[0]]),
        F(3),
        lambda t: [(1 + 3 * exp(-2 * t)) / 2],
    ),
    (
        flow("logistic", (F(1, 4),), lambda x, m: [x[0] * (1 - x[0])]),
        F(4),
        lambda t: [1 / (1 + 3 * exp(-t))],
    ),
    (
        flow("-x^3", (F(3, 2),), lambda x, m: [-(x[0] ** 3)]),
        F(5),
        lambda t: [1 / sqrt(mpf(4) / 9 + 2 * t)],
    ),
    (flow("x^2", (F(1, 3),), lambda x, m: [x[0] ** 2]), F(28, 10), lambda t: [1 / (3 - t)]),
    (SPIRAL, F(2), spiral),
    (TURN, F(7), lambda t: [mpmath.cos(t) + mpmath.sin(t) / 2, mpmath.cos(t) / 2 - mpmath.sin(t)]),
    (flow("1/(1+t)", (1,), lambda x, m: [-(x[0] ** 2)], LOG), F(12), lambda s: [exp(-s)]),
    (
        flow("1/sqrt(1+2t)", (1,), lambda x, m: [-(x[0] ** 3)], LOG),
        F(10),
        lambda s: [1 / sqrt(2 * exp(s) - 1)],
    ),
    (
        flow("-sqrt x", (1,), lambda x, m: [-(x[0] ** F(1, 2))]),
        F(3, 2),
        lambda t: [(1 - t / 2) ** 2],
    ),
    (
        flow("x^(-3/2)", (1,), lambda x, m: [x[0] ** F(-3, 2)]),
        F(3),
        lambda t: [(1 + 5 * t / 2) ** (mpf(2) / 5)],
    ),
    (flow("1/x", (-1,), lambda x, m: [1 / x[0]]), F(3), lambda t: [-sqrt(1 + 2 * t)]),
    (
        flow("x^(-65)", (-1,), lambda x, m: [x[0] ** -65]),
        F(1, 4),
        lambda t: [-((1 + 66 * t) ** (mpf(1) / 66))],
    ),
    (
        flow("-x^70", (1,), lambda x, m: [-(x[0] ** 70)]),
        F(1, 4),
        lambda t: [(1 + 69 * t) ** (-mpf(1) / 69)],
    ),
    (flow("exp(-x)", (0,), lambda x, m: [(-x[0]).exp()]), F(5), lambda t: [log(1 + t)]),
    (
        flow("x log x", (F(1, 2),), lambda x, m: [x[0] * x[0].log()]),
        F(2),
        lambda t: [exp(-log(2) * exp(t))],
    ),
    (flow("t x", (F(-1, 3),), lambda x, m: [m.time * x[0]]), F(2), lambda t: [-exp(t * t / 2) / 3]),
    (flow("far from 1", (10**12,), lambda x, m: [-x[0]]), F(3), lambda t: [10**12 * exp(-t)]),
    (flow("close to 0", (F(1, 10**12),), lambda x, m: [-x[0]]), F(3), lambda t: [exp(-t) / 10**12]),
]


def number(x: F) -> Any:
    return mpf(x.numerator) / x.denominator


@cache
def enclosed(which: int, digits: int) -> Enclosure:
    system, horizon, _ = FORMS[which]
    return Validated().run(system, horizon, digits, samples=7)


def apart(which: int, time: F, centre: list[F]) -> Any:
    """The distance of the true state, at the present precision."""
    true = FORMS[which][2](number(time))
    return mpmath.norm([x - number(c) for x, c in zip(true, centre, strict=True)])


CASES = [
    pytest.param(k, d, id=f"{form[0].title}-{d}") for k, form in enumerate(FORMS) for d in DIGITS
]


@pytest.mark.parametrize("which, digits", CASES)
def test_the_true_value_is_inside(which, digits):
    found = enclosed(which, digits)
    draw = random.Random(which * 1000 + digits)
    with mpmath.workdps(3 * digits + 30):
        for time, state, radius in zip(found.times, found.states, found.radii, strict=True):
            assert apart(which, time, [x for row in state.exact() for x in row]) <= number(radius)
        for link in found.links:
            for part in (F(0), F(draw.randrange(1, 10**6), 10**6), F(1)):
                time = link.begin + part * (link.end - link.begin)
                centre = [exact_value(c, link, time) for c in link.states]
                assert apart(which, time, centre) <= number(F(link.within, 1 << link.bits))
                if part in (0, 1):
                    assert apart(which, time, centre) <= number(
                        F(link.after if part else link.before, 1 << link.bits)
                    )


@pytest.mark.parametrize("which, digits", CASES)
def test_the_radius_is_what_was_asked_for(which, digits):
    found = enclosed(which, digits)
    largest = max(abs(x) for state in found.states for row in state.exact() for x in row)
    assert found.radius <= F(1, 10**digits) * max(1, largest)
    assert max(found.radii) <= F(1, 10**digits) * max(1, largest)
    assert (found.links[0].begin, found.links[-1].end) == (0, FORMS[which][1])


#: x' = f(x): solutions part at the rate f'(x), so a distance becomes |f(x(T)) / f(x(0))| times as
# long
SCALAR = {
    "linear": lambda x: 1 - 2 * x,
    "logistic": lambda x: x * (1 - x),
    "-x^3": lambda x: -(x**3),
    "exp(-x)": lambda x: exp(-x),
}


@pytest.mark.parametrize("title", SCALAR)
def test_the_enclosure_grows_as_distances_do(title):
    """The product of the links' factors is at most twice the true factor: nothing is lost to
    wrapping.
    """
    which = next(k for k, form in enumerate(FORMS) if form[0].title == title)
    found, (_, horizon, solution) = enclosed(which, 30), FORMS[which]
    total = sum(m * (link.end - link.begin) / len(link.mu) for link in found.links for m in link.mu)
    ends = [SCALAR[title](solution(mpf(t))[0]) for t in (0, int(horizon))]
    assert 1 - 1e-9 <= exp(number(total)) / abs(ends[1] / ends[0]) <= 2


def test_a_turn_does_not_widen_it():
    """x'' = -x keeps distances: over ten turns the radius is at most three times the sum of the
    defects.
    """
    found = Validated().run(TURN, F(63), 20, samples=1)
    pushed = sum(F(link.defect, 1 << link.bits) for link in found.links)
    begun = sum(
        F(link.before, 1 << link.bits) - F(last.after, 1 << last.bits)
        for last, link in zip(found.links, found.links[1:], strict=False)
    )
    assert found.links[-1].after <= 3 * (
        pushed + begun + F(found.links[0].before, 1 << found.links[0].bits)
    ) * (1 << found.links[-1].bits)
