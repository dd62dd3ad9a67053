"""Plain balls against closed forms; two enclosures of one flow must meet; a run that is wrong lies
outside.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F

import mpmath
import pytest
from mpmath import mpf

from verify.exact.errors import BadInput, EnginesDisagree
from verify.integrate.agree import agree, growths, outside
from verify.integrate.balls import PlainBalls
from verify.integrate.base import State
from verify.integrate.double import Double
from verify.integrate.enclosure import Unenclosed
from verify.integrate.system import LOG, System, retimed
from verify.integrate.taylor import Taylor
from verify.integrate.validated import Validated


def flow(start, field, clock=None) -> System:
    system = System(
        "flow", tuple(f"x{j}" for j in range(len(start))), tuple(map(F, start)), field=field
    )
    return system if clock is None else retimed(system, clock)


TURN = flow((1, F(1, 2)), lambda x, m: [x[1], -x[0]])
FORMS = [
    (
        flow((F(1, 4),), lambda x, m: [x[0] * (1 - x[0])]),
        F(2),
        lambda t: [1 / (1 + 3 * mpmath.exp(-t))],
    ),
    (TURN, F(1), lambda t: [mpmath.cos(t) + mpmath.sin(t) / 2, mpmath.cos(t) / 2 - mpmath.sin(t)]),
    (
        flow((F(3, 2),), lambda x, m: [-(x[0] ** 3)], LOG),
        F(1),
        lambda s: [1 / mpmath.sqrt(mpf(4) / 9 + 2 * mpmath.expm1(s))],
    ),
    (
        flow((1,), lambda x, m: [x[0].power(F(-3, 2))]),
        F(1),
        lambda t: [(1 + 5 * t / 2) ** (mpf(2) / 5)],
    ),
    (
        flow((F(1, 2),), lambda x, m: [x[0] * x[0].log()]),
        F(1),
        lambda t: [mpmath.exp(-mpmath.log(2) * mpmath.exp(t))],
    ),
    (flow((-1,), lambda x, m: [1 / x[0]]), F(1), lambda t: [-mpmath.sqrt(1 + 2 * t)]),
    (flow((F(-1, 3),), lambda x, m: [m.time * x[0]]), F(1), lambda t: [-mpmath.exp(t * t / 2) / 3]),
    (flow((0,), lambda x, m: [(-x[0]).exp()]), F(1), lambda t: [mpmath.log(1 + t)]),
]


@pytest.mark.parametrize("which", range(len(FORMS)))
@pytest.mark.parametrize("digits", [1, 15, 40])
def test_the_true_value_is_inside(which, digits):
    system, horizon, solution = FORMS[which]
    found = PlainBalls().run(system, horizon, digits, samples=3)
    assert found.times == tuple(horizon * j / 3 for j in range(4))
    with mpmath.workdps(5 * digits + 60):
        for time, centre, radius in zip(found.times, found.centres, found.radii, strict=True):
            true = solution(mpf(time.numerator) / time.denominator)
            apart = mpmath.norm(
                [x - mpf(c.numerator) / c.denominator for x, c in zip(true, centre, strict=True)]
            )
            assert apart <= mpf(radius.numerator) / radius.denominator
            assert radius <= F(1, 10**digits) * max(1, *map(abs, centre))


def test_the_centre_is_not_the_truth_itself():
    """The radius is more than decoration: at few digits the centre is off by more than a
    hundred-thousandth of it.
    """
    system, horizon, solution = FORMS[0]
    found = PlainBalls().run(system, horizon, 3, samples=1)
    with mpmath.workdps(60):
        off = abs(
            solution(mpf(2))[0]
            - mpf(found.centres[-1][0].numerator) / found.centres[-1][0].denominator
        )
    radius = mpf(found.radii[-1].numerator) / found.radii[-1].denominator
    assert 0 < off <= radius < off * 10**5


def test_it_wraps_and_says_so():
    """A turn widens the boxes in every step: over a long way no stated precision is enough, and
    short of it there is an answer.
    """
    with pytest.raises(Unenclosed, match="which is the limit") as caught:
        PlainBalls().run(TURN, F(400), 5, samples=1)
    assert 1 < caught.value.time < 400


@pytest.mark.parametrize("which", range(len(FORMS)))
def test_the_two_methods_meet(which):
    system, horizon, _ = FORMS[which]
    found, other = (
        Validated().run(system, horizon, 20, samples=6),
        PlainBalls().run(system, horizon, 25, samples=3),
    )
    assert agree(found, other) == agree(other, found) == 4
    assert agree(found, found) == 7


def test_what_does_not_meet_is_a_defect_of_ours():
    found, other = (e.run(TURN, F(1), 12, samples=2) for e in (Validated(), PlainBalls()))
    shifted = replace(
        other,
        centres=(*other.centres[:-1], (other.centres[-1][0] + F(1, 10**9), other.centres[-1][1])),
    )
    for a, b in ((found, shifted), (shifted, found)):
        with pytest.raises(EnginesDisagree, match="without a common point at 1:"):
            agree(a, b)
    touching = replace(shifted, radii=tuple(F(1, 10**9) for _ in shifted.radii))
    assert agree(found, touching) == 3


def test_states_in_any_arrangement():
    """Rows that show a state twice, with a sign, or in another order."""
    arranged = replace(TURN, layout=(((1, -1), (0, 1)), ((0, -1), (1, 1))))
    found, other = (e.run(arranged, F(1), 12, samples=2) for e in (Validated(), PlainBalls()))
    assert agree(found, other) == 3
    assert outside(found, Taylor().run(arranged, F(1), 12, samples=2)) == []


def test_only_enclosures_of_one_flow_are_compared():
    found = Validated().run(TURN, F(1), 12, samples=2)
    with pytest.raises(BadInput, match="one system"):
        agree(found, PlainBalls().run(FORMS[0][0], F(1), 12, samples=2))
    with pytest.raises(BadInput, match="no time after 0 in common"):
        agree(found, PlainBalls().run(TURN, F(1, 3), 12, samples=1))


@pytest.mark.parametrize("which", range(len(FORMS)))
def test_honest_runs_pass_through(which):
    system, horizon, _ = FORMS[which]
    found = Validated().run(system, horizon, 20, samples=4)
    for engine, digits in ((Taylor(), 8), (Taylor(), 30), (Double(), 10)):
        assert outside(found, engine.run(system, horizon, digits, samples=4)) == []


def test_a_wrong_double_run_is_found():
    """One state off by 10^-6 at one time; and a run of another flow."""
    system = FORMS[0][0]
    found, run = (
        Validated().run(system, F(2), 20, samples=4),
        Double().run(system, F(2), 10, samples=4),
    )
    x, bits = run.states[2].rows[0][0], run.states[2].bits
    wrong = replace(
        run, states=(*run.states[:2], State(((x + (1 << bits) // 10**6,),), bits), *run.states[3:])
    )
    ((time, distance, radius),) = outside(found, wrong)
    assert time == 1 and abs(distance - F(1, 10**6)) < F(1, 10**8) and radius == found.radii[2]
    other = Double().run(replace(system, start=(F(2501, 10000),)), F(2), 10, samples=4)
    assert [time for time, _, _ in outside(found, other)] == [0, F(1, 2), 1, F(3, 2), 2]


def test_growth_is_what_local_errors_may_become():
    """x' = x multiplies them by e^t, x' = -x never by more than 1."""
    for sign, least, most in ((1, 2.7, 3.1), (-1, 1.0, 1.0)):
        _, grown = growths(
            Validated().run(flow((1,), lambda x, m, sign=sign: [x[0] * sign]), F(1), 20, samples=1)
        )
        assert least <= grown[-1] <= most
