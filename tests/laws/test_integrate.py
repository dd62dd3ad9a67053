"""Laws of the high-precision integrator: oracle, closed forms, measured accuracy."""

from __future__ import annotations

from fractions import Fraction as F

import mpmath
import pytest

from tests.laws.small_networks import (
    LOG_RATIO,
    RATIO,
    SQUARED,
    M,
    S,
    U,
    gap,
    loss,
    own_errors,
    run,
    size,
)
from verify.integrate.base import FlowStopped
from verify.integrate.taylor import Taylor
from verify.integrate.trace import program
from verify.models.diagonal_flow import diagonal_flow
from verify.models.losses.base import Loss
from verify.models.losses.matrices import DiagonalPlus
from verify.models.point import Point
from verify.terms.expr import lin, quad, w

# mpmath.odefun as an oracle, its right-hand sides written out by hand


def ratio_gradient(v):
    s, inner = _forms(v)
    a, b = (
        sum(m * x for m, x in zip(_m(), v, strict=True)),
        sum(x * y for x, y in zip(v, s, strict=True)),
    )
    assert inner == b
    return [-2 * a * m / b + 2 * a**2 * y / b**2 for m, y in zip(_m(), s, strict=True)]


def squared_gradient(v):
    return [y - m for m, y in zip(_m(), _forms(v)[0], strict=True)]


def log_gradient(v):
    s, b = _forms(v)
    a = sum(m * x for m, x in zip(_m(), v, strict=True))
    return [-2 * m / a + 2 * y / b for m, y in zip(_m(), s, strict=True)]


def _m():
    return [mpmath.mpf(x.numerator) / x.denominator for x in M]


def _forms(v):
    s = [
        sum(mpmath.mpf(a.numerator) / a.denominator * x for a, x in zip(row, v, strict=True))
        for row in S
    ]
    return s, sum(x * y for x, y in zip(v, s, strict=True))


GRADIENTS = [(RATIO, ratio_gradient), (SQUARED, squared_gradient), (LOG_RATIO, log_gradient)]


@pytest.mark.parametrize("depth", [1, 2, 3])
@pytest.mark.parametrize(("target", "gradient"), GRADIENTS)
def test_agrees_with_odefun(depth: int, target: Loss, gradient) -> None:
    digits, horizon = 30, F(1, 4)
    mine = run(Point(U[:depth], target), horizon, digits).states[-1].exact()

    def slope(_, y):
        rows = [y[2 * k : 2 * k + 2] for k in range(depth)]
        g = gradient([mpmath.fprod(column) for column in zip(*rows, strict=True)])
        others = [[r for k, r in enumerate(rows) if k != j] for j in range(depth)]
        return [-mpmath.fprod(r[i] for r in o) * g[i] for o in others for i in range(2)]

    with mpmath.workdps(digits + 10):
        start = [mpmath.mpf(x.numerator) / x.denominator for row in U[:depth] for x in row]
        theirs = mpmath.odefun(slope, 0, start, tol=mpmath.mpf(10) ** -(digits + 3))(
            mpmath.mpf(1) / 4
        )
        flat = [mpmath.mpf(x.numerator) / x.denominator for row in mine for x in row]
        moved = max(abs(x - y) for x, y in zip(flat, start, strict=True))
        for a, b in zip(flat, theirs, strict=True):
            assert abs(a - b) < mpmath.mpf(10) ** -digits * max(1, float(size(mine)))
            assert abs(a - b) < mpmath.mpf(10) ** (1 - digits) * abs(b)
        assert moved > 0.01


# closed forms; each flow's largest stretching of errors is written beside it


@pytest.mark.parametrize("digits", [10, 30, 50, 100])
def test_linear_flow_is_an_exponential(digits: int) -> None:
    """L = 1, J = w'Dw/2 - m'w: w_i = m_i/d_i + (w_i(0) - m_i/d_i) exp(-d_i t). A contraction:
    errors only shrink.
    """
    d = (F(1, 2), F(3), F(1, 7))
    target = loss(
        "squared", quad("D") / 2 - lin("m"), {"D": DiagonalPlus(d), "m": (F(1), F(-2), F(1, 3))}
    )
    start = (F(3), F(1), F(-1))
    answer = run(Point((start,), target), 5, digits, 4)
    with mpmath.workdps(digits + 20):
        for t, state in zip(answer.times, answer.states, strict=True):
            for s, m, w0, x in zip(d, target.data["m"], start, state.mpf()[0], strict=True):
                rest = _mpf(m / s)
                value = rest + (_mpf(w0) - rest) * mpmath.exp(-_mpf(s * t))
                assert abs(x - value) <= _mpf(own_errors(answer))
    assert gap(answer.states[0].exact(), answer.states[-1].exact()) > F(1, 2)


@pytest.mark.parametrize("digits", [20, 50])
@pytest.mark.parametrize("sign", [1, -1])
def test_balanced_depth_two_is_logistic(digits: int, sign: int) -> None:
    """L = 2, n = 1, J = (w - 1)^2/2, u_1 = u_2: x = u^2 has x' = 2 x (1 - x). Errors of u are
    stretched from s to t by sqrt(x_s/x_t) x_t (1 - x_t)/(x_s (1 - x_s)) <= sqrt(x_t/x_s) < 2 from
    x_0 = 1/4 on.
    """
    target = loss("squared", (w[1] - 1) ** 2 / 2)
    answer = run(Point(((F(sign, 2),), (F(sign, 2),)), target), 3, digits, 6)
    with mpmath.workdps(digits + 20):
        for t, state in zip(answer.times, answer.states, strict=True):
            grown = mpmath.exp(2 * _mpf(t)) / 4
            u = sign * mpmath.sqrt(grown / (mpmath.mpf(3) / 4 + grown))
            assert all(abs(row[0] - u) <= 2 * _mpf(own_errors(answer)) for row in state.mpf())
    assert gap(answer.states[0].exact(), answer.states[-1].exact()) > F(2, 5)


@pytest.mark.parametrize("digits", [20, 40])
def test_relative_accuracy_survives_decay_over_many_orders(digits: int) -> None:
    """J = w^2/2, w = exp(-t), to 10^-26: relative errors are not stretched; each step adds twice
    10^-(digits + 3).
    """
    answer = run(Point(((F(1),),), loss("square", w[1] ** 2 / 2)), 60, digits, 3)
    with mpmath.workdps(digits + 40):
        for t, state in zip(answer.times, answer.states, strict=True):
            defect = abs(state.mpf()[0][0] * mpmath.exp(_mpf(t)) - 1)
            assert defect <= (2 * answer.steps + 1) * mpmath.mpf(10) ** -(digits + 3)


@pytest.mark.parametrize("digits", [20, 30, 50])
def test_a_start_at_zero_whose_even_coefficients_vanish(digits: int) -> None:
    """J = -w - w^3/3, w = tan t; errors are stretched by (1 + w_t^2)/(1 + w_s^2) < 4 up to t = 1.
    Pole at pi/2.
    """
    point = Point(((F(0),),), loss("tangent", -w[1] - w[1] ** 3 / 3))
    answer = run(point, 1, digits, 5)
    with mpmath.workdps(digits + 20):
        for t, state in zip(answer.times, answer.states, strict=True):
            assert abs(state.mpf()[0][0] - mpmath.tan(_mpf(t))) <= 4 * _mpf(own_errors(answer))
        with pytest.raises(FlowStopped) as stopped:
            run(point, 10, digits)
        assert 0 < mpmath.pi / 2 - _mpf(stopped.value.time) < mpmath.mpf(2) ** -34


def test_rounding_is_watched_where_terms_cancel() -> None:
    """J = K sqrt(1 + w^2) - K sqrt(1 + w^2 + 1/K), K = 10^20, is nearly -1/(2 sqrt(1 + w^2)): it
    contracts.
    """
    big = 10**20
    expr = big * (1 + w[1] ** 2) ** F(1, 2) - big * (1 + w[1] ** 2 + F(1, big)) ** F(1, 2)
    point = Point(((F(1, 2),),), loss("cancelling", expr))
    rough, truth = run(point, 3, 20, 3), run(point, 3, 60, 3)
    for a, b in zip(rough.states, truth.states, strict=True):
        assert gap(a.exact(), b.exact()) <= 2 * own_errors(rough)
    assert own_errors(rough) < F(1, 10**20) and gap(
        truth.states[0].exact(), truth.states[-1].exact()
    ) > F(1, 10)


def test_weight_decay_shrinks_differences_of_squares_exactly() -> None:
    """(u_1^2 - u_2^2)(t) = exp(-2 kappa t) times its start, any loss; an error e in u changes it by
    at most 4 |u| e.
    """
    digits, kappa = 40, F(1, 5)
    answer = run(Point(U[:2], RATIO), 2, digits, 4, decay=kappa)
    first = answer.states[0].exact()
    largest = max(size(s.exact()) for s in answer.states)
    with mpmath.workdps(digits + 20):
        for t, state in zip(answer.times, answer.states, strict=True):
            for a, b, a0, b0 in zip(*state.exact(), *first, strict=True):
                want = _mpf(a0**2 - b0**2) * mpmath.exp(-2 * _mpf(kappa * t))
                assert abs(_mpf(a**2 - b**2) - want) <= _mpf(8 * largest * own_errors(answer))


def test_time_scales_with_the_start() -> None:
    """Degree 0: u(t; c u_0) = c u(t/c^2; u_0), also at c = 10^-12 and 10^12, to the same relative
    accuracy.
    """
    plain = run(Point(U, RATIO), F(1, 2), 30).states[-1].exact()
    for c in (F(1, 10**12), F(10**12)):
        scaled = (
            run(Point(tuple(tuple(c * x for x in row) for row in U), RATIO), c**2 / 2, 30)
            .states[-1]
            .exact()
        )
        assert gap([[x / c for x in row] for row in scaled], plain) < F(1, 10**30) * size(plain)


def _mpf(x: F):
    return mpmath.mpf(x.numerator) / x.denominator


# declared accuracy


@pytest.mark.parametrize("digits", [8, 16, 32, 64])
def test_declared_accuracy_is_measured(digits: int) -> None:
    """A convex quadratic at L = 1 contracts in the Euclidean norm: errors <= sqrt(n) times the
    local ones, summed.
    """
    point = Point(U[:1], SQUARED)
    truth = run(point, 3, 150, 3)
    coarse = run(point, 3, digits, 3)
    largest = max(size(s.exact()) for s in truth.states)
    assert own_errors(coarse) <= coarse.steps * F(1, 10 ** (digits + 2)) * largest
    errors = [gap(a.exact(), b.exact()) for a, b in zip(coarse.states, truth.states, strict=True)]
    assert max(errors) <= F(3, 2) * own_errors(coarse)
    fine = run(point, 3, 2 * digits, 3)
    better = [gap(a.exact(), b.exact()) for a, b in zip(fine.states, truth.states, strict=True)]
    assert max(better) < max(errors) / 10 ** (digits - 4)


def test_steps_hardly_depend_on_the_precision() -> None:
    counts = [run(Point(U, RATIO), 1, digits).steps for digits in (25, 50, 100)]
    assert max(counts) <= 2 * min(counts)


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_layer_norms_are_conserved_and_a_wrong_law_drifts(depth: int) -> None:
    """Degree 0, unbalanced: each ||u_l||^2 to 10^-45 at 50 digits; exponent 2.1 or degree != 0
    drifts visibly.
    """
    answer = run(Point(U[:depth], RATIO), 2, 50, 4)
    first, last = answer.states[0], answer.states[-1]
    assert gap(first.exact(), last.exact()) > F(1, 10)
    for state in answer.states:
        for row, row0 in zip(state.exact(), first.exact(), strict=True):
            assert abs(sum(x * x for x in row) - sum(x * x for x in row0)) < F(1, 10**45)
    for row, row0 in zip(last.mpf(), first.mpf(), strict=True):
        assert abs(sum(abs(x) ** 2.1 for x in row) - sum(abs(x) ** 2.1 for x in row0)) > 1e-4
    other = run(Point(U[:depth], SQUARED), F(1, 2), 50)
    assert abs(sum(x * x for x in other.states[-1].exact()[0]) - sum(x * x for x in U[0])) > F(
        1, 100
    )


def test_quasi_norm_of_a_balanced_start_with_signs() -> None:
    start = ((F(1), F(-1, 2)), (F(-1), F(-1, 2)), (F(1), F(1, 2)))
    answer = run(Point(start, RATIO), 2, 50, 2)
    with mpmath.workdps(60):
        ws = [[abs(mpmath.fprod(c)) for c in zip(*s.mpf(), strict=True)] for s in answer.states]
        q = [sum(x ** (mpmath.mpf(2) / 3) for x in v) for v in ws]
        wrong = [sum(x**0.75 for x in v) for v in ws]
        assert max(abs(x - q[0]) for x in q) < mpmath.mpf(10) ** -45
        assert abs(wrong[-1] - wrong[0]) > 1e-3
    free = Taylor().run(diagonal_flow(Point(start, RATIO), share=False), F(2), 50, samples=2)
    assert gap(free.states[-1].exact(), answer.states[-1].exact()) < F(1, 10**48)
    assert len(program(diagonal_flow(Point(start, RATIO))).start) == 2
