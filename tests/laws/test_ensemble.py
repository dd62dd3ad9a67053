"""The chooser of ensembles: both engines agree, an unknown one is named."""

from __future__ import annotations

from fractions import Fraction as F

import pytest

from verify.exact.errors import BadInput
from verify.integrate.ensemble import ensemble
from verify.integrate.system import System

LOGISTIC = System("logistic", ("x",), (F(1, 4),), field=lambda x, moment: [x[0] * (1 - x[0])])
STARTS = [(F(k, 10),) for k in range(1, 8)]


def test_numpy_follows_the_closed_form() -> None:
    from math import exp

    found = ensemble(LOGISTIC, STARTS, F(3), 1e-12, 3, "numpy")
    for k, (x,) in enumerate(STARTS):
        grown = float(x) * exp(3)
        assert found[-1][0, k] == pytest.approx(grown / (1 - float(x) + grown), abs=1e-10)


def test_both_engines_agree() -> None:
    pytest.importorskip("heyoka")
    a, b = (ensemble(LOGISTIC, STARTS, F(3), 1e-13, 3, engine) for engine in ("numpy", "heyoka"))
    assert a.shape == b.shape == (4, 1, len(STARTS)) and abs(a - b).max() < 1e-11
    assert (ensemble(LOGISTIC, STARTS, F(3), 1e-13, 3) == b).all(), "left out, it is heyoka"


def test_an_unknown_engine_is_named() -> None:
    with pytest.raises(BadInput, match="euler"):
        ensemble(LOGISTIC, STARTS, F(1), 1e-9, 1, "euler")
