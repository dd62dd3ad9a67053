"""Laws of the integrator in other clocks, and of flows that are given by their loss."""

from __future__ import annotations

from fractions import Fraction as F

import mpmath
import pytest

from verify.exact.errors import BadInput
from verify.integrate.base import Trajectory
from verify.integrate.system import LOG, PLAIN, Clock, System, retimed
from verify.integrate.taylor import Taylor
from verify.integrate.trace import program
from verify.models.diagonal_flow import diagonal_flow
from verify.models.losses.base import Loss
from verify.models.point import Point
from verify.terms.expr import exp, log, w

LOGISTIC = Loss("logistic", "log(1 + exp(-w))", log(1 + exp(-w[1])), {})


def in_log_time(start, horizon: int, digits: int, samples: int = 1) -> Trajectory:
    return Taylor().run(
        diagonal_flow(Point(start, LOGISTIC), clock=LOG), F(horizon), digits, samples=samples
    )


def own_errors(run: Trajectory) -> F:
    """What the run says of its local errors, summed."""
    return run.truncation + run.rounding


@pytest.mark.parametrize("digits", [20, 50])
def test_log_clock_to_a_thousand(digits: int) -> None:
    """J = log(1 + exp(-w)), L = 1: w + e^w = t + 1 at w(0) = 0, and t + 1 = e^s: w + e^w = e^s. It
    contracts.
    """
    answer = in_log_time(((F(0),),), 1000, digits, 4)
    with mpmath.workdps(digits + 500):
        for s, state in zip(answer.times, answer.states, strict=True):
            x = state.mpf()[0][0]
            slope = 1 + mpmath.exp(
                x
            )  # the defect of w + e^w divided by its slope: one step of Newton, error its square
            error = (x + mpmath.exp(x) - mpmath.exp(_mpf(s))) / slope
            assert abs(error) <= _mpf(own_errors(answer)) + mpmath.mpf(10) ** -(digits + 40)
    assert own_errors(answer) < F(1000, 10**digits)
    assert abs(answer.states[-1].exact()[0][0] - 1000) < F(1, 10 ** (digits - 2))


def test_log_clock_agrees_with_an_integration_in_the_log_variable() -> None:
    """Two layers, logistic loss of one sample: u_l' = e^s u_m / (1 + exp(u_1 u_2)), by
    mpmath.odefun, to s = 3.
    """
    mine = in_log_time(((F(1, 2),), (F(1, 3),)), 3, 16).states[-1]
    with mpmath.workdps(24):
        slope = lambda s, u: [
            mpmath.exp(s) * x / (1 + mpmath.exp(u[0] * u[1])) for x in (u[1], u[0])
        ]
        theirs = mpmath.odefun(
            slope, 0, [mpmath.mpf(1) / 2, mpmath.mpf(1) / 3], tol=mpmath.mpf(10) ** -20
        )(3)
        for row, b in zip(mine.mpf(), theirs, strict=True):
            assert abs(row[0] - b) < mpmath.mpf(10) ** -15
        assert theirs[0] > 1


def test_a_clock_of_the_user() -> None:
    """x' = x (1 - x) in dt/ds = 1/x: x = 1 - (1 - x_0) e^-s, and t = log(x (1 - x_0) / ((1 - x)
    x_0)) is one more state.
    """
    plain = System("logistic", ("x",), (F(1, 4),), field=lambda x, flow: [x[0] * (1 - x[0])])
    system = retimed(
        plain, Clock("slow", "r", rate=lambda x, s: x[0].power(F(-1)), text="dr = x dt")
    )
    answer = Taylor().run(system, F(5), 40, samples=5)
    with mpmath.workdps(60):
        for s, state in zip(answer.times, answer.states, strict=True):
            (x,), (t,) = state.mpf()
            want = 1 - mpmath.exp(-_mpf(s)) * 3 / 4
            assert abs(x - want) < mpmath.mpf(10) ** -40
            assert abs(t - mpmath.log(3 * want / (1 - want))) < mpmath.mpf(10) ** -39
        direct = Taylor().run(plain, answer.states[-1].exact()[1][0], 40, samples=1)
        assert abs(direct.states[-1].mpf()[0][0] - want) < mpmath.mpf(10) ** -39


@pytest.mark.parametrize("clock", [PLAIN, LOG], ids=lambda c: c.name)
def test_a_loss_moves_as_its_gradient_does(clock: Clock) -> None:
    """J = (x y - 1)^2 / 2 + log(1 + e^(-x)) + y^(-3/2), differentiated backwards and by hand."""

    def value(x, flow):
        return (x[0] * x[1] - 1) ** 2 * F(1, 2) + (1 + (-x[0]).exp()).log() + x[1].power(F(-3, 2))

    def field(x, flow):
        rest = x[0] * x[1] - 1
        down = (1 + x[0].exp()).power(F(-1))
        return [down - rest * x[1], F(3, 2) * x[1].power(F(-5, 2)) - rest * x[0]]

    start, names = (F(1, 2), F(7, 4)), ("x", "y")
    a, b = (
        Taylor().run(System("pair", names, start, clock=clock, **how), F(2), 40, samples=3).states
        for how in ({"loss": value}, {"field": field})
    )
    for p, q in zip(a, b, strict=True):
        assert max(abs(x - y) for x, y in zip(p.exact()[0], q.exact()[0], strict=True)) < F(
            1, 10**40
        )
    assert max(abs(x - y) for x, y in zip(a[-1].exact()[0], start, strict=True)) > F(1, 10)


@pytest.mark.parametrize("wrong", [0.5, "1", None, True])
def test_a_time_or_a_start_that_is_not_exact_is_refused(wrong: object) -> None:
    flow = System("decay", ("x",), (F(1),), field=lambda x, moment: [-x[0]])
    with pytest.raises(BadInput, match="horizon"):
        Taylor().run(flow, wrong, 20, samples=1)
    with pytest.raises(BadInput, match="horizon"):
        next(Taylor().pieces(flow, wrong, 20))
    with pytest.raises(BadInput, match="start x"):
        System("decay", ("x",), (wrong,), field=lambda x, moment: [-x[0]])


def _mpf(x: F):
    return mpmath.mpf(x.numerator) / x.denominator


@pytest.mark.parametrize("left", [F(0), F(1), F(-2, 3)])
def test_a_clock_that_meets_itself_in_an_exponent_is_taken_together(left: F) -> None:
    """exp(-x - (1 + a) s) exp(s) is exp(-x - a s): the difference of large numbers is none."""

    def field(x, moment):
        late = (-(x[0] + moment.time * (1 + left))).exp()
        return [late * moment.time.exp()]

    def wanted(x, moment):
        return [(-(x[0] + moment.time * left)).exp()]

    found, other = (program(System("met", ("x",), (F(1),), f)) for f in (field, wanted))
    assert found.slopes == other.slopes and set(found.nodes) == set(other.nodes)
    assert (("clock",) in found.nodes) is bool(left)
