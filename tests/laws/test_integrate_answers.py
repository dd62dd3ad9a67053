"""Laws of the integrator's answers: flows that end early, samples, determinism, bad requests."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from fractions import Fraction as F
from pathlib import Path
from typing import Any

import mpmath
import pytest

from benchmarks.problems import p5
from tests.laws.small_networks import (
    LOG_RATIO,
    RATIO,
    SQUARED,
    M,
    U,
    gap,
    loss,
    own_errors,
    run,
    size,
)
from verify.exact.errors import BadInput
from verify.integrate import taylor_steps
from verify.integrate.base import FlowStopped
from verify.integrate.system import System
from verify.integrate.taylor import Taylor
from verify.models.diagonal_flow import diagonal_flow
from verify.models.losses.base import Loss
from verify.models.point import Point
from verify.terms.expr import exp, lin, log, quad, w

# flows that end


@pytest.mark.parametrize("digits", [15, 50])
def test_blow_up_is_reported_near_its_time(digits: int) -> None:
    """J = -w^2, u_1 = u_2 = u: x = u^2 has x' = 4 x^2, x = x_0/(1 - 4 x_0 t). The radius of
    convergence is 1/4 - t, the step at least a sixteenth of it, and it stops at 2^-40 of a step
    below 1/4.
    """
    point = Point(((F(1),), (F(1),)), loss("minus square", -(w[1] ** 2)))
    with pytest.raises(FlowStopped) as stopped:
        run(point, 1, digits)
    assert 0 < F(1, 4) - stopped.value.time < F(16, 2**42)
    assert "may blow up" in stopped.value.reason
    before = run(point, F(249, 1000), digits)  # stretching of errors from 0 to t: (u_t/u_0)^3
    x = before.states[-1].exact()[0][0] ** 2
    assert abs(x - 250) <= 2 * 16 * 16**3 * own_errors(before)


def test_the_edge_of_the_domain_is_reported() -> None:
    """J = sqrt(w): w^(3/2) = 1 - 3t/4 reaches 0 at t = 4/3."""
    with pytest.raises(FlowStopped) as stopped:
        run(Point(((F(1),),), loss("root", w[1] ** F(1, 2))), 2, 20)
    assert 0 < F(4, 3) - stopped.value.time < F(16, 2**39)


@pytest.mark.parametrize(
    "target",
    [
        loss(
            "ratio", -(lin("m") ** 2) / quad("S_W"), {"m": M, "S_W": ((F(1), F(2)), (F(2), F(4)))}
        ),
        loss("log", log(quad("S_W")), {"S_W": ((F(1), F(2)), (F(2), F(4)))}),
        loss("root of a negative number", (w[2] - 1) ** F(1, 3)),
    ],
)
def test_a_start_outside_the_domain_is_refused(target: Loss) -> None:
    with pytest.raises(FlowStopped, match="not defined") as stopped:
        run(Point(((F(-2, 3), F(1, 3)),), target), 1, 20)
    assert stopped.value.time == 0


def test_a_flow_that_stands_still_stands_still() -> None:
    answer = run(Point(((F(0), F(0)), (F(0), F(0))), SQUARED), 10**6, 30, 3)
    assert all(s.exact() == ((0, 0), (0, 0)) for s in answer.states)


# the shape of an answer


def test_all_samples_at_exact_times_with_progress() -> None:
    seen: list[F] = []
    many = run(Point(U, RATIO), F(1, 3), 30, 7, progress=seen.append)
    assert many.times == tuple(F(j, 21) for j in range(8))
    assert len(many.states) == 8 and many.kind == "high precision"
    assert len(seen) == many.steps and seen == sorted(set(seen)) and seen[-1] == F(1, 3)
    assert gap(many.states[0].exact(), U) <= F(1, 10**33)
    one = run(Point(U, RATIO), F(1, 3), 30)
    assert one.states[-1] == many.states[-1]
    middle = run(Point(U, RATIO), F(3, 21), 30)
    assert gap(middle.states[-1].exact(), many.states[3].exact()) < F(1, 10**30) * size(U)


def test_numbers_are_converted_without_rounding_and_precision_is_left_alone() -> None:
    before = mpmath.mp.prec
    state = run(Point(U, LOG_RATIO), F(1, 10), 40).states[-1]
    for row, numbers in zip(state.exact(), state.mpf(), strict=True):
        for x, y in zip(row, numbers, strict=True):
            sign, top, exponent, _ = y._mpf_
            assert F(int(top)) * F(2) ** exponent * (-1) ** sign == x
    assert mpmath.mp.prec == before == 53


def test_same_numbers_twice_and_in_other_processes() -> None:
    code = (
        "import sys; sys.modules.update({'gmpy2': None} if sys.argv[1] == '1' else {});"
        "from tests.laws.test_integrate_answers import *;"
        "print(run(Point(U, LOG_RATIO), F(1, 3), 40, 3), run(Point(U, RATIO), F(1, 8), 100, 2))"
    )
    here = Path(__file__).resolve().parents[2]
    outputs = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(here)}
        call = [sys.executable, "-c", code, seed]
        outputs.add(
            subprocess.run(call, env=environment, cwd=here, capture_output=True, check=True).stdout
        )
    again = f"{run(Point(U, LOG_RATIO), F(1, 3), 40, 3)} {run(Point(U, RATIO), F(1, 8), 100, 2)}"
    assert {x.decode().strip() for x in outputs} == {again}


def test_integers_of_gmpy2_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    gmpy2 = pytest.importorskip("gmpy2")
    target = loss(
        "powers", quad("S_W") ** F(-3, 2) + quad("S_W") ** F(3, 7) + log(1 + exp(lin("x")))
    )
    answers = []
    for kind in (int, gmpy2.mpz):
        monkeypatch.setattr(taylor_steps, "integers", lambda bits, kind=kind: kind)
        answers.append(run(Point(U, target), F(1, 5), 30, 2))
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"horizon": 0.1}, "horizon"),
        ({"horizon": F(0)}, "horizon"),
        ({"digits": 0}, "digits"),
        ({"digits": 30.0}, "digits"),
        ({"samples": 0}, "samples"),
        ({"decay": 0.5}, "decay"),
        ({"point": Point(((F(1), F(1)), (F(1),)), RATIO)}, "start"),
        ({"point": Point(((0.5, F(1)),), RATIO)}, "start"),
    ],
)
def test_bad_requests_name_the_thing(change: dict, word: str) -> None:
    request = {
        "point": Point(U, RATIO),
        "horizon": F(1),
        "digits": 30,
        "samples": 1,
        "decay": F(0),
    } | change
    with pytest.raises(BadInput, match=word):
        system = diagonal_flow(request.pop("point"), request.pop("decay"))
        Taylor().run(system, **request)


def test_import_is_light() -> None:
    heavy = "{'sympy', 'numpy', 'mpmath', 'flint', 'gmpy2'}"
    code = f"import sys, verify.integrate.taylor; print(*{heavy} & set(sys.modules))"
    here = Path(__file__).resolve().parents[2]
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=here, capture_output=True, check=True, text=True
    )
    assert not found.stdout.strip()


def test_large_states_are_read_off_as_finely_as_small_ones() -> None:
    """x' = -x from 10^20: a sample time that is not dyadic costs no digits."""
    system = System("decay", ("x",), (F(10**20),), field=lambda x, moment: [-x[0]])
    run_ = Taylor().run(system, F(4), 30, samples=3)
    with mpmath.workdps(60):
        for t, state in zip(run_.times, run_.states, strict=True):
            x = state.exact()[0][0]
            assert (
                abs(
                    mpmath.mpf(x.numerator) / x.denominator / 10**20
                    - mpmath.exp(-mpmath.mpf(t.numerator) / t.denominator)
                )
                < 1e-32
            )


def test_a_start_longer_than_its_digits_is_followed() -> None:
    system = System("decay", ("x",), (F(10**300),), field=lambda x, moment: [-x[0]])
    end = Taylor().run(system, F(1), 10, samples=1).states[-1].exact()[0][0]
    assert float(end / 10**300) == pytest.approx(math.exp(-1), rel=1e-9)


def test_a_root_that_reaches_zero_stops_the_flow() -> None:
    """x' = -sqrt(x) from 1 is 0 at t = 2; the polynomial (1 - t/2)^2 would go on."""
    system = System("drain", ("x",), (F(1),), field=lambda x, moment: [-x[0].power(F(1, 2))])
    with pytest.raises(FlowStopped, match="root"):
        Taylor().run(system, F(3), 20, samples=1)
    assert Taylor().run(system, F(3, 2), 20, samples=1).states[-1].exact()[0][0] > F(1, 17)


def test_a_root_at_zero_is_a_clear_answer() -> None:
    system = System("root", ("x",), (F(0),), field=lambda x, moment: [1 + x[0].power(F(1, 2))])
    with pytest.raises(FlowStopped, match="x = 0"):
        Taylor().run(system, F(1), 20, samples=1)


# steps that are tried in vain


def test_orders_in_doubles_that_do_not_do_are_soon_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In log time the terms of a settled margin cancel, more from step to step: then a step asked
    for one order more in integers at a time, thirteen times over, and was tried anew each time.
    """
    tried: list[int] = []
    expand = taylor_steps.Walk._expand

    def counting(self: taylor_steps.Walk, *request: Any) -> Any:
        tried.append(1)
        return expand(self, *request)

    monkeypatch.setattr(taylor_steps.Walk, "_expand", counting)
    accepted = sum(1 for _ in Taylor().pieces(p5(), F(47), 50))
    assert len(tried) <= accepted + 16
