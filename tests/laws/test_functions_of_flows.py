"""Functions that people train with: recorded exactly in the operations that every engine and the
reader know.

Each is compared with the same function of mpmath along the solution of a flow that is known, by
every engine; its derivative through a loss with a difference quotient; and its facts are read again
by the independent reader.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction as F
from functools import cache
from typing import Any

import mpmath
import numpy as np
import pytest
from mpmath import mp

from verify import check_enclosure
from verify.integrate.balls import PlainBalls
from verify.integrate.base import DOUBLE
from verify.integrate.double import Double
from verify.integrate.ensemble import ensemble
from verify.integrate.evaluate import value
from verify.integrate.system import System
from verify.integrate.taylor import Taylor
from verify.integrate.validated import Validated
from verify.theories.enclosures.certificate import body_of
from verify.theories.enclosures.facts import Fact

#: name -> (on a symbol, through NumPy, in mpmath); all of an argument between 1/2 and 2
FUNCTIONS: dict[str, tuple[Callable, Callable, Callable]] = {
    "sqrt": (lambda x: x.sqrt(), np.sqrt, mpmath.sqrt),
    "exp": (lambda x: x.exp(), np.exp, mpmath.exp),
    "log": (lambda x: x.log(), np.log, mpmath.log),
    "tanh": (lambda x: x.tanh(), np.tanh, mpmath.tanh),
    "sigmoid": (
        lambda x: x.sigmoid(),
        lambda x: 1 / (1 + np.exp(-x)),
        lambda x: 1 / (1 + mpmath.exp(-x)),
    ),
    "softplus": (
        lambda x: x.softplus(),
        lambda x: np.log1p(np.exp(x)),
        lambda x: mpmath.log(1 + mpmath.exp(x)),
    ),
    "sinh": (lambda x: x.sinh(), np.sinh, mpmath.sinh),
    "cosh": (lambda x: x.cosh(), np.cosh, mpmath.cosh),
    "expm1": (lambda x: x.expm1(), np.expm1, mpmath.expm1),
    "log1p": (lambda x: x.log1p(), np.log1p, lambda x: mpmath.log(1 + x)),
    "exp2": (lambda x: 2**x, np.exp2, lambda x: mpmath.power(2, x)),
    "log2": (lambda x: x.log2(), np.log2, lambda x: mpmath.log(x, 2)),
    "log10": (lambda x: x.log10(), np.log10, mpmath.log10),
    "square": (lambda x: x.square(), np.square, lambda x: x * x),
    "reciprocal": (lambda x: x.reciprocal(), np.reciprocal, lambda x: 1 / x),
}


@cache
def flow(name: str, through_numpy: bool = False) -> System:
    """x' = 1/2 from 3/4 and y' = f(x): y is the integral of f."""
    f = FUNCTIONS[name][through_numpy]
    quantities = {"f": lambda x, m: f(x[0])}
    return System(
        name,
        ("x", "y"),
        (F(3, 4), F(0)),
        lambda x, m: [m.number(F(1, 2)), f(x[0])],
        quantities=quantities,
    )


@cache
def integral(name: str) -> Any:
    with mp.workdps(40):
        return mpmath.quad(lambda t: FUNCTIONS[name][2](mpmath.mpf(3) / 4 + t / 2), [0, 1])


@pytest.mark.parametrize("name", FUNCTIONS)
def test_values_and_numpy(name: str) -> None:
    system = flow(name)
    assert flow(name, True).recorder.flow.slopes[1][1] != 0
    with mp.workdps(40):
        for x in (F(1, 2), F(5, 4), F(2)):
            for found in (
                value(s, s.quantities["f"], (x, F(0)), F(0)) for s in (system, flow(name, True))
            ):
                assert (
                    abs(
                        mpmath.mpf(str(found.mid().str(40, radius=False)))
                        - FUNCTIONS[name][2](mpmath.mpf(x.numerator) / x.denominator)
                    )
                    < 1e-35
                )


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_engine_integrates_it(name: str) -> None:
    system, truth = flow(name), integral(name)
    with mp.workdps(40):
        run = Taylor().run(system, F(1), 25, samples=1)
        assert abs(run.states[-1].mpf()[0][1] - truth) < 1e-24
        enclosure = Validated().run(system, F(1), 15, samples=1)
        assert (
            abs(enclosure.states[-1].mpf()[0][1] - truth)
            <= mpmath.mpf(float(enclosure.radii[-1])) + mpmath.mpf(10) ** -36
        )
        balls = PlainBalls().run(system, F(1, 4), 12, samples=1)
        assert balls.radii[-1] < F(1, 10**11)
        doubles = Double().run(system, F(1), 11, samples=1)
        assert doubles.kind == DOUBLE and abs(doubles.states[-1].mpf()[0][1] - truth) < 1e-11
    many = ensemble(system, [system.start, (F(1), F(0))], F(1), 1e-12, 1, engine="numpy")
    assert abs(many[-1, 1, 0] - float(truth)) < 1e-10


@pytest.mark.parametrize("name", FUNCTIONS)
def test_its_gradient(name: str) -> None:
    """x' = -f'(x) by the backward pass, against a difference quotient of the field at the start."""
    f, _, true = FUNCTIONS[name]
    system = System(name, ("x",), (F(3, 4),), loss=lambda x, m: f(x[0]))
    with mp.workdps(40):
        h = mpmath.mpf(10) ** -12
        slope = (true(mpmath.mpf(3) / 4 + h) - true(mpmath.mpf(3) / 4 - h)) / (2 * h)
        moved = (
            Taylor().run(system, F(1, 10**12), 30, samples=1).states[-1].mpf()[0][0]
            - mpmath.mpf(3) / 4
        )
        assert abs(moved * 10**12 + slope) < 1e-9


@pytest.mark.parametrize("name", ["tanh", "sigmoid", "softplus", "sqrt", "exp2"])
def test_the_reader_derives_it_again(name: str) -> None:
    system = flow(name)
    enclosure = Validated().run(system, F(1, 2), 15, samples=1)
    low = F(str(round(float(FUNCTIONS[name][2](0.75)) - 0.01, 3)))
    body = body_of(
        "a-function", [("start", system, enclosure, [Fact("f", "f", ">", low, F(0), "f")])]
    )
    assert "ENCLOSED" in check_enclosure.check(body)
    wrong = body_of(
        "a-function", [("start", system, enclosure, [Fact("f", "f", "<", low, F(0), "f")])]
    )
    with pytest.raises(check_enclosure.Refused):
        check_enclosure.check(wrong)
