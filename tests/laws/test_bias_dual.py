"""Limit points of signed powers without integration: against closed forms, against a second
computation in other variables, against the flow; interpolators against every basic solution; and
what must be refused.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import log
from random import Random

import numpy as np
import pytest
from flint import arb, arb_mat, ctx, fmpq_mat
from mpmath import MPContext

from verify.bias.central import figures
from verify.bias.data import Data
from verify.bias.flow import follow
from verify.bias.interpolators import certified, least_l1, least_l2
from verify.bias.limit_point import _Solver, limit_point
from verify.bias.potential import INFINITE, Potential
from verify.exact.errors import BadInput
from verify.exact.precision import precision
from verify.theories.samples.differences import rational

F = Fraction
RHO = F(1, 2)
TOY = Data.of([[1, RHO]], [1])
DEPTHS = (2, 3, 4, 5, 8, F(5, 2), INFINITE)


def drawn(seed: int, n: int = 3, d: int = 7) -> Data:
    """Small whole entries, feasible, and a sparse truth that is not."""
    draw = Random(seed)
    while True:
        x = [[F(draw.randint(-9, 9), draw.randint(1, 5)) for _ in range(d)] for _ in range(n)]
        truth = [F(draw.randint(-3, 3), 2) for _ in range(d)]
        y = [sum((a * b for a, b in zip(r, truth, strict=True)), F(0)) for r in x]
        if any(y) and fmpq_mat([[int(v * 60) for v in r] for r in x]).rank() == n:
            return Data.of(x, y)


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("x", [F(1, 10**30), F(3, 10), F(-7), F(10) ** 40])
def test_the_inverse_of_the_slope(depth: int | Fraction, x: Fraction) -> None:
    with precision(700):
        q, value = Potential(depth), arb(fmpq(x))
        z = q.inverse(value)
        back = q.slope(z)[0]
        assert back.overlaps(value) and back.rad() < abs(value) * arb(10) ** -40


def fmpq(x: Fraction):
    from flint import fmpq as make

    return make(x.numerator, x.denominator)


@pytest.mark.parametrize("depth", DEPTHS)
def test_the_potential_is_the_integral_of_its_slope(depth: int | Fraction) -> None:
    """int_0^x z dx = x z - int_0^z h, with the last integral done numerically."""
    from flint import acb

    with precision(200):
        q, x = Potential(depth), arb("1.7")
        z = q.inverse(x)
        area = acb.integral(lambda t, _: q.slope(t)[0], 0, acb(z.mid()))
        assert abs(q.value(x) - (x * z - area.real)) < arb(10) ** -25


def test_infinite_depth_in_closed_form() -> None:
    """sqrt(1 + x^2) - 1 - log((1 + sqrt(1 + x^2))/2)."""
    with precision(200):
        for x in (arb("0.2"), arb(3), arb(10) ** 9):
            root = (1 + x * x).sqrt()
            assert (Potential(INFINITE).value(x) - (root - 1 - ((1 + root) / 2).log())).contains(0)


@pytest.mark.parametrize("depth", (2, 3, 4, 8, INFINITE))
@pytest.mark.parametrize("rho", (RHO, F(9, 10)))
def test_thirty_digits_at_scale_ten_to_minus_two_hundred(depth: int, rho: Fraction) -> None:
    """A second computation: mpmath, 80 digits, and the unknown is log beta_1 (D = 2: its z; else
    the distance of z_1 to 1), by bisection in its logarithm.
    """
    found = limit_point(Data.of([[1, rho]], [1]), depth, F(1, 10**200), 30)
    mp = MPContext()
    mp.dps = 80
    kappa, r = mp.mpf(10) ** -200, mp.mpf(rho.numerator) / rho.denominator
    p = None if depth == 2 else mp.mpf(1) if depth == INFINITE else mp.mpf(depth) / (depth - 2)

    def betas(t):
        if p is None:
            return 2 * kappa * mp.sinh(t), 2 * kappa * mp.sinh(r * t)
        near = mp.exp(-t)  # 1 - z_1
        far = 1 - r * (1 - near)
        return kappa * (near**-p - (2 - near) ** -p), kappa * (far**-p - (2 - far) ** -p)

    low, high = mp.mpf(0), mp.mpf(3000)
    for _ in range(280):
        middle = (low + high) / 2
        a, b = betas(middle)
        low, high = (middle, high) if a + r * b < 1 else (low, middle)
    for ball, expected in zip(found.beta, betas(low), strict=True):
        mine = mp.mpf(ball.str(60, radius=False))
        assert abs(mine - expected) < mp.mpf(10) ** -30 * abs(expected)


def test_thirty_digits_of_the_primal() -> None:
    """Two samples of three coordinates at D = 2 and kappa = 10^-200, without the dual: X beta = y
    is a line, on it n.arcsinh(beta/(2 kappa)) = 0 with n in the null space, found by the secant
    method in log |beta_2|, which is of the order 10^-151.
    """
    x, y = [[F(1), F(1, 3), F(-1, 2)], [F(1, 4), F(1), F(2, 3)]], [F(1), F(-2, 3)]
    found = limit_point(Data.of(x, y), 2, F(1, 10**200), 30)
    mp = MPContext()
    mp.dps = 260
    (a, b, c), (d, e, f) = [[mp.mpf(v.numerator) / v.denominator for v in r] for r in x]
    p, q = (mp.mpf(v.numerator) / v.denominator for v in y)
    null = (b * f - c * e, c * d - a * f, a * e - b * d)

    def betas(s):
        second, det = -mp.exp(s), a * f - c * d
        u, v = p - b * second, q - e * second
        return (u * f - v * c) / det, second, (v * a - u * d) / det

    turned = lambda s: sum(
        n * mp.asinh(z / (2 * mp.mpf(10) ** -200)) for n, z in zip(null, betas(s), strict=True)
    )
    s = mp.findroot(turned, (-300, -350), tol=mp.mpf(10) ** -60)
    for ball, expected in zip(found.beta, betas(s), strict=True):
        mine = mp.mpf(ball.str(60, radius=False))
        assert abs(mine - expected) < mp.mpf(10) ** -30 * abs(expected)


@pytest.mark.parametrize("depth", (2, 3, F(7, 2), 8, INFINITE))
@pytest.mark.parametrize("seed", range(3))
def test_limit_points_are_interpolators_with_multipliers(depth, seed: int) -> None:
    """X beta = y and h^(-1)(beta/kappa) = X^T nu, in balls, at every scale; doubles agree."""
    data = drawn(seed)
    scales = (F(10) ** 6, F(1), F(1, 100), F(1, 10**12))
    logs = [log(k.numerator) - log(k.denominator) for k in scales]
    x, y = data.doubles
    q = Potential(depth)
    for kappa, figure in zip(scales, figures(x, y, depth, logs), strict=True):
        found = limit_point(data, depth, kappa, 20)
        with precision(found.bits):
            scale = arb(fmpq(kappa))
            for row, target in zip(data.x, data.y, strict=True):
                total = sum(
                    (arb(fmpq(a)) * b for a, b in zip(row, found.beta, strict=True)), arb(0)
                )
                assert total.overlaps(arb(fmpq(target)))
            for b, z in zip(found.beta, found.z, strict=True):
                assert q.inverse(b / scale).overlaps(z)
        exact = np.array([float(b.str(20, radius=False)) for b in found.beta])
        assert abs(figure.beta - exact).max() < 1e-9 * abs(exact).max()


@pytest.mark.parametrize(("depth", "alpha"), [(2, 0.2), (3, 0.5), (4, 0.6)])
def test_the_flow_ends_there(depth: int, alpha: float) -> None:
    data = drawn(7, 2, 5)
    x, y = data.doubles
    flow = follow(x, y, depth, alpha, 1e-9)
    (point,) = figures(x, y, depth, [depth * log(alpha)])
    assert abs(flow.beta - point.beta).max() < 1e-6 * abs(point.beta).max()


@pytest.mark.parametrize("seed", range(12))
def test_least_l1_against_every_basic_solution(seed: int) -> None:
    """A linear program has its least value at a basic solution: all of them, over Q."""
    data = drawn(seed, 2, 5)
    basic = []
    for chosen in combinations(range(5), 2):
        columns = fmpq_mat([[r[j] for j in chosen] for r in data.matrix.tolist()])
        if columns.rank() == 2:
            part = columns.solve(data.target).entries()
            basic.append(sum((abs(F(int(v.p), int(v.q))) for v in part), F(0)))
    found = least_l1(data)
    assert found.norm == min(basic)
    assert certified(data, found.beta, found.nu)


@pytest.mark.parametrize("row", [F(1, 10**500), F(1, 10**9), F(1), F(10**500)])
@pytest.mark.parametrize("target", [F(1, 10**500), F(1, 10**12), F(1), F(10**500)])
def test_least_l1_in_any_unit(row: Fraction, target: Fraction) -> None:
    """b1 + b2/2 + b3/3 = y = b2 + 2 b3: b1 = 1 - b2/2 - b3/3 and b2 = 1 - 2 b3 give, with y = 1,
    |b| = 3/2 - b3/3 from b3 = 0 to b3 = 1/2, and 11/3 b3 - 1/2 from there on.
    """
    data = Data.of([[row, row / 2, row / 3], [0, 1, 2]], [target * row, target])
    found = least_l1(data)
    assert found.beta == (target * F(5, 6), 0, target / 2)
    assert found.unique and certified(data, found.beta, found.nu)


def test_several_minimisers_are_told() -> None:
    """x1 + x3/2 = 1 = x2 + x3/2: (1, 1, 0) and (0, 0, 2) are both of norm 2."""
    for c, alone in ((F(45, 100), True), (F(1, 2), False), (F(55, 100), True)):
        assert least_l1(Data.of([[1, 0, c], [0, 1, c]], [1, 1])).unique is alone


def test_a_forged_certificate_of_least_l1_is_refused() -> None:
    """Each number of a certificate changed, one after the other."""
    data = drawn(3, 2, 5)
    found = least_l1(data)
    for k in range(5):
        beta = tuple(b + (j == k) * F(1, 1000) for j, b in enumerate(found.beta))
        assert not certified(data, beta, found.nu)
    assert not certified(data, found.beta, tuple(v * 2 for v in found.nu))
    assert not certified(data, found.beta, tuple(v + 1 for v in found.nu))
    longer = next(c for c in (least_l2(data),) if sum(map(abs, c)) > found.norm)
    assert not certified(data, longer, found.nu)


@pytest.mark.parametrize(
    ("x", "y", "said"),
    [
        ([], [], "X is empty"),
        ([[]], [1], "X is empty"),
        ([[1, 2], [3]], [1, 1], "row 1 has 1 numbers, row 0 has 2"),
        ([[1, 2]], [1, 2], "y has 2 numbers, X has 1 rows"),
        ([[1, 0], [0, 1]], [1, 1], "no null space"),
        ([[1, 0], [0, 1], [1, 1]], [1, 1, 2], "no null space"),
        ([[1, 2, 3], [2, 4, 6]], [1, 1], "not in the range of X"),
        ([[1, 2, 3], [2, 4, 6]], [1, 2], "repeat"),
        ([[0, 0, 0]], [1], "not in the range of X"),
        ([[1, float("nan"), 3]], [1], "X[0][1] = nan"),
        ([[1, 2, 3]], [float("inf")], "y[0] = inf"),
        ([[1, "2", 3]], [1], "X[0][1] = '2'"),
        ([[1, True, 3]], [1], "X[0][1] = True"),
        ([[1, None, 3]], [1], "X[0][1] = None"),
    ],
)
def test_data_that_cannot_be_used(x, y, said: str) -> None:
    with pytest.raises(BadInput) as refused:
        Data.of(x, y)
    assert said in str(refused.value)


@pytest.mark.parametrize("depth", (1, F(3, 2), -3, 2.5, True, "3", None))
def test_depths_that_there_are_not(depth) -> None:
    with pytest.raises(BadInput, match="depth"):
        limit_point(TOY, depth, F(1))


@pytest.mark.parametrize(("kappa", "digits"), [(F(0), 30), (F(-1), 30), (F(1, 10**500), 30),
                                               (F(1), 0), (F(1), 10**6), (F(1), 3.5)])  # fmt: skip
def test_scales_and_digits_out_of_range(kappa, digits) -> None:
    with pytest.raises(BadInput, match="expected"):
        limit_point(TOY, 3, kappa, digits)


@pytest.mark.parametrize("kappa", (float("nan"), float("inf"), "much", None, [1], True))
def test_scales_that_are_no_numbers(kappa) -> None:
    with pytest.raises(BadInput, match="kappa"):
        limit_point(TOY, 3, kappa)


@pytest.mark.parametrize(
    ("x", "y"),
    [
        (5, [1]),
        (None, [1]),
        ("12", [1]),
        ([1, 2], [1]),
        ([[1, 2]], 1),
        ([[1, Decimal("0.1")]], [1]),  # a double of it is another number
        ([[1, np.bool_(True)]], [1]),
        ([[1, arb("0.1")]], [1]),
        ([[1, 1j]], [1]),
    ],
)
def test_what_is_no_matrix_of_exact_numbers(x, y) -> None:
    """The kind: whatever is no number, or would be rounded on the way without a word."""
    with pytest.raises(BadInput, match="expected"):
        Data.of(x, y)


def test_numbers_of_numpy_are_taken_as_they_are() -> None:
    large = 2**60 + 1
    data = Data.of(np.array([[large, 1]]), np.array([0.1], dtype=np.float32))
    assert data.x[0][0] == large and data.y[0] == F(float(np.float32(0.1)))
    with pytest.raises(BadInput, match="expected"):
        Data(((0.5, 1.0),), (1.0,))  # type: ignore[arg-type]


@pytest.mark.parametrize("depth", (3, 4, INFINITE))
def test_a_zero_outside_the_domain_is_no_limit_point(depth: int) -> None:
    """Where p is whole, h_D is a rational function and has further zeros at |z| > 1, which an
    operator of Krawczyk's kind finds as well: here near z = 1.1, whoever led there.
    """
    q = Potential(depth)
    with precision(200):
        target = q.slope(arb("1.1"))[0] + q.slope(arb("1.1") / 2)[0] / 2
        data = Data.of([[1, RHO]], [rational(target)])
        solver = _Solver(data, q, 200)
        nu, one = arb_mat([[arb("1.1")]]), arb(1)
        for _ in range(20):
            beta, j = solver._slopes(solver.xt * nu, one)
            nu = (nu + j.mid().solve((solver.y - solver.x * beta).mid())).mid()
        assert abs(nu[0, 0]) > 1
        assert solver._krawczyk(nu, one) is None


def test_doubles_refuse_scales_that_they_cannot_hold() -> None:
    with pytest.raises(BadInput, match="log kappa"):
        [*figures(*TOY.doubles, 3, [0.0, -1e4])]
    with pytest.raises(BadInput, match="falling"):
        [*figures(*TOY.doubles, 3, [-3.0, 0.0])]


def test_the_precision_of_others_is_left_alone() -> None:
    before = ctx.prec
    limit_point(TOY, 3, F(1, 10**50))
    assert ctx.prec == before
