"""An engine that stops says what it saw, and no cause that it has not shown.

The kind (D4, D1): a message names a cause that is not the true one. Steps that stay short were
always "stiff: directions that have settled bound the steps", also where a flow turns, is driven, is
chaotic, or only has far to go, and beside a pole. To it belong every engine and every place that
stops by a count; cases are drawn with different rates.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction as F
from random import Random

import pytest

from verify.integrate.base import FlowStopped, Integrator
from verify.integrate.double import Double
from verify.integrate.ensemble import ensemble
from verify.integrate.stops import STIFF
from verify.integrate.system import System
from verify.integrate.taylor import Taylor

#: flows in which no direction has settled that bounds a step, by a fast rate
NOT_STIFF: dict[str, Callable[[int], System]] = {
    "turns": lambda k: System(
        "turns", ("x", "y"), (F(1), F(0)), field=lambda x, m: [k * x[1], -k * x[0]]
    ),
    "is driven": lambda k: System(
        "driven",
        ("x", "c", "s"),
        (F(1), F(1), F(0)),
        field=lambda x, m: [x[1] - x[0], k * x[2], -k * x[1]],
    ),
    "is chaotic": lambda k: System(
        "chaotic",
        ("x", "y", "z"),
        (F(1), F(1), F(k, k + 1)),
        field=lambda x, m: [
            10 * (x[1] - x[0]),
            x[0] * (28 - x[2]) - x[1],
            x[0] * x[1] - F(8, 3) * x[2],
        ],
    ),
}
SETTLED = System(
    "settled", ("x", "y"), (F(1), F(1)), field=lambda x, m: [10**6 * (x[1] - x[0]), -x[1]]
)


@pytest.mark.parametrize("engine", (Taylor(), Double()), ids=lambda e: e.name)
@pytest.mark.parametrize("name", NOT_STIFF)
def test_no_cause_is_named_that_is_not_shown(name: str, engine: Integrator) -> None:
    rate = Random(name).randrange(10**5, 10**6)
    with pytest.raises(FlowStopped, match="which of these is not shown") as stop:
        engine.run(NOT_STIFF[name](rate), F(10**4), 10, samples=1)
    assert "is stiff there" not in str(stop.value) and STIFF in str(stop.value)


@pytest.mark.parametrize("engine", (Taylor(), Double()), ids=lambda e: e.name)
def test_a_stiff_flow_is_among_what_is_named(engine: Integrator) -> None:
    with pytest.raises(FlowStopped, match="settled directions bound the steps"):
        engine.run(SETTLED, F(10**4), 10, samples=1)


def test_many_at_once_say_the_same() -> None:
    turning = NOT_STIFF["turns"](10**5)
    with pytest.raises(FlowStopped, match="which of these is not shown"):
        ensemble(turning, [turning.start], F(10**4), 1e-9, 1, engine="numpy")
