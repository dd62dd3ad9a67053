"""The limit of a quantity as time goes to infinity, from values at growing horizons or along a
flow.

The clock says how the limit is approached: in "log", places are log t and the horizons grow in
geometric progression (powers of t, and of log t, as corrections); in "plain" they are t and equally
spaced (exponentials and powers of 1/t).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from verify.exact.errors import BadInput
from verify.theories.measure.extrapolation import Reading
from verify.theories.measure.flow_values import along
from verify.theories.measure.late_slope import (
    EXPONENTIAL,
    POWER,
    check_even,
    checked,
    log_of,
    variables,
)
from verify.theories.measure.rates import Number, Rate, rate_of

if TYPE_CHECKING:
    from verify.integrate.base import Integrator
    from verify.integrate.system import System

_LAW = {"log": POWER, "plain": EXPONENTIAL}


def limit_value(
    horizons: Sequence[Number],
    values: Sequence[Number],
    noise: Number | Sequence[Number],
    clock: str = "log",
) -> Rate:
    """From the values at growing horizons (> 1 for the clock "log", > 0 for "plain"); noise is the
    error of the values.

    Raises BadInput for an unknown clock, horizons that are not spaced as the clock wants them,
    lists of different lengths.
    """
    _known(clock)
    data = checked(horizons, values, noise)
    least = 1 if clock == "log" else 0
    if any(t <= least for t, _, _ in data):
        raise BadInput(
            f"the first horizon is {float(min(t for t, _, _ in data)):.6g}, expected horizons >"
            f" {least}: begin later"
        )
    places = [log_of(t) if clock == "log" else float(t) for t, _, _ in data]
    check_even(
        places, "horizons", "in geometric progression" if clock == "log" else "equally spaced"
    )
    return _limit(
        [Reading(p, float(y), float(n)) for p, (_, y, n) in zip(places, data, strict=True)], clock
    )


def limit_value_along(
    system: System,
    quantity: str,
    horizon: Fraction,
    digits: int,
    *,
    samples: int = 16,
    more: int = 10,
    engine: Integrator | None = None,
) -> Rate:
    """Of a named quantity of a plain flow, followed to time ``horizon``. Raises what
    ``late_slope_along`` raises.
    """
    path = along(system, quantity, horizon, digits, True, samples=samples, more=more, engine=engine)
    floor = float(path.floor)
    readings = [
        Reading(float(p), float(y), floor)
        for p, y in zip(path.places[1:], path.values[1:], strict=True)
    ]
    return replace(_limit(readings, "log"), engine=path.engine)


def _limit(readings: Sequence[Reading], clock: str) -> Rate:
    floor = max((r.noise for r in readings), default=0.0)
    return rate_of(readings, variables(readings, _LAW[clock]), floor, [r.value for r in readings])


def _known(clock: str) -> None:
    if clock not in _LAW:
        raise BadInput(f"clock is {clock!r}, expected log or plain: choose one")
