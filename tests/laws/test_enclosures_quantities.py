"""Quantities along enclosures: the true value is within the course at any time, and within the
bounds of every part.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction as F
from typing import Any

import mpmath
import pytest
from mpmath import mpf

from verify.claims.claim import Claim, Source
from verify.claims.conclusions import Throughout
from verify.claims.verdict import Verdict
from verify.integrate.enclosure import NotEnclosed
from verify.integrate.quantity import courses
from verify.integrate.system import LOG, System, retimed
from verify.integrate.validated import Validated
from verify.judge.decide import judge
from verify.models.trajectories import Trajectories

DECAY = System(
    "decay", ("x", "y"), (F(3, 2), F(-1, 2)), field=lambda x, m: [-x[0], x[0] * F(1, 3) - x[1] / 2]
)


def decay(t: Any) -> tuple:
    x = mpf(3) / 2 * mpmath.exp(-t)
    return x, -mpmath.exp(-t) + mpmath.exp(-t / 2) / 2


LATE = retimed(System("late", ("x",), (F(1),), field=lambda x, m: [-(x[0] ** 2)]), LOG)
#: name, quantity for the engine, the same for mpmath numbers (x, y, time of the clock)
QUANTITIES: list[tuple[str, Callable, Callable]] = [
    ("state", lambda x, m: x[1], lambda x, y, t: y),
    ("constant", lambda x, m: x[0] * 0 + F(2, 7), lambda x, y, t: mpf(2) / 7),
    ("multiple", lambda x, m: x[0] * F(-3, 7), lambda x, y, t: -3 * x / 7),
    ("product", lambda x, m: x[0] * x[1] - x[0] * x[0] * 2, lambda x, y, t: x * y - 2 * x * x),
    ("ratio", lambda x, m: x[1] / (x[0] * x[0] + 1), lambda x, y, t: y / (x * x + 1)),
    (
        "root",
        lambda x, m: (x[0] * x[0] + x[1] * x[1]).power(F(1, 2)),
        lambda x, y, t: mpmath.sqrt(x * x + y * y),
    ),
    ("5/2", lambda x, m: (x[0] + 1).power(F(5, 2)), lambda x, y, t: (x + 1) ** (mpf(5) / 2)),
    ("-3/2", lambda x, m: x[0].power(F(-3, 2)), lambda x, y, t: x ** (-mpf(3) / 2)),
    ("negative cubed", lambda x, m: (x[1] - 2) ** -3, lambda x, y, t: (y - 2) ** -3),
    ("negative, odd, many", lambda x, m: (x[1] - 1).power(F(67)), lambda x, y, t: (y - 1) ** 67),
    ("negative, even, many", lambda x, m: (x[1] - 1).power(F(-66)), lambda x, y, t: (y - 1) ** -66),
    ("log", lambda x, m: x[0].log() * x[1], lambda x, y, t: mpmath.log(x) * y),
    ("exp", lambda x, m: (x[0] * x[1] * 3).exp(), lambda x, y, t: mpmath.exp(3 * x * y)),
    ("tiny", lambda x, m: (x[0] * -40).exp(), lambda x, y, t: mpmath.exp(-40 * x)),
    ("clock", lambda x, m: m.time * m.time * x[0], lambda x, y, t: t * t * x),
]


#: the others have singularities of their own near by, and their series, of the length of the
# states', converge less fast
NARROW = ["state", "constant", "multiple", "product", "log", "clock"]


def within(true: Any, centre: F, error: F) -> bool:
    return (
        abs(true - mpf(centre.numerator) / centre.denominator)
        <= mpf(error.numerator) / error.denominator
    )


def spans(course: Any, parts: int) -> list[tuple[F, F, F, F]]:
    """(begin, end, least, most) of the parts."""
    link = course.link
    width = (link.end - link.begin) / parts
    ends = [(link.begin + k * width, link.begin + (k + 1) * width) for k in range(parts)]
    return [
        (begin, end, part.least, part.most)
        for begin, end in ends
        for part in [course.over(begin, end)]
    ]


@pytest.mark.parametrize("name, quantity, truth", QUANTITIES, ids=[q[0] for q in QUANTITIES])
@pytest.mark.parametrize("digits", [1, 5, 20, 60])
def test_values_and_bounds(name, quantity, truth, digits):
    draw = random.Random(f"{name} {digits}")
    found = Validated().run(DECAY, F(2), digits, samples=1)
    with mpmath.workdps(3 * digits + 60):
        for course in courses(DECAY, quantity, found):
            link = course.link
            for part in (F(0), F(1), *(F(draw.randrange(10**6), 10**6) for _ in range(3))):
                time = link.begin + part * (link.end - link.begin)
                t = mpf(time.numerator) / time.denominator
                true = truth(*decay(t), t)
                assert within(true, *course.at(time))
                for parts in (1, 5):
                    ranges = [
                        (low, most)
                        for begin, end, low, most in spans(course, parts)
                        if begin <= time <= end
                    ]
                    assert ranges
                    for low, most in ranges:
                        assert (
                            mpf(low.numerator) / low.denominator
                            <= true
                            <= mpf(most.numerator) / most.denominator
                        )
            if digits >= 20 and name in NARROW:
                assert course.at(link.end)[1] < F(1, 10 ** (digits - 3)) * max(
                    1, abs(course.at(link.end)[0])
                )


def test_a_quantity_in_another_clock():
    found = Validated().run(LATE, F(3), 20, samples=1)
    with mpmath.workdps(80):
        for course in courses(
            LATE, lambda x, m: x[0] * (m.time + 1) + x[0].log() / (1 + m.time), found
        ):
            for time in (
                course.link.begin,
                (course.link.begin + course.link.end) / 2,
                course.link.end,
            ):
                s = mpf(time.numerator) / time.denominator
                assert within(1 - s * mpmath.exp(-s), *course.at(time))


@pytest.mark.parametrize(
    "quantity",
    [
        lambda x, m: 1 / (x[0] - 1),
        lambda x, m: (x[0] - 1).log(),
        lambda x, m: x[1].power(F(1, 2)),
        lambda x, m: 1 / (x[1] - x[1] * x[1] + x[1] * x[1] - x[1]),
    ],
)
def test_quantities_with_a_pole_on_the_way_are_refused(quantity):
    """x falls from 3/2 to 1/5, y is negative, and the last denominator is 0 throughout."""
    found = Validated().run(DECAY, F(2), 10, samples=1)
    with pytest.raises(NotEnclosed):
        courses(DECAY, quantity, found)


def test_a_blurred_part_is_not_bounded_any_better_in_halves() -> None:
    """Where the error is what makes the bounds wide, halving gains less than a factor 2; before,
    nearly that.
    """
    found = Validated().run(DECAY, F(2), 10, samples=1)
    course = courses(DECAY, QUANTITIES[0][1], found)[0]
    begin, end = course.link.begin, course.link.end
    whole = course.over(begin, end)
    assert not whole.blurred
    while not whole.blurred:
        end = (begin + end) / 2
        half = course.over(begin, end)
        assert half.most - half.least < whole.most - whole.least
        whole = half
    assert end > begin


@pytest.mark.parametrize(
    "quantity",
    [
        lambda x, moment: moment.time / x[0],
        lambda x, moment: 1 / (x[0] * x[0]),
        lambda x, moment: x[0] / x[0].power(F(1, 2)),
        lambda x, moment: x[0].log() * x[0],
        lambda x, moment: 1 / (x[0].exp() - 1),
    ],
)
def test_a_quantity_without_a_value_at_the_start_is_undecided(quantity) -> None:
    """0/0 at the start: for such a quotient the judge ended in a ValueError of python-flint's
    series, in a traceback. The kind: what a quantity does not define at one moment only.
    """
    rising = lambda: System(
        "rising", ("x",), (F(0),), lambda x, m: [m.number(F(1))], quantities={"r": quantity}
    )
    claim = Claim(
        "no-value", "t", Trajectories("x' = 1", {"0": rising}, F(1)), (),
        {"c": Throughout("r", ">", F(1, 2))}, Source.own("draft"),
        expected=Verdict.ENCLOSED,
    )  # fmt: skip
    report = judge(claim)
    assert report.verdict is Verdict.UNDECIDED and report.exit == 4
    assert report.outcomes["c"].reason
