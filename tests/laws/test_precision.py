"""Whoever calls us finds the global settings of numerical libraries as they were, and they do not
change our answers.

What belongs to the kind: the precision and series length of python-flint, the precision of mpmath
and decimal, NumPy's handling of errors, warning filters and signal handlers; after an answer and
after an error.
"""

from __future__ import annotations

import decimal
import signal
import warnings
from collections.abc import Callable
from fractions import Fraction as F
from typing import Any

import flint
import numpy as np
import pytest
from mpmath import mp

from verify.claims.request import Request
from verify.exact.errors import BadInput
from verify.integrate.balls import PlainBalls
from verify.integrate.base import FlowStopped
from verify.integrate.double import Double
from verify.integrate.ensemble import ensemble
from verify.integrate.evaluate import value
from verify.integrate.system import System
from verify.integrate.taylor import Taylor
from verify.integrate.validated import Validated
from verify.judge.decide import judge
from verify.library.registry import named
from verify.models.losses import family
from verify.models.losses.data import simple
from verify.models.losses.degree import refute_degree
from verify.testing import assert_stays, assert_verdict

LOGISTIC = System(
    "logistic",
    ("x",),
    (F(1, 4),),
    lambda x, m: [x[0] * (1 - x[0])],
    quantities={"q": lambda x, m: x[0].exp()},
)
BLOWS_UP = System(
    "x' = x^2", ("x",), (F(1),), lambda x, m: [x[0] * x[0]], quantities={"q": lambda x, m: x[0]}
)

ENTRIES: dict[str, Callable[[], Any]] = {
    "a proof": lambda: judge(named("quasi-norm").claim, Request(numeric=False)).verdict,
    "a measured claim": lambda: judge(named("diag-balance").claim, Request(digits=20)).verdict,
    "a refutation": lambda: (
        judge(named("quasi-norm").claim, Request(without=("balance",), numeric=False)).verdict
    ),
    "samples": lambda: judge(named("lm-schatten").claim, Request(digits=20)).verdict,
    "formulas": lambda: judge(named("ou-density").claim).verdict,
    "actions": lambda: judge(named("moment-map-found").claim).verdict,
    "assert_verdict": lambda: assert_verdict("diag-balance", numeric=False).verdict,
    "assert_stays": lambda: (
        assert_stays(LOGISTIC, "q", ">", 1, horizon=1, digits=12).decided["q"].holds
    ),
    "taylor": lambda: Taylor().run(LOGISTIC, F(1), 20, samples=1).states,
    "validated": lambda: Validated().run(LOGISTIC, F(1), 12, samples=1).radii,
    "plain balls": lambda: PlainBalls().run(LOGISTIC, F(1, 4), 12, samples=1).centres,
    "double": lambda: Double().run(LOGISTIC, F(1), 9, samples=1).states,
    "ensemble": lambda: ensemble(
        LOGISTIC, [LOGISTIC.start], F(1), 1e-9, 1, engine="numpy"
    ).tolist(),
    "a value": lambda: value(LOGISTIC, LOGISTIC.quantities["q"], (F(1),), F(0)).mid().man_exp(),
    "a degree": lambda: refute_degree(family("ratio").build(2, simple()), F(1)),
    "taylor stops": lambda: _stopped(lambda: Taylor().run(BLOWS_UP, F(2), 20, samples=1)),
    "validated stops": lambda: _stopped(lambda: Validated().run(BLOWS_UP, F(2), 12, samples=1)),
    "balls stop": lambda: _stopped(lambda: PlainBalls().run(BLOWS_UP, F(2), 12, samples=1)),
    "double stops": lambda: _stopped(lambda: Double().run(BLOWS_UP, F(2), 9, samples=1)),
    "ensemble stops": lambda: _stopped(
        lambda: ensemble(BLOWS_UP, [BLOWS_UP.start], F(2), 1e-9, 1, engine="numpy")
    ),
    "an error": lambda: _stopped(lambda: judge(named("ou-density").claim, Request(depth=2))),
}


def _stopped(act: Callable[[], Any]) -> str:
    try:
        act()
    except (FlowStopped, BadInput) as end:
        return type(end).__name__
    return "went through"


def settings() -> tuple:
    handlers = tuple(signal.getsignal(s) for s in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM))
    return (
        flint.ctx.prec,
        flint.ctx.cap,
        mp.prec,
        repr(decimal.getcontext()),
        np.geterr(),
        list(warnings.filters),
        handlers,
    )


@pytest.mark.parametrize("entry", ENTRIES)
def test_settings_are_given_back_and_change_nothing(entry: str) -> None:
    usual = ENTRIES[entry]()
    before = flint.ctx.prec, flint.ctx.cap, mp.prec, decimal.getcontext().prec, np.geterr()
    try:
        flint.ctx.prec, flint.ctx.cap, mp.prec, decimal.getcontext().prec = 37, 5, 41, 6
        np.seterr(over="raise", invalid="raise", divide="raise")
        odd = settings()
        assert ENTRIES[entry]() == usual
        assert settings() == odd
    finally:
        flint.ctx.prec, flint.ctx.cap, mp.prec, decimal.getcontext().prec = before[:4]
        np.seterr(**before[4])
