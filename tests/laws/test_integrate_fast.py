"""The compiled engine against closed forms, the plain engine at more digits, and the plain engine's
own coefficients.
"""

from __future__ import annotations

import sys
from fractions import Fraction
from itertools import pairwise

import mpmath
import pytest

from benchmarks import problems
from proofs.flows.matrix_flow import balancing_flow
from verify.exact.errors import BadInput
from verify.integrate.base import FlowStopped
from verify.integrate.dyadic import dyadic
from verify.integrate.fast import Fast
from verify.integrate.series import Expansion
from verify.integrate.system import System
from verify.integrate.taylor import Taylor
from verify.integrate.trace import program

WITHOUT = ("test_bad_requests",)


@pytest.fixture(autouse=True)
def _extra(request: pytest.FixtureRequest) -> None:
    if request.node.name not in WITHOUT:
        pytest.importorskip("numba", reason="the optional extra `fast` (numba) is not installed")


HALF, THIRD = Fraction(1, 2), Fraction(1, 3)
SHORT = {
    "P1": (problems.p1(), Fraction(2)),
    "P2": (problems.p1(5, 6), HALF),
    "P3": (problems.p3(3, 3), Fraction(1)),
    "P4": (balancing_flow([problems.near_identity(2, k) for k in (1, 2, 3)]), HALF),
    "P5": (problems.p5(), Fraction(8)),
}


def scalar(field, start: Fraction) -> System:
    return System("a scalar flow", ("x",), (start,), field=lambda x, moment: [field(x[0])])


def end(engine, system: System, horizon: Fraction, digits: int) -> list[Fraction]:
    return [
        x for row in engine.run(system, horizon, digits, samples=1).states[-1].exact() for x in row
    ]


def assert_close(found: list[Fraction], exact: list[Fraction], digits: int) -> None:
    size = max(map(abs, exact))
    assert max(abs(x - y) for x, y in zip(found, exact, strict=True)) <= size / 10**digits


@pytest.mark.parametrize("digits", [15, 30, 50, 100, 200])
@pytest.mark.parametrize("name", SHORT)
def test_all_digits_are_those_of_the_plain_engine(name: str, digits: int) -> None:
    system, horizon = SHORT[name]
    if digits >= 100:
        horizon /= 16
    assert_close(
        end(Fast(), system, horizon, digits), end(Taylor(), system, horizon, digits + 8), digits
    )


CLOSED = {
    "logistic": (lambda x: x * (1 - x), Fraction(1, 4), lambda t: 1 / (1 + 3 * mpmath.exp(-t))),
    "cube root": (
        lambda x: -(x**THIRD),
        Fraction(8),
        lambda t: (4 - 2 * t / 3) ** mpmath.mpf("1.5"),
    ),
    "minus three halves": (
        lambda x: x ** Fraction(-3, 2),
        Fraction(1),
        lambda t: (1 + 5 * t / 2) ** mpmath.mpf("0.4"),
    ),
    "exp": (lambda x: (-x).exp(), Fraction(-3), lambda t: mpmath.log(t + mpmath.exp(-3))),
    "log": (
        lambda x: -x * x.log(),
        Fraction(1, 1000),
        lambda t: mpmath.exp(-mpmath.log(1000) * mpmath.exp(-t)),
    ),
    "long coefficients": (
        lambda x: x * Fraction(0.1) - x * x * Fraction(0.3),
        HALF,
        lambda t: verhulst(mpmath.mpf(0.1), mpmath.mpf(0.3), t),
    ),
    "large": (lambda x: -x * x, Fraction(10**12), lambda t: 1 / (t + mpmath.mpf(10) ** -12)),
    "small": (
        lambda x: x * (1 - x * 10**12),
        Fraction(1, 10**15),
        lambda t: verhulst(mpmath.mpf(1), mpmath.mpf(10) ** 12, t, mpmath.mpf(10) ** -15),
    ),
}


def exactly(x) -> Fraction:
    sign, mantissa, exponent, _ = x._mpf_
    return (-1) ** sign * Fraction(int(mantissa)) * Fraction(2) ** exponent


def verhulst(a, b, t, start=None):
    """x' = a x - b x^2."""
    start = mpmath.mpf("0.5") if start is None else start
    return a * start * mpmath.exp(a * t) / (a + b * start * (mpmath.exp(a * t) - 1))


@pytest.mark.parametrize("digits", [20, 60])
@pytest.mark.parametrize("name", CLOSED)
def test_closed_forms(name: str, digits: int) -> None:
    field, start, solution = CLOSED[name]
    with mpmath.workdps(digits + 20):
        exact = exactly(solution(mpmath.mpf(2)))
    # a local error keeps its size relative to the largest state on the way
    room = max(abs(exact), start) if name == "large" else abs(exact)
    [found] = end(Fast(), scalar(field, start), Fraction(2), digits)
    assert abs(found - exact) <= room / 10**digits


def test_a_slope_may_be_a_state() -> None:
    """Whichever of the two is updated first, the other's slope is the coefficient before."""
    for sign in (1, -1):
        circle = System(
            "a circle",
            ("x", "y"),
            (Fraction(1), Fraction(0)),
            field=lambda x, m, a=sign: [x[1] * a, x[0] * -a],
        )
        with mpmath.workdps(60):
            exact = [exactly(mpmath.cos(20)), -sign * exactly(mpmath.sin(20))]
        assert_close(end(Fast(), circle, Fraction(20), 40), exact, 40)


def test_a_small_state_next_to_a_large_one() -> None:
    """Errors are relative to the largest state there is on the way."""
    start = (Fraction(10**20), Fraction(1, 10**25))
    system = System(
        "two sizes", ("x", "y"), start, field=lambda x, m: [-x[0], x[1] * (1 - x[1] * 10**20)]
    )
    with mpmath.workdps(60):
        exact = exactly(mpmath.mpf(10) ** 20 * mpmath.exp(-4))
    assert abs(end(Fast(), system, Fraction(4), 30)[0] - exact) < Fraction(1, 10**10)


def test_samples_lie_at_their_times() -> None:
    found = Fast().run(scalar(lambda x: -x, Fraction(1)), Fraction(5), 40, samples=7)
    assert found.times == tuple(Fraction(5 * j, 7) for j in range(8))
    with mpmath.workdps(60):
        for time, state in zip(found.times, found.states, strict=True):
            assert (
                abs(state.mpf()[0][0] - mpmath.exp(-mpmath.mpf(time.numerator) / time.denominator))
                < mpmath.mpf(10) ** -40
            )


def test_a_pole_stops_the_flow_where_it_is() -> None:
    with pytest.raises(FlowStopped) as stopped:
        Fast().run(scalar(lambda x: x * x, Fraction(1)), Fraction(2), 30, samples=1)
    assert abs(stopped.value.time - 1) < Fraction(1, 10**6)


def test_a_domain_is_not_left() -> None:
    with pytest.raises(FlowStopped, match="not defined"):
        Fast().run(scalar(lambda x: x.log(), Fraction(-1)), Fraction(1), 30, samples=1)


RECURRENCES = {
    "P1": problems.p1(),
    "P4": problems.p4(),
    "P5": problems.p5(),
    "powers": scalar(lambda x: x ** Fraction(2, 3) - x ** Fraction(-7, 2), Fraction(3, 2)),
    "logarithms": scalar(lambda x: (1 + x * x).log() * (x.log() - 2), Fraction(5, 3)),
    "long": scalar(
        lambda x: (
            (x * Fraction(0.7) + Fraction(0.2))
            * (x * x * Fraction(1e-9) + x * Fraction(12345678901234, 7))
            * Fraction(1, 10**14)
        ),
        HALF,
    ),
}


@pytest.mark.parametrize("name", RECURRENCES)
def test_every_coefficient_is_that_of_the_plain_expansion(name: str) -> None:
    """Within a few units, of every node: the plain expansion at twice the bits says what is
    right.
    """
    from verify.integrate.fast_expansion import FastExpansion

    traced, bits, order, h = program(RECURRENCES[name]), 216, 50, dyadic(-4.3)
    state = [(x.numerator << bits) // x.denominator for x in traced.start]
    quick, right = FastExpansion(traced, order + 2), Expansion(traced, 2 * bits)
    quick.run(state, Fraction(1, 3), h, order, bits)
    right.run([x << bits for x in state], Fraction(1, 3), h, order)
    assert [len(c) for c in quick.c] == [len(c) for c in right.c]
    for c, e in zip(quick.c, right.c, strict=True):
        unit = max(
            1 << bits, *(abs(x) >> bits for x in e)
        )  # errors grow with the factors that make a node large
        assert max(abs((x << bits) - y) for x, y in zip(c, e, strict=True)) < unit << 12


def test_pieces_hold_every_node_and_follow_each_other() -> None:
    system, horizon = SHORT["P5"]
    pieces = list(Fast().pieces(system, horizon, 30))
    assert pieces[0].begin == 0 and pieces[-1].end == horizon
    assert all(a.end == b.begin for a, b in pairwise(pieces))
    for a, b in pairwise(pieces):
        assert (
            a.bits == b.bits
            and max(abs(x - y) for x, y in zip(a.at(a.end), b.at(a.end), strict=True))
            <= a.order + 2
        )  # one rounding an order
    nodes = len(program(system).nodes)
    assert all(
        len(p.nodes) == nodes and all(type(x) is int for c in p.nodes for x in c) for p in pieces
    )


def test_without_room_in_the_kernel_the_plain_engine_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from verify.integrate import fast_expansion, fast_walk

    ran = []
    original = fast_walk.Plain.run
    monkeypatch.setattr(
        fast_walk.Plain, "run", lambda self, *args: (ran.append(1), original(self, *args))[1]
    )
    system, horizon = SHORT["P5"]
    expected = end(Taylor(), system, horizon, 40)
    assert_close(end(Fast(), system, horizon, 30), expected, 30)
    assert not ran
    monkeypatch.setattr(fast_expansion, "MOST_WORK", 0)
    assert_close(end(Fast(), system, horizon, 30), expected, 30)
    assert ran


def test_the_same_numbers_every_time() -> None:
    system, horizon = SHORT["P1"]
    assert Fast().run(system, horizon, 25, samples=3) == Fast().run(system, horizon, 25, samples=3)


def test_bad_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where numba is not installed."""
    system, _ = SHORT["P1"]
    with pytest.raises(BadInput, match="horizon"):
        Fast().run(system, 0.5, 20, samples=1)  # type: ignore[arg-type]
    monkeypatch.setitem(sys.modules, "numba", None)
    for use in (
        lambda: Fast().run(system, Fraction(1), 20, samples=1),
        lambda: next(iter(Fast().pieces(system, Fraction(1), 20))),
    ):
        with pytest.raises(BadInput, match=r"pip install 'flowlaw\[fast\]'"):
            use()
