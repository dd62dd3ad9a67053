"""What the enclosures of stiff flows are made of: Chebyshev series of balls, their functions, the
logarithmic norm, Gronwall's bound. Everything is compared with values at points.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction as F
from itertools import islice
from random import Random
from typing import Any

import numpy
import pytest
from flint import arb, arb_mat, arb_poly

from tests.flows_that_are_stiff import completion, three_layers, two_features
from verify.exact.precision import precision
from verify.integrate.enclosure import NotEnclosed
from verify.integrate.intervals import Balls
from verify.integrate.jacobian import jacobian
from verify.integrate.stiff import chebyshev, composed
from verify.integrate.stiff.distance import carried
from verify.integrate.stiff.engine import Stiff
from verify.integrate.stiff.logarithmic import bound, congruent, growth, is_definite, shifted
from verify.integrate.stiff.validated import _Walk
from verify.integrate.system import System
from verify.integrate.trace import program

BITS = 200
PLACES = [F(k, 10) for k in range(-10, 11)]


def number(x: F) -> Any:
    return arb(x.numerator) / x.denominator


def series(draw: Random, length: int, centre: int = 0, error: int = 0) -> Any:
    """Coefficients that fall off; an error of 2^-error in the first."""
    c = [arb(draw.randint(-99, 99)) / (100 * (k + 1) ** 3) for k in range(length)]
    c[0] += centre
    return chebyshev.around(arb_poly(c), arb(2) ** -error if error else arb(0))


@pytest.mark.parametrize("seed", range(6))
def test_arithmetic_of_series(seed: int) -> None:
    draw = Random(f"series {seed}")
    with precision(BITS):
        a, b = series(draw, 3 + 4 * seed), series(draw, 9)
        product, turned = chebyshev.product(a, b), chebyshev.derivative(a)
        row = arb_mat([a.coeffs()])
        for s in map(number, PLACES):
            x, y = chebyshev.at(a, s), chebyshev.at(b, s)
            assert chebyshev.at(product, s).overlaps(x * y)
            assert abs(x).lower() <= chebyshev.norm(a) and abs(x).upper() >= chebyshev.least(a)
            cut = chebyshev.cut(a, arb(1) / 50)
            assert chebyshev.at(cut, s).contains(x.mid()) and (
                cut.length() < a.length() or not seed
            )
            step = arb(2) ** -60
            slope = (chebyshev.at(a, s + step) - chebyshev.at(a, s - step)) / (2 * step)
            assert abs(slope - chebyshev.at(turned, s)) < 1e-15
            for part in range(4):
                own = arb_poly((row * chebyshev.restriction(a.length(), part, 4, BITS)).entries())
                place = (s + 2 * part + 1) / 4 - 1
                assert chebyshev.at(own, s).overlaps(chebyshev.at(a, place))


@pytest.mark.parametrize("seed", range(6))
def test_products_are_submultiplicative(seed: int) -> None:
    draw = Random(f"norms {seed}")
    with precision(BITS):
        a, b = series(draw, 5 + seed), series(draw, 11)
        most = chebyshev.norm(a) * chebyshev.norm(b) * (1 + arb(2) ** -100)
        assert chebyshev.norm(chebyshev.product(a, b)) <= most


FUNCTIONS: dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any], int]] = {
    "1/x": (composed.reciprocal, lambda x: 1 / x, 3),
    "1/x, x < 0": (composed.reciprocal, lambda x: 1 / x, -3),
    "x^3": (lambda x: composed.power(x, F(3)), lambda x: x**3, 2),
    "x^-2": (lambda x: composed.power(x, F(-2)), lambda x: x**-2, -3),
    "x^(1/2)": (lambda x: composed.power(x, F(1, 2)), lambda x: x.sqrt(), 3),
    "x^(-5/3)": (lambda x: composed.power(x, F(-5, 3)), lambda x: x ** (arb(-5) / 3), 4),
    "log": (composed.log, lambda x: x.log(), 3),
    "exp": (composed.exp, lambda x: x.exp(), 1),
    "exp, small": (composed.exp, lambda x: x.exp(), -30),
    "exp, nothing": (composed.exp, lambda x: x.exp(), -900),
}


@pytest.mark.parametrize("error", (0, 100, 20, 4))
@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions_hold_all_values_and_little_more(name: str, error: int) -> None:
    """At every place, for the ends of what the argument may be; narrow where it is."""
    of_series, of_number, centre = FUNCTIONS[name]
    draw = Random(f"{name} {error}")
    with precision(BITS):
        x = series(draw, 12, centre, error)
        found = of_series(x)
        exact, far = chebyshev.halved(x)
        assert far < 1e-50 or error
        for s in map(number, PLACES):
            value = chebyshev.at(found, s)
            for off in (-1, 0, 1):
                inner = chebyshev.at(exact, s) + off * (arb(2) ** -error if error else 0)
                true = of_number(inner)
                assert value.contains(true.mid())
            assert value.rad() <= abs(true) * 200 * arb(2) ** -(error or 130) + arb(2) ** -170


@pytest.mark.parametrize("name", ("1/x", "x^(1/2)", "x^(-5/3)", "log"))
def test_functions_are_refused_near_their_singularities(name: str) -> None:
    with precision(BITS):
        for x in ([0, 1], [F(1, 2), F(3, 4)], [1, F(5, 4), F(1, 5)]):
            with pytest.raises(NotEnclosed):
                FUNCTIONS[name][0](arb_poly([number(F(c)) for c in x]))


def turning(draw: Random, n: int, fast: float) -> list[list[Any]]:
    """A symmetric matrix that moves: a fast direction that turns, slow ones of size one."""
    table = [[series(draw, 6) for _ in range(n)] for _ in range(n)]
    v = [arb_poly([draw.randint(1, 9), draw.randint(-1, 1)]) for _ in range(n)]
    return [
        [table[max(i, j)][min(i, j)] - chebyshev.product(v[i], v[j]) * arb(fast) for j in range(n)]
        for i in range(n)
    ]


def largest(a: list[list[Any]]) -> float:
    """The largest eigenvalue at points."""
    tables = [
        numpy.array([[float(chebyshev.at(x, number(s))) for x in row] for row in a]) for s in PLACES
    ]
    return max(float(numpy.linalg.eigvalsh(t)[-1]) for t in tables)


@pytest.mark.parametrize("fast", (0.0, 1.0, 1e4, 1e8))
@pytest.mark.parametrize("n", (1, 2, 5))
def test_the_logarithmic_norm_is_above_every_eigenvalue_and_near(n: int, fast: float) -> None:
    draw = Random(f"matrices {n} {fast}")
    with precision(BITS):
        a = turning(draw, n, fast)
        mu = float(bound(a, 1.0, arb(2) ** -40))
        true = largest(a)
        assert true - 1e-7 * (1 + fast) * 1e-3 <= mu <= true + 1.2 + 1e-5 * fast


@pytest.mark.parametrize("n", (1, 2, 5))
def test_a_bound_that_is_too_low_is_refused(n: int) -> None:
    """However close: no factorisation is found for mu below an eigenvalue."""
    draw = Random(f"below {n}")
    with precision(BITS):
        a = turning(draw, n, 100.0)
        true, one = largest(a), arb_mat(n, n, [int(i == j) for i in range(n) for j in range(n)])
        fine = arb(2) ** -60
        for below in (1e-9, 1e-3, 10.0):
            mu = arb(true - below - 1e-11)
            assert not is_definite(shifted(congruent(a, one, fine), one, mu), fine)
        assert is_definite(shifted(congruent(a, one, fine), one, arb(true + 1000)), fine)


@pytest.mark.parametrize("mu", (-(10**6), -3, F(-1, 10**9), 0, F(1, 10**9), F(1, 2), 5))
def test_gronwall_is_the_solution_of_its_equation(mu: F) -> None:
    """r' = mu r + D from r_0, in closed form."""
    with precision(BITS):
        z, h, before, slope = F(mu) * F(3, 2), F(3, 2), arb(1) / 10**9, arb(1) / 10**6
        within, after = carried(before, slope, [F(mu)] * 4, h)
        pushes = (number(z).exp() - 1) / number(z) if z else arb(1)
        true = before * number(z).exp() + slope * pushes
        assert true <= after * (1 + arb(2) ** -150) <= true * (1 + arb(2) ** -30)
        assert within.upper() >= after.lower() and within.upper() >= before.lower()


def eigenvalue(system: System, x: list[float]) -> float:
    """The largest one of the symmetric part of the Jacobian at a state, in doubles."""
    mid = numpy.array([[a] for a in x])
    j = jacobian(program(system), Balls(mid, 0 * mid), Balls(numpy.zeros(1), numpy.zeros(1))).mid[0]
    return float(numpy.linalg.eigvalsh((j + j.T) / 2)[-1])


@pytest.mark.parametrize("place", (5, 8))
@pytest.mark.parametrize("make", (two_features, three_layers, completion))
def test_the_logarithmic_norm_holds_all_over_the_tube(
    make: Callable[[F], System], place: int
) -> None:
    """At places of a step and in directions of the whole radius; a bound for the middle alone would
    be exceeded there.
    """
    system, radius = make(F(1, 3)), 0.05
    arc = next(islice(Stiff().arcs(system, F(40), 12), place, None))
    wide, narrow = (growth(program(system), arc, arb(r)) for r in (radius, 0))
    draw, exceeded = Random(f"tube {place}"), False
    for k in range(100):
        time = arc.begin + arc.h * k / 100
        middle = [x / 2**arc.bits for x in arc.at(time)]
        turn = numpy.array([draw.gauss(0, 1) for _ in middle])
        turn *= radius / numpy.linalg.norm(turn)
        value = eigenvalue(system, list(numpy.array(middle) + turn))
        assert value <= float(wide[k * len(wide) // 100]) + 1e-9
        exceeded |= value > float(narrow[k * len(narrow) // 100])
    assert exceeded


@pytest.mark.parametrize("seed", range(4))
def test_a_link_that_grows_stays_in_the_tube_for_which_its_norm_holds(seed: int) -> None:
    """x' = x + x^3 at rest in 0, J = 1 + 3 x^2: mu holds at every distance that the link admits,
    where a step multiplies it by more than the tube that is tried first.
    """
    system = System("grows", ("x",), (F(0),), lambda x, m: [x[0] + x[0] ** 3])
    walk = _Walk(system, F(2), 3, 12, 1)
    *_, arc = Stiff().arcs(system, F(2), 12)
    walk.time, walk.radius = arc.begin, F(1, 100 + 40 * seed)
    walk.each = []  # one distance alone
    link = walk._enclosed(arc)
    within = F(link.within, 2**link.bits)
    assert within > 4 * walk.radius
    assert all(1 + 3 * within**2 <= mu for mu in link.mu)
